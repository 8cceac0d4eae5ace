"""What everybody sees of wishes: the list with search and filters, and the map."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries import listing
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.clusters import spread_over
from buurtdraad.agendas.wishes.references import as_reference
from buurtdraad.agendas.wishes.showing import area_choices, filters, map_of
from buurtdraad.agendas.wishes.states import Kind, Stage, Theme
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear

CODE = re.compile("[A-Za-z0-9-]{1,60}")
PAGE = re.compile("[1-9][0-9]{0,3}")
LONGEST_SEARCH = 100
CHOICES = {"thema": Theme, "stap": Stage, "soort": Kind}
FILTERS = ("buurt", *CHOICES)


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the list, by the names in the address; what is empty does not count."""

    q: str = ""
    buurt: str = ""
    thema: str = ""
    stap: str = ""
    soort: str = ""
    page: int = 1

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.buurt or self.thema or self.stap or self.soort)

    def rest(self) -> str:
        """The rest of the query for links to other pages, without `page`."""
        return urlencode({name: value for name in ("q", *FILTERS) if (value := getattr(self, name))})


def asked_in(query: Mapping[str, str]) -> Asked:
    """What the address asks for. Raises `Http404` for a choice that is none of ours."""
    words = " ".join("".join(letter for letter in query.get("q", "") if letter.isprintable() or letter.isspace()).split())
    return Asked(
        q=words[:LONGEST_SEARCH],
        page=int(one_of(PAGE, query.get("page") or "1")),
        buurt=query.get("buurt", "") and one_of(CODE, query["buurt"]),
        **{name: choice_of(query.get(name, ""), choices) for name, choices in CHOICES.items()},
    )


def one_of(pattern: re.Pattern, value: str) -> str:
    if not pattern.fullmatch(value):
        raise Http404
    return value


def choice_of(value: str, choices: type) -> str:
    if value and value not in choices.values:  # type: ignore[attr-defined] # an enumeration of Django
        raise Http404
    return value


def place_or_404(code: str) -> AreaYear | None:
    """The area with this code, or the city; None in an empty city."""
    here = places.area_in(code) if code else places.city()
    if code and here is None:
        raise Http404
    return here


@allow(EVERYBODY)
@require_safe
@cached_page(query=(*FILTERS, "page"))
def wishes(request: HttpRequest) -> HttpResponse:
    """The wishes of residents, the newest first. A form that was sent with empty choices gets an address without them."""
    asked = asked_in(request.GET)
    kept = {name: value for name, value in request.GET.items() if value}
    if len(kept) < len(request.GET):
        return redirect(f"{reverse('agendas:wishes')}?{urlencode(kept)}" if kept else "agendas:wishes")
    if reference := reference_in(asked.q):
        return redirect("pages:wish", reference)
    here = place_or_404(asked.buurt)
    codes = codes_of(asked.buurt) if asked.buurt else None
    found = listing.search(codes, words=asked.q, theme=asked.thema, stage=asked.stap, kind=asked.soort)
    try:
        page = listing.page_of(found, asked.page)
    except EmptyPage:
        raise Http404 from None
    context = {
        "asked": asked,
        "here": here if asked.buurt else None,
        "page": page,
        "lines": listing.lines(page.object_list),
        "areas": area_choices(asked.buurt),
        "choices": filters({name: getattr(asked, name) for name in CHOICES}),
        "section": "wishes",
    }
    return shows(render(request, "agendas/wishes.html", context), *shown_codes(here, codes))


def shown_codes(here: AreaYear | None, codes: frozenset[str] | None) -> set[str]:
    """The places on which a page of these areas depends."""
    return {*(codes or ()), *([here.area.code] if here else [])}


def reference_in(words: str) -> str:
    """The reference that somebody searches for, where everybody sees that wish; else empty."""
    wanted = as_reference(words)
    return wanted if wanted and Wish.objects.on_site().filter(reference=wanted).exists() else ""


@allow(EVERYBODY)
@require_safe
@cached_page(query=("buurt",))
def wishes_map(request: HttpRequest) -> HttpResponse:
    """Where the wishes are: a circle for each district, or for each neighbourhood of one area, and the same as a list."""
    code = request.GET.get("buurt", "")
    here = place_or_404(one_of(CODE, code) if code else "")
    spread = spread_over(here) if here else None
    context = {"spread": spread, "here": here if code else None, "drawn": map_of(spread) if spread else None, "section": "wishes"}
    codes = codes_of(spread.here.area.code) if spread else None
    return shows(render(request, "agendas/map.html", context), *shown_codes(spread.here if spread else None, codes))
