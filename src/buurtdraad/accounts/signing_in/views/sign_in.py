"""`/inloggen/`: by a link or a code in a mail, by password where the city wants it; and `/uitloggen/`."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.signing_in.actions import sign_in as actions
from buurtdraad.accounts.signing_in.actions.links import BadLink, WrongCode, open_link
from buurtdraad.accounts.signing_in.forms import AddressForm, MailCodeForm, PasswordSignInForm
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.accounts.signing_in.views.going_on import go_on, local, refused, too_often
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import TooOften

GET_OR_POST = ["GET", "HEAD", "POST"]
# In the session: the link that was mailed, until its code is typed.
ASKED_FOR = "sign_in_link"


@allow(EVERYBODY)
@never_cache
@require_http_methods(GET_OR_POST)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail a link. Browsers check redirects of forms, so this page alone may lead to the providers."""
    places = [origin for provider in settings.OIDC_PROVIDERS for origin in provider.origins]
    policy: dict[str, Any] = {**settings.SECURE_CSP, "form-action": [CSP.SELF, *places]}
    return csp_override(policy)(ask_address)(request)


def ask_address(request: HttpRequest) -> HttpResponse:
    wanted = local(request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return go_on(wanted)
    form = AddressForm(request.POST or None)
    facts = {"form": form, "next": wanted, "providers": settings.OIDC_PROVIDERS, "passwords": settings.PASSWORDS}
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/sign_in.html", facts, status=422 if request.method == "POST" else 200)
    try:
        link = actions.ask_to_sign_in(request, form.cleaned_data["email"], go_on=wanted, at=timezone.now())
    except TooOften as problem:
        form.add_error(None, _("Please wait a while before you ask for another mail. Did you get one? Look between the unwanted mail too."))
        form.add_error(None, str(problem))
        return too_often(render(request, "accounts/sign_in.html", facts), problem)
    request.session[ASKED_FOR] = link.pk
    return redirect("accounts:sign_in_sent")


@allow(EVERYBODY)
@never_cache
@require_http_methods(GET_OR_POST)
def sign_in_sent(request: HttpRequest) -> HttpResponse:
    """The mail is on its way; here its code is typed."""
    if ASKED_FOR not in request.session:
        return redirect("accounts:sign_in")
    form = MailCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = actions.sign_in_by_code(request, request.session[ASKED_FOR], form.cleaned_data["code"], at=timezone.now())
        except WrongCode as problem:
            form.add_error("code", str(problem))
        except BadLink as problem:
            del request.session[ASKED_FOR]
            return refused(request, _("This code does not work"), str(problem))
        except actions.Closed as problem:
            return refused(request, _("You cannot sign in"), str(problem), status=403)
        else:
            return go_on(link.facts.get(actions.NEXT))
    return render(request, "accounts/sign_in_sent.html", {"form": form}, status=422 if form.errors else 200)


@allow(EVERYBODY)
@never_cache
@require_http_methods(GET_OR_POST)
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Opening it changes nothing, for filters open every link; the button signs in."""
    now = timezone.now()
    try:
        if request.method != "POST":
            return render(request, "accounts/sign_in_link.html", {"link": open_link(Purpose.SIGN_IN, token, at=now)})
        link = actions.sign_in_by_link(request, token, at=now)
    except BadLink as problem:
        return refused(request, _("This link does not work"), str(problem))
    except actions.Closed as problem:
        return refused(request, _("You cannot sign in"), str(problem), status=403)
    return go_on(link.facts.get(actions.NEXT))


@allow(EVERYBODY)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(GET_OR_POST)
def sign_in_by_password(request: HttpRequest) -> HttpResponse:
    """Absent unless the city wants passwords."""
    if not settings.PASSWORDS:
        raise Http404
    wanted = local(request.POST.get("next") or request.GET.get("next"))
    form = PasswordSignInForm(request.POST or None)
    facts = {"form": form, "next": wanted}
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/password.html", facts, status=422 if request.method == "POST" else 200)
    try:
        actions.sign_in_by_password(request, form.cleaned_data["email"], form.cleaned_data["password"], at=timezone.now())
    except TooOften as problem:
        form.add_error(None, str(problem))
        return too_often(render(request, "accounts/password.html", facts), problem)
    except (actions.WrongPassword, actions.Closed) as problem:
        form.add_error(None, str(problem))
        return render(request, "accounts/password.html", facts, status=422)
    return go_on(wanted)


@allow(EVERYBODY)
@never_cache
@require_http_methods(GET_OR_POST)
def sign_out(request: HttpRequest) -> HttpResponse:
    """A button (GET shows it); the deed is a POST."""
    if request.method != "POST" and request.user.is_authenticated:
        return render(request, "accounts/sign_out.html")
    actions.sign_out(request, at=timezone.now())
    return redirect("pages:home")
