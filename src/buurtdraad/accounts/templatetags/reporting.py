"""`{% load reporting %}`: the link "Meld dit", which every room puts beside what people wrote."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("accounts/report_link.html")
def report_link(thing: str, area: str = "") -> dict:
    """A link to report a thing: `{% report_link "wish:12" "BU03440111" %}`. Needs no cookie, so it may stand on a cached page."""
    return {"url": f"{reverse('accounts:report')}?{urlencode({'wat': thing} | ({'waar': area} if area else {}))}"}
