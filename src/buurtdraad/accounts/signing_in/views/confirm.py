"""`/bevestigen/<token>/`: an e-mail address counts once its owner pressed the button (double opt-in)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.signing_in.actions import confirm as actions
from buurtdraad.accounts.signing_in.actions.links import BadLink, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.accounts.signing_in.views.going_on import refused
from buurtdraad.lib.access import EVERYBODY, allow


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing; the button confirms. It signs nobody in."""
    now = timezone.now()
    try:
        if request.method != "POST":
            link = open_link(Purpose.CONFIRM_ADDRESS, token, at=now)
            return render(request, "accounts/confirm.html", {"email": link.facts[actions.EMAIL]})
        actions.confirm_address(token, at=now)
    except (BadLink, actions.AddressTaken) as problem:
        return refused(request, _("This link does not work"), str(problem))
    return render(request, "accounts/confirmed.html")
