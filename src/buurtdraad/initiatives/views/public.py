"""What everybody sees of initiatives: gallery, list and map, the page of one, and its pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.showing import area_choices
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.agendas.wishes.views.site import CODE, LONGEST_SEARCH, PAGE, choice_of, one_of, place_or_404, shown_codes
from buurtdraad.initiatives.access import may_change, may_read, visible_initiatives
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries import listing
from buurtdraad.initiatives.queries.page import is_public, picture_by, seen_by_all
from buurtdraad.initiatives.queries.plans import with_picture
from buurtdraad.initiatives.rules import CARDS, LINES
from buurtdraad.initiatives.showing import TONES, map_of, track
from buurtdraad.initiatives.states import OPEN, Showing, Stage
from buurtdraad.initiatives.views.neighbours import what_neighbours_think
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.uploads import serving
from buurtdraad.places.queries import last_name

SECTION = "initiatives"
CHOICES = {"thema": Theme, "stap": Stage}
BELONGS = ("onderwerp", "afspraak")
FILTERS = ("buurt", *CHOICES, *BELONGS)
# What who reads texts sees of those that do not stand on the site; never one that is still private.
READ = (Showing.TO_READ, Showing.BACK, Showing.REMOVED)


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the list, by the names in the address; what is empty does not count."""

    q: str = ""
    buurt: str = ""
    thema: str = ""
    stap: str = ""
    onderwerp: str = ""
    afspraak: str = ""
    page: int = 1

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.buurt or self.thema or self.stap or self.onderwerp or self.afspraak)

    @property
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
        **{name: query.get(name, "") and one_of(PAGE, query[name]) for name in BELONGS},
        **{name: choice_of(query.get(name, ""), choices) for name, choices in CHOICES.items()},
    )


@allow(EVERYBODY)
@require_safe
@cached_page(query=(*FILTERS, "page"))
def gallery(request: HttpRequest) -> HttpResponse:
    """The initiatives as cards with pictures, the newest first."""
    return listed(request, "initiatives:gallery", "initiatives/gallery.html", CARDS)


@allow(EVERYBODY)
@require_safe
@cached_page(query=(*FILTERS, "page"))
def plan_list(request: HttpRequest) -> HttpResponse:
    """The same as a list, for who looks for one."""
    return listed(request, "initiatives:list", "initiatives/list.html", LINES)


def listed(request: HttpRequest, page_name: str, template: str, size: int) -> HttpResponse:
    asked = asked_in(request.GET)
    kept = {name: value for name, value in request.GET.items() if value}
    if len(kept) < len(request.GET):
        return redirect(f"{reverse(page_name)}?{urlencode(kept)}" if kept else page_name)
    here = place_or_404(asked.buurt)
    codes = codes_of(asked.buurt) if asked.buurt else None
    topic = there(listing.topic_of, asked.onderwerp)
    agreement = there(listing.agreement_of, asked.afspraak)
    found = listing.search(codes, words=asked.q, theme=asked.thema, stage=asked.stap, topic=topic, agreement=agreement)
    try:
        page = listing.page_of(with_picture(found), asked.page, size)
    except EmptyPage:
        raise Http404 from None
    context = {
        "asked": asked,
        "here": here if asked.buurt else None,
        "belongs": topic.title if topic else agreement.what if agreement else "",
        "page": page,
        "rows": [(one, TONES[Stage(one.stage)]) for one in page.object_list],
        "areas": area_choices(asked.buurt),
        "choices": [
            ("thema", _("Subject"), _("All subjects"), Theme.choices, asked.thema),
            ("stap", _("Step"), _("All steps"), Stage.choices, asked.stap),
        ],
        "this": page_name,
        "section": SECTION,
    }
    return shows(render(request, template, context), *shown_codes(here, codes))


def there[Thing](find: Callable[[str], Thing | None], number: str) -> Thing | None:
    """What the address names; None where it names nothing. Raises `Http404` for what nobody sees."""
    if not number:
        return None
    found = find(number)
    if found is None:
        raise Http404
    return found


@allow(EVERYBODY)
@require_safe
@cached_page(query=("buurt",))
def plan_map(request: HttpRequest) -> HttpResponse:
    """Where the initiatives are: a circle for each district or neighbourhood, and the same as a list."""
    code = request.GET.get("buurt", "")
    here = place_or_404(one_of(CODE, code) if code else "")
    spread = listing.spread_over(here) if here else None
    context = {
        "spread": spread,
        "here": here if code else None,
        "asked": Asked(buurt=code),
        "drawn": map_of(spread) if spread else None,
        "this": "initiatives:map",
        "section": SECTION,
    }
    codes = codes_of(spread.here.area.code) if spread else None
    return shows(render(request, "initiatives/map.html", context), *shown_codes(spread.here if spread else None, codes))


@allow(EVERYBODY)
@require_safe
@cached_page
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one: for everybody once it is on the site, before that for its people, who helps them and who reads it."""
    found = get_object_or_404(Initiative.objects.select_related("area").annotate(place_name=last_name("area")), slug=slug)
    # Who has no session gets the page of everybody: asking who it is would keep it out of the cache.
    reads = settings.SESSION_COOKIE_NAME in request.COOKIES and may_read(request.user, found)
    seen = found.showing == Showing.SHOWN or (reads and found.showing in READ)
    if not seen and not visible_initiatives(request.user, request.session).filter(pk=found.pk).exists():
        raise Http404
    return shows(render(request, "initiatives/initiative.html", facts_of(found) | {"reads": reads}), found.area.code)


def facts_of(found: Initiative) -> dict[str, Any]:
    """What the page of one shows to everybody."""
    name = found.place_name or found.area.code  # type: ignore[attr-defined] # annotated
    crumbs = [(_("Plans of residents"), reverse("initiatives:gallery")), (name, f"{reverse('initiatives:list')}?buurt={found.area.code}")]
    return {
        **what_neighbours_think(found),
        "plan": found,
        "place": name,
        "seen": seen_by_all(found),
        "tone": TONES[Stage(found.stage)],
        "track": track(),
        "why": "" if "why" in found.waiting else found.why,
        "is_open": found.stage in OPEN,
        "on_site": found.showing == Showing.SHOWN,
        "crumbs": crumbs,
        "section": SECTION,
    }


@allow(EVERYBODY)
@require_safe
def picture(request: HttpRequest, uuid: UUID, width: int) -> HttpResponseBase:
    """A picture, for everybody once it was looked at; before that for its people and who reads there."""
    found = picture_by(uuid)
    if found is None:
        raise Http404
    public = is_public(found)
    if not public and not (may_change(request.user, found.initiative, request.session) or may_read(request.user, found.initiative)):
        raise Http404
    return serving.picture(found, width, public=public)
