"""Everything that somebody can report, in one list: how it is called, where it stands, and whether it can be hidden.

A report names its thing as `kind:id`. A room that comes adds a line to `THINGS`, with a function that finds many at once.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.places import queries as places


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


THINGS = (
    ReportedKind("area", areas, can_hide=False),
    ReportedKind("page", shared_pages, can_hide=False),
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
