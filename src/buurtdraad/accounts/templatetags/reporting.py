"""`{% load reporting %}`: the link "Meld dit", which every room puts beside what people wrote."""

from urllib.parse import urlencode

from django import template

from buurtdraad.ui.navigation import address

register = template.Library()


@register.inclusion_tag("accounts/report_link.html")
def report_link(thing: str) -> dict:
    """A link to report a thing: `{% report_link "wish:12" %}`. Needs no cookie, so it may stand on a cached page.

    `pages/reporting/things.py` finds the thing; what is not in its list cannot be reported.
    """
    return {"url": f"{address('pages:report')}?{urlencode({'wat': thing})}"}
