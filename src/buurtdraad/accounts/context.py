"""Who is signed in, for the frame of the page."""

from django.conf import settings
from django.http import HttpRequest


def person(request: HttpRequest) -> dict:
    """The signed-in person, asked only of who carries a session: a page for everybody stays without a cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {}
    return {"person": request.user if request.user.is_authenticated else None}
