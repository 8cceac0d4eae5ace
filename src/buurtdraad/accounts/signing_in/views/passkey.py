"""Passkeys: the one place that needs JavaScript; whoever has none uses the mail or a code."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.signing_in import passkeys
from buurtdraad.accounts.signing_in.actions import second_factor as actions
from buurtdraad.accounts.signing_in.actions.sign_in import Closed
from buurtdraad.accounts.signing_in.forms import passkey_answer
from buurtdraad.accounts.signing_in.queries import person_in
from buurtdraad.accounts.signing_in.views.going_on import go_on, local, refused
from buurtdraad.accounts.signing_in.views.second_factor import codes_page, wanted_page
from buurtdraad.lib.access import EVERYBODY, allow


@allow(EVERYBODY)
@never_cache
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser has to ask the person's device, as JSON."""
    return JsonResponse(passkeys.question())


@allow(EVERYBODY)
@never_cache
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, or pass the second step with it."""
    wanted = local(request.POST.get("next")) or wanted_page(request)
    try:
        actions.pass_with_passkey(request, passkey_answer(request), at=timezone.now())
    except passkeys.BadPasskey as problem:
        return refused(request, _("Signing in did not work"), str(problem))
    except Closed as problem:
        return refused(request, _("You cannot sign in"), str(problem), status=403)
    return go_on(wanted)


@allow(SIGNED_IN)
@never_cache
@require_POST
def new_passkey_question(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.question_for_new(person_in(request)))


@allow(SIGNED_IN)
@never_cache
@require_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    try:
        codes = actions.add_passkey(request, passkey_answer(request), at=timezone.now())
    except (passkeys.BadPasskey, actions.NotPossible) as problem:
        return refused(request, _("The passkey was not added"), str(problem))
    return codes_page(request, codes) if codes else redirect("accounts:second_factor")
