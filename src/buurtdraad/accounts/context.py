"""Who is signed in, for the frame of the page."""

from django.conf import settings
from django.http import HttpRequest

from buurtdraad.accounts.access import works_here
from buurtdraad.ui.navigation import address


def person(request: HttpRequest) -> dict:
    """The signed-in person, asked only of who carries a session: a page for everybody stays without a cookie.

    What fails before anybody asked who this is (a static file) has no user: its page of the error says so too.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return {}
    if not request.user.is_authenticated:
        return {}
    return {
        "person": request.user,
        # Also before the second step: the page itself leads there.
        "work_url": address("pages:work") if works_here(request.user) else "",
        "person_name": request.user.name or request.user.email or str(request.user),
        "person_url": address("pages:mine") or address("running:demo"),
    }
