"""The applications that staff work on, by the last day to decide: a page of them, whatever there is, in a constant number of queries."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.models import Application, InterestDeclaration, Question
from buurtdraad.fund.queries.left import SOON, Left, left_of
from buurtdraad.fund.states import AT_WORK, IN_HAND, Interest, Stage
from buurtdraad.initiatives.models import Member
from buurtdraad.messages.models import Contact
from buurtdraad.places import queries as places
from buurtdraad.places.queries import last_name

# What a row shows; an application has many columns more.
SHOWN = ("uuid", "number", "stage", "small", "asked", "handler", "decide_by", "received_on", "initiative__title", "initiative__theme")
MINE, NOBODYS = "mine", "nobodys"
DAY = datetime.timedelta(days=1)
LATE, THIS_WEEK, STILL = "late", "this_week", "still"


@dataclass(frozen=True)
class Wanted:
    """Which applications somebody wants to see; empty means all that are in hand."""

    area: str = ""
    stage: str = ""
    theme: str = ""
    whose: str = ""
    when: str = ""
    q: str = ""


@dataclass(frozen=True)
class Row:
    """One application in the list: how much time is left, and its step and theme in words."""

    application: Application
    left: Left | None
    stage: str
    theme: str


def in_reach(person: Person, reach: Reach) -> QuerySet[Application]:
    """The sent applications of somebody's areas. What they asked for themselves or have an interest in is not among them."""
    interest = InterestDeclaration.objects.filter(application=OuterRef("pk"), person=person.uuid, says=Interest.YES)
    theirs = Member.objects.filter(initiative=OuterRef("initiative"), contact__person=person)
    found = Application.objects.exclude(Exists(interest)).exclude(Exists(theirs)).exclude(contact__in=Contact.objects.filter(person=person))
    return found if reach.everywhere else found.filter(initiative__area__code__in=reach.codes)


def wanted_in(person: Person, reach: Reach, wanted: Wanted, *, on: datetime.date) -> QuerySet[Application]:
    """Those that somebody wants to see, what has to be decided first at the top; of what is over, the newest first."""
    found = in_reach(person, reach)
    if wanted.stage and wanted.stage not in IN_HAND:
        found = found.filter(stage=wanted.stage).order_by("-submitted_at", "-pk")
    else:
        # These words as in the condition of the index, so that the database goes straight to the first page.
        found = found.filter(stage__in=sorted(IN_HAND)).order_by("decide_by", "pk")
    facts = {"stage": wanted.stage, "initiative__theme": wanted.theme, "initiative__area__code": wanted.area}
    found = found.filter(**{name: fact for name, fact in facts.items() if fact})
    found = due(found.filter(whose(person, wanted.whose)), wanted.when, on)
    if wanted.q:
        found = found.filter(
            Q(number__iexact=wanted.q) | Q(initiative__title__icontains=wanted.q) | Q(organisation_name__icontains=wanted.q)
        )
    return found


def whose(person: Person, wanted: str) -> Q:
    return {MINE: Q(handler=person.uuid), NOBODYS: Q(handler=None)}.get(wanted, Q())


def due(found: QuerySet[Application], wanted: str, on: datetime.date) -> QuerySet[Application]:
    """Late, or soon; while a question is open nothing is late."""
    if not wanted:
        return found
    still = Exists(open_questions())
    if wanted == STILL:
        return found.filter(still)
    last = on - DAY if wanted == LATE else on + SOON * DAY
    return found.filter(~still, decide_by__lte=last)


def open_questions() -> QuerySet[Question]:
    return Question.objects.filter(application=OuterRef("pk"), answered_at=None, lapsed_at=None)


def with_facts(found: QuerySet[Application]) -> QuerySet[Application]:
    """With what a row shows: the plan, the name of its area (`place`), and since when a question is open (`asked_at`)."""
    found = found.select_related("initiative").only(*SHOWN)
    return found.annotate(place=last_name("initiative__area"), asked_at=Subquery(open_questions().values("asked_at")[:1]))


def rows_of(applications: list[Application], *, today: datetime.date) -> list[Row]:
    """Rows of applications that came `with_facts`. Themes are looked up here: `get_..._display` translates all choices for each row."""
    themes = dict(Theme.choices)
    return [
        Row(one, left_of(one, still_since=still_since(one), today=today), one.step, str(themes[one.initiative.theme]))
        for one in applications
    ]


def still_since(application: Application) -> datetime.date | None:
    asked_at = application.asked_at  # type: ignore[attr-defined] # of `with_facts`
    return timezone.localdate(asked_at) if asked_at else None


def area_choices(reach: Reach) -> list[tuple[str, str]]:
    """Code and name of the areas in reach, by name."""
    if reach.everywhere:
        return sorted(((place.code, place.name) for place in places.neighbourhoods_of(places.city_code())), key=lambda pair: pair[1])
    return sorted(places.names_of(reach.codes).items(), key=lambda pair: (not pair[0].startswith("BU"), pair[1]))


def stages() -> list[tuple[str, str]]:
    """The steps to choose from, in the words of who works on them."""
    return [(stage.value, str(words)) for stage, words in AT_WORK.items() if stage != Stage.DRAFT]
