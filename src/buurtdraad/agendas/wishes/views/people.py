"""Wanting a wish too and following it; and the pages behind links in mail: confirming an address, rating an answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.signing_in.actions.links import BadLink, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import signed_in
from buurtdraad.agendas.wishes.actions.people import EMAIL
from buurtdraad.agendas.wishes.forms.people import AddressForm, RatingForm
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.people import confirms, people_of, standing_of
from buurtdraad.agendas.wishes.queries.ratings import rated_by, rating_of
from buurtdraad.agendas.wishes.queries.shown import wish_on_site
from buurtdraad.agendas.wishes.states import Helped
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.messages.actions import contact_for

UNPROCESSABLE = 422
METHODS = ["GET", "HEAD", "POST"]
SUPPORT, FOLLOW = "support", "follow"


@never_cache
@allow(EVERYBODY)
@require_http_methods(METHODS)
def support(request: HttpRequest, reference: str) -> HttpResponse:
    """ "Dit wil ik ook": one button for who is signed in, an e-mail address for everybody else. htmx gets the form alone."""
    return answered(request, reference, SUPPORT)


@never_cache
@allow(EVERYBODY)
@require_http_methods(METHODS)
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """ "Volgen": hearing what becomes of a wish, without counting among those who want it."""
    return answered(request, reference, FOLLOW)


def answered(request: HttpRequest, reference: str, what: str) -> HttpResponse:
    """Show the form, or do what was asked and show how it is now. What nobody sees on the site is 404."""
    wish = wish_on_site(reference)
    if wish is None:
        raise Http404
    person = signed_in(request.user)
    form = AddressForm(request.POST or None)
    if request.method == "POST":
        limited_address(what, request)
        if person:
            take(wish, what, back=request.POST.get("do") == "back", contact=contact_for(person, at=timezone.now()))
            return shown(request, wish, what) if request.htmx else redirect(f"agendas:{what}", wish.reference)  # type: ignore[attr-defined]
        if form.is_valid():
            email, wants = form.cleaned_data["email"], what == SUPPORT
            actions.mail_to_confirm(request, email, about=wish, wants=wants, at=timezone.now())
            sent = reverse(f"agendas:{what}", args=[wish.reference]) + "?gestuurd=1"
            return shown(request, wish, what, mailed=True) if request.htmx else redirect(sent)  # type: ignore[attr-defined]
    return shown(request, wish, what, form=form, mailed="gestuurd" in request.GET and not form.errors)


def take(wish: Wish, what: str, *, back: bool, contact) -> None:
    """The deed of who is signed in."""
    at = timezone.now()
    match what, back:
        case "support", False:
            actions.support(wish, contact=contact, at=at)
        case "support", True:
            actions.take_back_support(wish, contact=contact, at=at)
        case "follow", False:
            actions.follow(wish, contact=contact, at=at)
        case "follow", True:
            actions.stop_following(wish, contact=contact, at=at)


def shown(request: HttpRequest, wish: Wish, what: str, *, form: AddressForm | None = None, mailed: bool = False) -> HttpResponse:
    person = signed_in(request.user)
    context = {
        "wish": wish,
        "people": people_of([wish])[wish.pk],
        "person": person,
        "standing": standing_of(wish, person) if person else None,
        "form": form or AddressForm(),
        "mailed": mailed,
        "what": what,
        "here": reverse(f"agendas:{what}", args=[wish.reference]),
        "other": reverse(f"agendas:{FOLLOW if what == SUPPORT else SUPPORT}", args=[wish.reference]),
        "section": "wishes",
    }
    template = "agendas/want_form.html" if request.htmx else "agendas/want.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=UNPROCESSABLE if form and form.errors else 200)


@never_cache
@allow(EVERYBODY)
@require_http_methods(METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link of a mail changes nothing; the button confirms. It signs nobody in, and shows no text that is not on the site."""
    now = timezone.now()
    try:
        if request.method != "POST":
            link = open_link(Purpose.CONFIRM_WISH, token, at=now)
            return render(request, "agendas/confirm.html", {"email": link.facts[EMAIL], "about": confirms(link)})
        wish = actions.confirm(token, at=now)
    except BadLink as problem:
        return render(request, "agendas/link_refused.html", {"sentence": str(problem)}, status=404)
    context = {"wish": wish, "on_site": wish_on_site(wish.reference) is not None, "section": "wishes"}
    return render(request, "agendas/confirmed.html", context)


@never_cache
@allow(EVERYBODY)
@require_http_methods(METHODS)
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """ "Bent u goed geholpen?": three faces and a word, of who got the answer. It can be changed."""
    found = rated_by(token)
    if found is None:
        return render(request, "agendas/link_refused.html", {"sentence": ""}, status=404)
    answer, contact, wish = found
    before = rating_of(answer, contact)
    form = RatingForm(request.POST or None, initial={"helped": before.helped, "words": before.words} if before else None)
    if request.method == "POST":
        limited_address("rate", request)
        form = RatingForm(request.POST)
        if form.is_valid():
            helped, words = Helped(form.cleaned_data["helped"]), form.cleaned_data["words"]
            actions.rate(answer, wish, contact, helped=helped, words=words, at=timezone.now())
            return redirect(reverse("agendas:rate", args=[token]) + "?bedankt=1")
    context = {
        "answer": answer,
        "wish": wish,
        "form": form,
        "thanked": "bedankt" in request.GET and before is not None,
        "section": "wishes",
    }
    return render(request, "agendas/rate.html", context, status=UNPROCESSABLE if form.errors else 200)
