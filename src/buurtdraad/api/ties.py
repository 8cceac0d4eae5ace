"""The thread as the API shows it: each tie between two collections, written once and read from both sides."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet

from buurtdraad.agendas.agenda.models import Agreement, Owner, TopicWish
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.fund.queries.register import granted_decisions
from buurtdraad.initiatives.models import InitiativeAgreement, InitiativeTopic, InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.reports.models import Mention
from buurtdraad.works.models import WorkAnswers

# An item that has more of a kind shows so many; the list of that kind has them all.
MOST_LINKS = 200


@dataclass(frozen=True)
class End:
    """One side of a tie: the collection, and where a row of the tie holds its primary key, its key in the address and its title."""

    name: str
    pk: str
    key: str
    title: str


@dataclass(frozen=True)
class Tie:
    """What came from what. `pairs()` are the rows of which both ends are public.

    `forward_only`: the front has thousands of these behind it, and does not name them; the list of the back has a filter for them.
    """

    back: End
    front: End
    pairs: Callable[[], QuerySet]
    forward_only: bool = False


def wish(path: str = "wish") -> End:
    return End("wensen", f"{path}_id", f"{path}__reference", f"{path}__text")


def topic(path: str = "topic") -> End:
    return End("onderwerpen", f"{path}_id", f"{path}_id", f"{path}__title")


def agreement(path: str = "agreement") -> End:
    return End("afspraken", f"{path}_id", f"{path}_id", f"{path}__what")


def initiative(path: str = "initiative") -> End:
    return End("initiatieven", f"{path}_id", f"{path}__slug", f"{path}__title")


def work(path: str = "work") -> End:
    return End("werken", f"{path}_id", f"{path}__uuid", f"{path}__title")


def round_(path: str = "round") -> End:
    return End("rondes", f"{path}_id", f"{path}__slug", f"{path}__name")


def decision(path: str, title: str) -> End:
    return End("besluiten", f"{path}id", f"{path}uuid", title)


def pot(path: str = "pot") -> End:
    return End("budgetten", f"{path}_id", f"{path}__uuid", f"{path}__name")


def partner(path: str = "organisation") -> End:
    return End("partners", f"{path}_id", f"{path}__uuid", f"{path}__name")


def adopted(path: str) -> dict[str, Any]:
    """That a topic stands in an agenda that was adopted."""
    return {f"{path}__version__stage__in": sorted(set(VersionStage) - {VersionStage.DRAFT})}


def wishes() -> QuerySet:
    return Wish.objects.on_site().values("pk")


def works_for(what: str) -> Callable[[], QuerySet]:
    """The ties of public works to one kind of thing that is public itself."""
    public = {"wish": {"wish__in": wishes}, "topic": adopted("topic"), "agreement": adopted("agreement__topic")}[what]
    return lambda: WorkAnswers.objects.filter(work__public=True, **{k: v() if callable(v) else v for k, v in public.items()})


def owners(*, joined: bool) -> Callable[[], QuerySet]:
    """Who sees to an agreement, said yes or still has to; `joined`: an organisation that turned out to be another one."""
    there = {"organisation__isnull": False, "organisation__joined_to__isnull": not joined}
    return lambda: Owner.objects.filter(refused_at=None, **there, **adopted("agreement__topic"))


def plans() -> QuerySet:
    """The plans of public rounds."""
    return BudgetPlan.objects.public().filter(round__in=BudgetRound.objects.public().values("pk"))


def money_for(**public: Any) -> Callable[[], QuerySet]:
    """The money that was promised to something public, and told."""
    return lambda: Commitment.objects.public().filter(**public)


def grants() -> QuerySet:
    """The grants of the public register."""
    return granted_decisions().order_by().values("pk")


# What a report freezes with the address of its own page.
COUNTED = frozenset({"wensen", "bijeenkomsten", "onderwerpen", "afspraken", "initiatieven", "werken", "rondes"})
COUNTED_IN = End("voortgangsrapporten", "report_id", "report__slug", "report__title")
# Of these the win came first: residents made the initiative to carry their plan out.
BORN_OF_A_WIN = Q(winner__isnull=False, initiative__made_at__gt=F("round__closed_at"))
SHOWN = {"initiative__showing": Showing.SHOWN}
TIES = (
    # A wish that was joined to another one goes on there.
    Tie(End("wensen", "id", "reference", "text"), wish("head"), lambda: Wish.objects.on_site().filter(head__in=wishes())),
    Tie(
        wish(),
        End("bijeenkomsten", "meeting_id", "meeting_id", "meeting__title"),
        lambda: MeetingWish.objects.filter(wish__in=wishes(), meeting__in=Meeting.objects.on_site().values("pk")),
    ),
    Tie(wish(), topic(), lambda: TopicWish.objects.filter(wish__in=wishes(), **adopted("topic"))),
    Tie(topic(), End("afspraken", "id", "id", "what"), lambda: Agreement.objects.filter(**adopted("topic"))),
    Tie(partner(), agreement(), owners(joined=False)),
    Tie(partner("organisation__joined_to"), agreement(), owners(joined=True)),
    Tie(wish(), initiative(), lambda: InitiativeWish.objects.filter(wish__in=wishes(), **SHOWN)),
    Tie(topic(), initiative(), lambda: InitiativeTopic.objects.filter(**SHOWN, **adopted("topic"))),
    Tie(agreement(), initiative(), lambda: InitiativeAgreement.objects.filter(**SHOWN, **adopted("agreement__topic"))),
    Tie(wish(), work(), works_for("wish")),
    Tie(topic(), work(), works_for("topic")),
    Tie(agreement(), work(), works_for("agreement")),
    Tie(
        End("wensen", "wishes__id", "wishes__reference", "wishes__text"),
        round_(),
        lambda: plans().filter(wishes__in=wishes()),
    ),
    Tie(agreement(), round_(), lambda: plans().filter(**adopted("agreement__topic"))),
    Tie(initiative(), round_(), lambda: plans().filter(**SHOWN).exclude(BORN_OF_A_WIN)),
    Tie(round_(), initiative(), lambda: plans().filter(BORN_OF_A_WIN, **SHOWN)),
    Tie(
        round_(),
        decision("application__decisions__", "title"),
        lambda: plans().filter(application__decisions__in=grants()),
    ),
    Tie(
        initiative("application__initiative"),
        decision("", "application__initiative__title"),
        lambda: granted_decisions().filter(application__initiative__showing=Showing.SHOWN),
    ),
    Tie(decision("", "application__initiative__title"), pot("commitment__pot"), granted_decisions, forward_only=True),
    Tie(partner(), End("budgetten", "id", "uuid", "name"), lambda: Pot.objects.filter(organisation__joined_to=None), forward_only=True),
    Tie(initiative(), pot(), money_for(**SHOWN), forward_only=True),
    Tie(agreement(), pot(), money_for(**adopted("agreement__topic")), forward_only=True),
    Tie(work(), pot(), money_for(work__public=True), forward_only=True),
)


def threads(name: str, keys: Collection[int]) -> dict[int, dict[str, list[dict[str, str]]]]:
    """What each of these rows of a collection came from (`terug`) and what came of it (`vooruit`), by primary key.

    As many queries as the collection has ties, however many rows.
    """
    found: dict[int, dict[str, list]] = {key: {"terug": [], "vooruit": []} for key in keys}
    for here, there, side, tie in sides(name):
        rows = tie.pairs().filter(**{f"{here.pk}__in": list(keys)}).order_by(here.pk, there.key)
        for key, other, title in rows.values_list(here.pk, there.key, there.title).distinct():
            if len(found[key][side]) < MOST_LINKS:
                found[key][side].append(link(there, other, title))
    return found


def reports_of(name: str, pages: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """The published reports that count what has its page at one of these whole addresses. One query, for what reports count at all.

    No `Tie`: a report freezes the address of what it counts, and no key. Its own thread names none of them; `rijen` of its numbers does.
    """
    here = {page.removeprefix(settings.SITE_URL): page for page in pages}
    found: dict[str, list[dict[str, str]]] = {page: [] for page in pages}
    if name not in COUNTED:
        return found
    told = Mention.objects.filter(page__in=here).order_by("report__published_at", "report")
    for path, slug, title in told.values_list("page", "report__slug", "report__title").distinct():
        found[here[path]].append(link(COUNTED_IN, slug, title))
    return found


def sides(name: str) -> Iterator[tuple[End, End, str, Tie]]:
    """The ties of a collection: this end, the other, which way, and the tie."""
    for tie in TIES:
        if tie.back.name == name:
            yield tie.back, tie.front, "vooruit", tie
        if tie.front.name == name and not tie.forward_only:
            yield tie.front, tie.back, "terug", tie


def link(end: End, key: object, title: str) -> dict[str, str]:
    return {"soort": end.name, "titel": as_title(title), "url": f"{settings.SITE_URL}/api/v1/{end.name}/{key}"}
