"""Who is signed in, for the frame of the page."""

from django.conf import settings
from django.http import HttpRequest

from buurtdraad.accounts.access import is_staff
from buurtdraad.ui.navigation import address


def person(request: HttpRequest) -> dict:
    """The signed-in person, asked only of who carries a session: a page for everybody stays without a cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {}
    if not request.user.is_authenticated:
        return {}
    return {
        "person": request.user,
        # Also before the second step: the page itself leads there.
        "work_url": address("pages:work") if is_staff(request.user) else "",
        "person_name": request.user.name or request.user.email or str(request.user),
        "person_url": address("pages:mine") or address("running:demo"),
    }
