"""Everything that somebody can report, in one list: how it is called, where it stands, and whether it can be hidden.

A report names its thing as `kind:id`. A room that comes adds a line to `THINGS`, with a function that finds many at once.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.comments.queries import among
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import PUBLIC
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.initiatives.models import Initiative
from buurtdraad.places import queries as places

# Of the number of a row; more does not fit in the database.
MOST_DIGITS = 19


@dataclass(frozen=True)
class Named:
    """A thing as people know it: its name, its address in the language of the moment, and the code of its area, if it has one."""

    name: str
    url: str
    area: str = ""


@dataclass(frozen=True)
class ReportedKind:
    """One kind of thing. `find(ids)` gives those that exist; a kind that `can_hide` asks `moderation.queries.hidden_among`."""

    kind: str
    find: Callable[[Collection[str]], dict[str, Named]]
    can_hide: bool


def areas(codes: Collection[str]) -> dict[str, Named]:
    """Areas by code."""
    return {code: Named(name, reverse("pages:area", args=[code]), code) for code, name in places.names_of(codes).items()}


def shared_pages(paths: Collection[str]) -> dict[str, Named]:
    """Pages that are the same for everybody, by their Dutch address; those that need no parameter, so that they surely exist."""
    found = {}
    for path in paths:
        try:
            with override(settings.LANGUAGE_CODE):
                match = resolve(path)
        except Resolver404:
            continue
        if hasattr(match.func, "cached_query") and not match.captured_kwargs:  # type: ignore[attr-defined] # stubs lack it
            found[path] = Named(_("The page %(path)s") % {"path": path}, reverse(match.view_name))
    return found


def wishes(references: Collection[str]) -> dict[str, Named]:
    """Wishes on the site by reference, also those that a moderator has hidden: that can be turned round."""
    found = Wish.objects.filter(reference__in=references, showing=Showing.SHOWN).select_related("area")
    return {
        wish.reference: Named(f"{wish.reference}: {wish.title}", reverse("pages:wish", args=[wish.reference]), wish.area.code)
        for wish in found
    }


def comments(uuids: Collection[str]) -> dict[str, Named]:
    """Comments that were put on the site, with the wish below which they stand."""
    return {
        uuid: Named(
            _("A reaction to wish %(reference)s: %(words)s") % {"reference": comment.wish.reference, "words": as_title(comment.text)},
            reverse("agendas:react", args=[comment.wish.reference]),
            comment.wish.area.code,
        )
        for uuid, comment in among(uuids).items()
    }


def topics(pks: Collection[str]) -> dict[str, Named]:
    """Topics of agendas that were adopted."""
    found = Topic.objects.filter(pk__in=numbers(pks)).exclude(version__stage=VersionStage.DRAFT).select_related("version__area")
    return {str(one.pk): Named(one.title, reverse("agendas:topic", args=[one.pk]), one.version.area.code) for one in found}


def agreements(pks: Collection[str]) -> dict[str, Named]:
    """Agreements of agendas that were adopted."""
    found = Agreement.objects.filter(pk__in=numbers(pks)).exclude(topic__version__stage=VersionStage.DRAFT).select_related("area")
    return {str(one.pk): Named(one.what, reverse("agendas:agreement", args=[one.pk]), one.area.code) for one in found}


def meetings(pks: Collection[str]) -> dict[str, Named]:
    """Meetings that were announced."""
    found = Meeting.objects.filter(pk__in=numbers(pks), stage__in=PUBLIC).select_related("area")
    return {str(one.pk): Named(one.title, reverse("agendas:meeting", args=[one.pk]), one.area.code) for one in found}


def plans(uuids: Collection[str]) -> dict[str, Named]:
    """Plans of residents that stand on the site."""
    found = Initiative.objects.on_site().filter(uuid__in=public_ids(uuids)).select_related("area")
    return {str(one.uuid): Named(one.title, reverse("initiatives:initiative", args=[one.slug]), one.area.code) for one in found}


def budget_plans(uuids: Collection[str]) -> dict[str, Named]:
    """Plans for neighbourhood budgets that stand on the site."""
    found = BudgetPlan.objects.public().filter(uuid__in=public_ids(uuids), round__in=BudgetRound.objects.public())
    return {
        str(one.uuid): Named(one.title, reverse("budgets:plan", args=[one.round.slug, one.number]), one.area.code)
        for one in found.select_related("area", "round")
    }


def public_ids(texts: Collection[str]) -> list[UUID]:
    """Those that can be a public id."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def numbers(texts: Collection[str]) -> list[int]:
    """Those that can be the number of a row, as it is written in an address."""
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS and str(int(text)) == text]


THINGS = (
    ReportedKind("area", areas, can_hide=False),
    ReportedKind("page", shared_pages, can_hide=False),
    ReportedKind("wish", wishes, can_hide=True),
    ReportedKind("comment", comments, can_hide=True),
    # What the city itself says: an adviser changes it.
    ReportedKind("topic", topics, can_hide=False),
    ReportedKind("agreement", agreements, can_hide=False),
    ReportedKind("meeting", meetings, can_hide=False),
    # A moderator takes it off the site on its own page.
    ReportedKind("initiative", plans, can_hide=False),
    ReportedKind("budget_plan", budget_plans, can_hide=False),
)
BY_KIND = {each.kind: each for each in THINGS}


def named_among(things: Iterable[str]) -> dict[str, Named]:
    """Those of these things (`area:BU03440111`) that exist: for a list, one query a kind."""
    ids: dict[str, set[str]] = {}
    for thing in things:
        kind, _colon, one = thing.partition(":")
        ids.setdefault(kind, set()).add(one)
    return {f"{kind}:{one}": named for kind, found in ids.items() if kind in BY_KIND for one, named in BY_KIND[kind].find(found).items()}


def named(thing: str) -> Named | None:
    """One thing; None when it does not exist."""
    return named_among([thing]).get(thing)


def can_hide(thing: str) -> bool:
    """Whether hiding this thing changes what people see."""
    kind = BY_KIND.get(thing.partition(":")[0])
    return kind is not None and kind.can_hide
