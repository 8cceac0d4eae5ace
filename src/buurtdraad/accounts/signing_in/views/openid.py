"""Signing in at a provider: there by a button, back with its answer."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.signing_in import openid
from buurtdraad.accounts.signing_in.actions.openid import BadSubject, sign_in_by_openid
from buurtdraad.accounts.signing_in.actions.sign_in import Closed
from buurtdraad.accounts.signing_in.providers import OpenIDProvider
from buurtdraad.accounts.signing_in.views.going_on import go_on, local, refused
from buurtdraad.lib.access import EVERYBODY, allow

logger = logging.getLogger(__name__)


def known(name: str) -> OpenIDProvider:
    provider = openid.provider_named(name)
    if provider is None:
        raise Http404
    return provider


@allow(EVERYBODY)
@never_cache
@require_POST
def openid_ask(request: HttpRequest, provider: str) -> HttpResponseBase:
    ours = known(provider)
    try:
        return openid.ask(request, ours, go_on=local(request.POST.get("next")))
    except openid.NotProven as problem:
        logger.warning("Sign-in at %s could not begin: %r", ours.id, problem.__cause__)
        return not_proven(request, ours, status=502)


@allow(EVERYBODY)
@never_cache
@require_safe
def openid_answer(request: HttpRequest, provider: str) -> HttpResponse:
    ours = known(provider)
    try:
        claims, wanted = openid.answer(request, ours)
        sign_in_by_openid(request, ours, claims, at=timezone.now())
    except openid.NotProven as problem:
        if problem.cancelled:
            return refused(request, _("You stopped signing in"), _("Nothing happened. You can try again, or sign in by e-mail."))
        logger.warning("An answer of %s was refused: %s", ours.id, type(problem.__cause__).__name__)
        return not_proven(request, ours)
    except (BadSubject, Closed) as problem:
        return refused(request, _("You cannot sign in"), str(problem), status=403)
    return go_on(wanted)


def not_proven(request: HttpRequest, provider: OpenIDProvider, *, status: int = 400) -> HttpResponse:
    sentence = _("Signing in with %(name)s did not work. Try again, or sign in by e-mail.") % {"name": provider.name}
    return refused(request, _("Signing in did not work"), sentence, status=status)
