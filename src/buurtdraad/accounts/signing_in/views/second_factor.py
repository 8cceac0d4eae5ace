"""`/mijn/tweede-stap/`: pass the second step, set it up, and look after it."""

import segno
from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from buurtdraad.accounts.access import SIGNED_IN, strongly_signed_in
from buurtdraad.accounts.signing_in.actions import second_factor as actions
from buurtdraad.accounts.signing_in.forms import AppCodeForm, SecondCodeForm
from buurtdraad.accounts.signing_in.queries import factors_of, needs_second_factor, passed_lately, person_in
from buurtdraad.accounts.signing_in.views.going_on import go_on, local, refused, too_often
from buurtdraad.lib.access import allow
from buurtdraad.lib.limits import TooOften
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.navigation import address

# In the session: the page that somebody wanted before the second step came in between.
WANTED = "wanted_page"


@allow(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Who has a second step passes it here; who has none sets one up; who passed looks after it."""
    factors = factors_of(person_in(request))
    if factors and not strongly_signed_in(request):
        return pass_step(request)
    if request.method == "POST":
        return redirect("accounts:second_factor")
    today = timezone.localdate()
    return render(request, "accounts/second_factor.html", {"factors": factors, "needed": needs_second_factor(person_in(request), on=today)})


@allow(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pass_again(request: HttpRequest) -> HttpResponse:
    """Once more, before the step itself is changed: a screen that was left open is not enough."""
    return pass_step(request) if factors_of(person_in(request)) else redirect("accounts:second_factor")


def first_again(request: HttpRequest, *, back: str = "") -> HttpResponse | None:
    """The way to pass the step again, for who has one and passed it a while ago; None for who may go on.

    `back`: where a form begins anew; without it at the page of the second step.
    """
    if not factors_of(person_in(request)) or passed_lately(request, at=timezone.now()):
        return None
    request.session[WANTED] = request.get_full_path() if request.method == "GET" else back or address("accounts:second_factor")
    return redirect("accounts:pass_again")


def pass_step(request: HttpRequest) -> HttpResponse:
    form = SecondCodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.pass_with_code(request, form.cleaned_data["code"], at=timezone.now())
            except TooOften as problem:
                form.add_error(None, str(problem))
                return too_often(render(request, "accounts/second_step.html", {"form": form, "next": wanted_page(request)}), problem)
            except Refused as problem:
                form.add_error("code", str(problem))
            else:
                return go_on(request.session.pop(WANTED, ""))
    return render(request, "accounts/second_step.html", {"form": form, "next": wanted_page(request)}, status=status)


@allow(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Show the secret as a picture and as text, until the app gives a right code."""
    factors = factors_of(person_in(request))
    if factors.totp or (factors and not strongly_signed_in(request)):
        return redirect("accounts:second_factor")
    if again := first_again(request):
        return again
    form = AppCodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                codes = actions.set_up_totp(request, form.cleaned_data["code"], at=timezone.now())
            except TooOften as problem:
                form.add_error(None, str(problem))
                return too_often(render(request, "accounts/set_up_app.html", app_facts(request, form)), problem)
            except Refused as problem:
                form.add_error("code", str(problem))
            else:
                return codes_page(request, codes) if codes else redirect("accounts:second_factor")
    return render(request, "accounts/set_up_app.html", app_facts(request, form), status=status)


def app_facts(request: HttpRequest, form: AppCodeForm) -> dict:
    secret = actions.begin_totp(request)
    url = get_adapter().build_totp_url(person_in(request), secret)
    picture = segno.make(url).svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"form": form, "secret": grouped, "picture": mark_safe(picture), "url": url}  # noqa: S308 (drawn by segno)


@allow(SIGNED_IN)
@never_cache
@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    if strongly_signed_in(request) and (again := first_again(request)):
        return again
    try:
        return codes_page(request, actions.replace_recovery_codes(request, at=timezone.now()))
    except actions.NotPossible as problem:
        return refused(request, _("There are no new codes"), str(problem))


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The recovery codes, shown this once, with a button to print by the browser."""
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": local(request.session.pop(WANTED, ""))})


@allow(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: HttpRequest, number: int) -> HttpResponse:
    """Ask first; the deed is a POST."""
    factors = factors_of(person_in(request))
    chosen = next((one for one in (factors.totp, *factors.passkeys) if one and one.pk == number), None)
    if chosen is None or not strongly_signed_in(request):
        return redirect("accounts:second_factor")
    if again := first_again(request):
        return again
    if request.method != "POST":
        return render(request, "accounts/take_away.html", {"chosen": chosen, "last": len([factors.totp, *factors.passkeys]) == 1})
    try:
        actions.take_away(request, number, at=timezone.now())
    except actions.NotPossible as problem:
        return refused(request, _("Nothing was taken away"), str(problem))
    return redirect("accounts:second_factor")


def wanted_page(request: HttpRequest) -> str:
    return local(request.session.get(WANTED))
