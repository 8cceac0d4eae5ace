"""A sign-in that needs a second step is not whole before it: until then there is only the page for it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.signing_in.queries import needs_second_factor
from buurtdraad.accounts.signing_in.views.going_on import local
from buurtdraad.accounts.signing_in.views.second_factor import WANTED

# What the page itself needs. Whoever adds a page here opens it to staff who proved one thing only.
BEFORE = {
    "accounts:second_factor",
    "accounts:set_up_app",
    "accounts:new_passkey_question",
    "accounts:add_passkey",
    "accounts:passkey_question",
    "accounts:passkey_sign_in",
    "accounts:sign_out",
    "ui:accessibility",
    "ui:privacy",
    "ui:vulnerability",
    "city_theme",
    "city_logo",
    "running:demo",
    "running:look_as",
    "running:stop_looking",
}


class SecondStep:
    """Leads whoever holds a duty of staff, or has a second step, to `/mijn/tweede-stap/` until it is passed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponseBase | None:
        # Who carries no session is nobody: a page for everybody stays without a question to the database.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        assert request.resolver_match is not None
        if SECOND_FACTOR in request.session or request.resolver_match.view_name in BEFORE:
            return None
        if not needs_second_factor(request.user, on=timezone.localdate()):
            return None
        if request.method == "GET":
            request.session[WANTED] = local(request.get_full_path())
        return redirect("accounts:second_factor")
