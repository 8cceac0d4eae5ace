"""The page of a partner: behind the link in its mail, or signed in. Opening it changes nothing; a press is a POST."""

import secrets
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import HOUR, limited, limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.pages.confirming import actions
from buurtdraad.pages.confirming.actions import SpeaksNoMore
from buurtdraad.pages.confirming.forms import PressForm, WordsForm
from buurtdraad.pages.confirming.queries import (
    Item,
    Voice,
    areas_of,
    item_of,
    items_of,
    meeting_list,
    meetings_for,
    people_for,
    voice_of,
)
from buurtdraad.partners.models import Representative
from buurtdraad.partners.states import Says
from buurtdraad.ui import pdf
from buurtdraad.ui.navigation import keeps_query

WITH_WORDS = (Says.CHANGED, Says.STUCK)
type Page = Callable[[HttpRequest, Voice, str], HttpResponse]


def by_link(page: Page) -> Callable[..., HttpResponse]:
    """The page for who has the link; a link that does nothing says why, with somebody to call."""

    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        try:
            voice = actions.voice_by(token, at=timezone.now())
        except (BadLink, SpeaksNoMore) as refusal:
            return refused(request, refusal)
        return page(request, voice, reverse("pages:confirm", args=[token]))

    return view


def signed_in(page: Page) -> Callable[..., HttpResponse]:
    """The same page for who speaks for the organisation with an account."""

    @wraps(page)
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        related = Representative.objects.select_related("organisation__joined_to", "person").prefetch_related("areas")
        found = get_object_or_404(related, uuid=uuid, person=request.user.pk)
        try:
            voice = actions.still_speaking(voice_of(found, mark=f"person:{found.pk}"), timezone.now())
        except SpeaksNoMore as refusal:
            return refused(request, refusal)
        return page(request, voice, reverse("pages:confirm_mine", args=[uuid]))

    return view


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Why the page does nothing any more, with the words that somebody was writing, so that nothing is lost."""
    bad = isinstance(refusal, BadLink)
    context = {"says": str(refusal), "again": bad, "words": request.POST.get("words", "")[:500]}
    return render(request, "pages/confirm_refused.html", context, status=404 if bad else 200)


# --- what is asked -----------------------------------------------------------------------------------------


def asked(request: HttpRequest, voice: Voice, here: str) -> HttpResponse:
    """All that this partner is asked about; with `?wat=` and `?zegt=` the question that goes with one button."""
    if request.method == "POST":
        return heard(request, voice, here)
    wanted, says = request.GET.get("wat", ""), request.GET.get("zegt", "")
    if wanted and says in WITH_WORDS:
        item = item_of(voice, wanted, on=timezone.localdate())
        return words_page(request, voice, here, item, form_for(request, Says(says), wanted)) if item else gone(request, here)
    context = {
        "voice": voice,
        "rows": [(item, *ways(here, item)) for item in items_of(voice, on=timezone.localdate())],
        "once": secrets.token_urlsafe(12),
        "here": here,
        "said": request.GET.get("gezegd") == "ja",
    }
    return render(request, "pages/confirm.html", context)


def ways(here: str, item: Item) -> tuple[str, str]:
    """The addresses of the two buttons that ask for words."""
    changed, stuck = (f"{here}?{urlencode({'wat': item.thing, 'zegt': says})}" for says in WITH_WORDS)
    return changed, stuck


def heard(request: HttpRequest, voice: Voice, here: str) -> HttpResponse:
    """What was pressed. Words about what is over by now are kept all the same."""
    limited_address("confirm", request)
    limited("confirm", voice.mark, most=100, within=HOUR)
    press = PressForm(request.POST)
    if not press.is_valid():
        return redirect(here)
    thing, says = press.cleaned_data["thing"], Says(press.cleaned_data["says"])
    item = item_of(voice, thing, on=timezone.localdate())
    if item is None:
        return gone(request, here, request.POST.get("words", ""))
    given = press.cleaned_data
    if says in WITH_WORDS:
        form = form_for(request, says, thing)
        if not form.is_valid():
            return words_page(request, voice, here, item, form)
        given = form.cleaned_data
    by = request.user if isinstance(request.user, Person) and voice.representative.person_id == request.user.pk else None
    said_by = given.get("said_by") or (by.name if by else "")
    facts = {"words": given.get("words", ""), "said_by": said_by, "once": given["once"]}
    actions.say(voice, item, says, **facts, by=by, at=timezone.now())
    return redirect(f"{here}?gezegd=ja")


def form_for(request: HttpRequest, says: Says, thing: str) -> WordsForm:
    sent = posted(request)
    return WordsForm(sent, says=says, known=is_mine(request), initial={"thing": thing, "says": says, "once": secrets.token_urlsafe(12)})


def is_mine(request: HttpRequest) -> bool:
    """Whether this is the page of who is signed in, so that we know who says it."""
    return bool(request.resolver_match and request.resolver_match.url_name == "confirm_mine")


def words_page(request: HttpRequest, voice: Voice, here: str, item: Item, form: WordsForm) -> HttpResponse:
    keeps_query(request, urlencode({"wat": item.thing, "zegt": form.asks_about}))
    context = {"voice": voice, "item": item, "form": form, "here": here}
    return render(request, "pages/confirm_words.html", context, status=422 if form.errors else 200)


def gone(request: HttpRequest, here: str, words: str = "") -> HttpResponse:
    """What is not theirs any more, with the words that they wrote, so that nothing is lost."""
    return render(request, "pages/confirm_gone.html", {"here": here, "words": words[:500]}, status=404)


# --- what they get in return -----------------------------------------------------------------------------


def meetings(request: HttpRequest, voice: Voice, here: str) -> HttpResponse:
    """The meetings to come, on paper."""
    at = timezone.now()
    found = meetings_for(areas_of(voice), at=at)
    response = HttpResponse(
        pdf.render("pages/meetings.typ", meeting_list(voice.organisation.name, found, at)), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="bijeenkomsten.pdf"'
    return response


def people(request: HttpRequest, voice: Voice, here: str) -> HttpResponse:
    """Who works where, for who works there too."""
    found = people_for(areas_of(voice), on=timezone.localdate())
    return render(request, "pages/confirm_people.html", {"voice": voice, "people": found, "here": here})


confirm = never_cache(allow(EVERYBODY)(require_form(by_link(asked))))
confirm_meetings = never_cache(allow(EVERYBODY)(require_safe(by_link(meetings))))
confirm_people = never_cache(allow(EVERYBODY)(require_safe(by_link(people))))
confirm_mine = never_cache(allow(SIGNED_IN)(require_form(signed_in(asked))))
confirm_mine_meetings = never_cache(allow(SIGNED_IN)(require_safe(signed_in(meetings))))
confirm_mine_people = never_cache(allow(SIGNED_IN)(require_safe(signed_in(people))))
