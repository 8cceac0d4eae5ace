"""What the frame of every page needs."""

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict:
    """The city and whether this is the demo. No query, no token, no message: public pages are cached."""
    return {"city": {"name": settings.CITY_NAME, "phone": settings.CITY_PHONE}, "demo": settings.DEMO}
