"""`/mijn/apparaten/`: where somebody is signed in, and ending that. Also one's own password, where the city wants those."""

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.signing_in.actions import devices as actions
from buurtdraad.accounts.signing_in.forms import NewPasswordForm
from buurtdraad.accounts.signing_in.queries import devices_of, person_in
from buurtdraad.lib.access import allow


@allow(SIGNED_IN)
@never_cache
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/devices.html", {"devices": devices_of(person_in(request), current=request.session.session_key)})


@allow(SIGNED_IN)
@never_cache
@require_POST
def end_device(request: HttpRequest, mark: str) -> HttpResponse:
    """End one session of one's own; of somebody else's it does not exist."""
    device = next((one for one in devices_of(person_in(request), current=None) if one.mark == mark), None)
    if device is None:
        raise Http404
    actions.end_session(person_in(request), device.session, at=timezone.now())
    return redirect("accounts:devices")


@allow(SIGNED_IN)
@never_cache
@require_POST
def end_other_devices(request: HttpRequest) -> HttpResponse:
    actions.end_other_sessions(person_in(request), but=request.session.session_key, at=timezone.now())
    return redirect("accounts:devices")


@allow(SIGNED_IN)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Absent unless the city wants passwords."""
    if not settings.PASSWORDS:
        raise Http404
    form = NewPasswordForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/new_password.html", {"form": form}, status=422 if request.method == "POST" else 200)
    person = person_in(request)
    actions.set_password(person, form.cleaned_data["password"], keep=request.session.session_key, at=timezone.now())
    update_session_auth_hash(request, person)
    return redirect("accounts:devices")
