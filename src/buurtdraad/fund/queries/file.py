"""All that the file of an application shows to who handles it. To which account the money goes is not in it: that is for who pays."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from buurtdraad.accounts.queries import names_of
from buurtdraad.audit.models import Event
from buurtdraad.audit.queries import timeline
from buurtdraad.audit.words import in_words
from buurtdraad.fund.models import (
    Advice,
    Application,
    ApplicationDocument,
    ClockEvent,
    CostLine,
    IncomeLine,
    InterestDeclaration,
    Note,
    Question,
    View,
)
from buurtdraad.fund.queries.applications import asked_of, certain_money
from buurtdraad.fund.queries.history import History, history
from buurtdraad.fund.queries.lateness import Exposure, exposure_of, say_by
from buurtdraad.fund.queries.left import Left, left_now
from buurtdraad.initiatives.models import Concern
from buurtdraad.initiatives.queries.support import Support, support_of

MOST_CONCERNS = 20
BY_CLOCK = frozenset({"question.lapsed", "question.reminded"})


@dataclass(frozen=True)
class Line:
    """One thing that happened: what, when, and who did it."""

    did: str
    at: datetime.datetime
    who: str


@dataclass(frozen=True)
class Money:
    """What it costs and who pays it, in euros: all costs, what is accepted of them, what comes from elsewhere, what remains to ask."""

    costs: Decimal
    accepted: Decimal
    elsewhere: Decimal
    remains: Decimal
    looked_at: bool


@dataclass(frozen=True)
class Named[Row]:
    """A row with how the colleague of it is called, and where there is one the other."""

    row: Row
    name: str
    other: str = ""


@dataclass(frozen=True)
class File:
    """The parts of the page, in its order."""

    left: Left | None
    costs: list[CostLine]
    incomes: list[IncomeLine]
    money: Money
    support: Support
    concerns: list[Concern]
    documents: list[ApplicationDocument]
    questions: list[Named[Question]]
    clock: list[ClockEvent]
    say_by: datetime.date | None
    exposure: Exposure | None
    advices: list[Named[Advice]]
    interests: list[Named[InterestDeclaration]]
    views: list[View]
    notes: list[Named[Note]]
    history: History
    lines: list[Line]
    handler: str
    helper: str
    written_by: str


def file_of(application: Application, *, today: datetime.date) -> File:
    """The file as it stands. The number of queries does not depend on how much is in it."""
    costs, events = list(application.costs.all()), timeline(application.thing)
    questions, clock = list(application.questions.all()), list(application.clock.all())
    advices, interests = list(application.advices.all()), list(application.interests.all())
    views, notes = list(application.views.all()), list(application.notes.all())
    names = names_of(
        [
            application.handler, application.helper, application.written_by, *(event.actor for event in events),
            *(one.asked_by for one in questions), *(one.asked_of for one in advices), *(one.person for one in interests),
            *(one.substitute for one in interests), *(one.asked_by for one in views), *(one.by for one in notes),
        ]
    )  # fmt: skip

    def name(uuid: UUID | None) -> str:
        return (names.get(uuid) or _("somebody who was removed")) if uuid else ""

    return File(
        left=left_now(application, today),
        costs=costs,
        incomes=list(application.incomes.all()),
        money=money_of(application, costs),
        support=support_of(application.initiative),
        concerns=list(application.initiative.concerns.all()[:MOST_CONCERNS]),
        documents=list(application.documents.all()),
        questions=[Named(one, name(one.asked_by)) for one in questions],
        clock=clock,
        say_by=say_by(application),
        exposure=exposure_of(application, today),
        advices=[Named(one, name(one.asked_of)) for one in advices],
        interests=[Named(one, name(one.person), name(one.substitute)) for one in interests],
        views=views,
        notes=[Named(one, name(one.by)) for one in notes],
        history=history(application),
        lines=[Line(in_words(event.verb), event.at, who(event, names)) for event in events],
        handler=name(application.handler),
        helper=name(application.helper),
        written_by=name(application.written_by),
    )


def money_of(application: Application, costs: list[CostLine]) -> Money:
    return Money(
        costs=sum((line.amount for line in costs), Decimal(0)),
        accepted=sum((line.amount if line.accepted is None else line.accepted for line in costs), Decimal(0)),
        elsewhere=certain_money(application),
        remains=asked_of(application) if application.accepted is None else application.accepted,
        looked_at=application.accepted is not None,
    )


def who(event: Event, names: dict[UUID, str]) -> str:
    """Who did it; of the applicant and of the clock no name."""
    if event.actor:
        return names.get(event.actor) or _("somebody who was removed")
    return _("the clock") if event.verb in BY_CLOCK else _("a resident")
