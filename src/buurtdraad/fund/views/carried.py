"""What somebody answered in the check goes along in the address to the request for money, so that nothing is typed twice."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from buurtdraad.fund.forms import checking as forms
from buurtdraad.fund.queries.rules import our_rules

# Names of the check, and what the forms of a request call them.
NAMES = {"what": "activity", "who": "who", "cost": "amount", "starts_on": "starts_on", "visitors": "visitors"}
LATER = ("starts_on", "visitors")
LONGEST = 120


def short(request: HttpRequest) -> dict[str, str]:
    """What stands in the address; longer answers than this nobody gives here."""
    return {name: value for name, value in request.GET.dict().items() if isinstance(value, str) and len(value) <= LONGEST}


def along(page: str, given: Mapping[str, str]) -> str:
    """The address of a page of asking, with the answers of the check and the plan that it is about."""
    kept = {name: value for name, value in given.items() if name in NAMES or name == "plan"}
    return f"{page}?{urlencode(kept)}" if page and kept else page


def carried(request: HttpRequest) -> dict[str, Any]:
    """The answers of the check in this address that are right, named as the forms of a request name them."""
    given = short(request)
    if not NAMES.keys() & given.keys() or (rules := our_rules(timezone.localdate())) is None:
        return {}
    said: dict[str, Any] = {}
    for page in forms.answered(rules, given):
        page.is_valid()
        said |= page.cleaned_data
    return {NAMES[name]: value for name, value in said.items() if name in NAMES and value not in (None, "")}


def asked_later(request: HttpRequest) -> dict[str, Any]:
    """Of these what a later screen asks: kept with the draft when it begins."""
    return {name: value for name, value in carried(request).items() if name in LATER}
