"""What the frame of every page needs."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi

from buurtdraad.ui import theme
from buurtdraad.ui.navigation import address


def frame(request: HttpRequest) -> dict:
    """The city and whether this is the demo. No query, no token, no message: public pages are cached."""
    return {
        "city": city(),
        "demo": settings.DEMO,
        "demo_url": address("running:demo"),
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def city() -> dict[str, str]:
    """Name, ways to reach the city, and its look, as set in the environment; empty text for what is not set."""
    theme_class, mark = theme.mounted(settings.CITY_THEME_CSS)
    return {
        "name": settings.CITY_NAME,
        "phone": settings.CITY_PHONE,
        "phone_url": "tel:" + "".join(c for c in settings.CITY_PHONE if c.isdigit() or c == "+"),
        "walk_in": settings.CITY_WALK_IN,
        "whatsapp_url": f"https://wa.me/{settings.CITY_WHATSAPP.lstrip('+')}" if settings.CITY_WHATSAPP else "",
        "website": settings.CITY_WEBSITE,
        "theme_url": f"{reverse('city_theme')}?v={mark}" if mark else "",
        "theme_class": theme_class,
        "logo_url": reverse("city_logo") if settings.CITY_LOGO else "",
    }
