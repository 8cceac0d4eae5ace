"""Samples of the addresses after a decision of the fund, for `tests.access`: a grant that was reported, with an objection."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.models import (
    Account,
    Application,
    Band,
    ChangeAsked,
    Decision,
    InterestDeclaration,
    Letter,
    Mandate,
    Objection,
    ObjectionNotice,
    Recovery,
    Scheme,
    SchemeRules,
)
from buurtdraad.fund.states import Accounting, Interest, Outcome, Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.money.actions.committing import commit
from buurtdraad.money.actions.pots import open_pot, put_in
from buurtdraad.money.models import Commitment
from buurtdraad.money.states import Kind, Source
from buurtdraad.places.models import Area

PLACE = "BU03440241"
EUROS = Decimal(5000)
OF_FILE = (
    "give_account_back", "look_at_account", "hear_after", "settle", "revoke", "note_account", "note_objection", "account", "ask_change",
    "object",
)  # fmt: skip
OF_OBJECTION = (
    "objection", "take_objection", "extend_objection", "hear_objection", "withdraw_objection", "decide_objection",
    "objection_late", "objection_not_late",
)  # fmt: skip


def after_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """Who handles and who decides have nothing to do with it."""
    today = timezone.localdate(at)
    by = people[Duty.FUND_DECIDER.value]
    made = reported(by, at)
    for duty in (Duty.FUND_HANDLER, Duty.FUND_DECIDER):
        InterestDeclaration.objects.create(application=made, person=people[duty.value].uuid, says=Interest.NONE, at=at)
    decision = made.decisions.get()
    change = ChangeAsked.objects.create(application=made, words="Later", asked_at=at)
    back = Recovery.objects.create(application=made, amount=1, why="Too much", due_on=today, made_by=by.uuid, made_at=at)
    letter = Letter.objects.create(application=made, about=Letter.About.OBJECTION, facts={"title": "Letter", "paragraphs": []}, made_at=at)
    objection = Objection.objects.create(decision=decision, received_on=today, words="No", decide_by=today, noted_at=at)
    ObjectionNotice.objects.create(objection=objection, received_on=today, noted_by=by.uuid, noted_at=at)
    one = {"uuid": made.uuid}
    objected = {f"fund:{name}": one | {"objection": objection.uuid} for name in OF_OBJECTION}
    return {f"fund:{name}": made.uuid for name in OF_FILE} | objected | {
        "fund:withdraw": in_hand(made).uuid, "fund:send_after": letter.uuid,
        "fund:drop_proof": one | {"proof_uuid": UUID(int=1)}, "fund:receipt_file": one | {"proof_uuid": UUID(int=1)},
        "fund:proof_picture": one | {"proof_uuid": UUID(int=1), "width": 320},
        "fund:answer_change": one | {"change": change.uuid},
        "fund:money_came_back": one | {"recovery": back.uuid}, "fund:drop_recovery": one | {"recovery": back.uuid},
    }  # fmt: skip


def in_hand(made: Application) -> Application:
    return Application.objects.create(
        initiative=made.initiative, rules=made.rules, stage=Stage.ASSESSING, number="F-1991-0002", made_at=made.made_at,
        saved_at=made.made_at, submitted_at=made.made_at, received_on=made.received_on,
    )  # fmt: skip


def reported(by: Person, at: datetime.datetime) -> Application:
    today = timezone.localdate(at)
    scheme = Scheme.objects.create(slug="after", name="After", municipality="City")
    rules = SchemeRules.objects.create(scheme=scheme, from_on=today, source="Made up", most=35000, decides="somebody", made_at=at)
    Band.objects.create(rules=rules, up_to=35000, accounting=Accounting.LIGHT)
    Mandate.objects.create(rules=rules, duty=Duty.FUND_DECIDER, up_to=35000)
    area = Area.objects.get(code=PLACE)
    plan = Initiative.objects.create(slug="after", title="Trees", area=area, theme=Theme.GREEN, made_at=at)
    made = Application.objects.create(
        initiative=plan, rules=rules, stage=Stage.REPORTED, number="F-1991-0001", asked=EUROS, made_at=at, saved_at=at, submitted_at=at,
        received_on=today, complete_on=today,
    )  # fmt: skip
    Account.objects.create(application=made, due_on=today, given_at=at)
    Decision.objects.create(
        application=made, outcome=Outcome.GRANTED, asked=EUROS, amount=EUROS, words="Yes", taken_by=by.uuid, mandate=Duty.FUND_DECIDER,
        taken_at=at, known_on=today, commitment=promised(plan, by, at),
    )  # fmt: skip
    return made


def promised(plan: Initiative, by: Person, at: datetime.datetime) -> Commitment:
    year = timezone.localdate(at).year
    pot = open_pot(name="After", source=Source.FUND, year=year, area=plan.area, by=by, at=at)
    put_in(pot, EUROS, why="To grant", by=by, at=at)
    return commit(pot, amount=EUROS, kind=Kind.GRANT, area=plan.area, initiative=plan, by=by, at=at)
