"""`/fonds/check/`: "Can I get money?" A question a page, by GET, without an account and without JavaScript. Nothing is kept."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.fund.forms import checking as forms
from buurtdraad.fund.queries import checking
from buurtdraad.fund.queries.rules import our_rules
from buurtdraad.fund.views.carried import along, short
from buurtdraad.initiatives.access import visible_initiatives
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.ui.asking import UNPROCESSABLE
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address

# In the address: which page was sent, and which answer somebody wants to change.
SENT, ASK = "stap", "vraag"


@dataclass(frozen=True)
class Given:
    """One answer that was given: the question, what was said, and the page to change it."""

    question: str
    says: str
    change: str


@allow(EVERYBODY)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The first question without a good answer, or what the rules say to all answers."""
    context: dict = {"crumbs": [(_("Money for plans"), address("pages:fund"))], "section": "fund"}
    rules = our_rules(timezone.localdate())
    if rules is None:
        return render(request, "fund/check_closed.html", context)
    given = short(request)
    plan = plan_of(request, given.get("plan", ""))
    pages = forms.answered(rules, given | ({"where": "here"} if plan else {}))
    if plan:
        # It holds already where it is.
        pages = [page for page in pages if not isinstance(page, forms.Where)]
    key = given.get("what", "")
    if key.startswith(forms.DOOR) and given.get(ASK) != "what" and (door := checking.wrong_door(rules, key.removeprefix(forms.DOOR))):
        return render(request, "fund/check_door.html", context | {"door": door})
    context |= {"plan": plan, "rules": rules}
    for number, page in enumerate(pages, start=1):
        if given.get(ASK) in page.fields or not page.is_valid():
            return question(request, given, pages, number, context)
    return answer(request, given, pages, context)


def plan_of(request: HttpRequest, slug: str) -> Initiative | None:
    """The initiative that the check is about, where it came from the page of one."""
    return visible_initiatives(request.user, request.session).filter(slug=slug).first() if slug else None


def question(request: HttpRequest, given: Mapping[str, str], pages: list[forms.Question], number: int, context: dict) -> HttpResponse:
    """The page of one question; with an error where it was sent without a good answer."""
    page = pages[number - 1]
    wrong = given.get(SENT) == str(number) and given.get(ASK) not in page.fields
    known = {name for each in pages for name in each.fields} | {"plan"}
    context |= {
        "form": page if wrong else forms.again(page),
        "number": number,
        "count": len(pages),
        "carried": [(name, value) for name, value in given.items() if name in known - set(page.fields)],
        "back": at(given, next(iter(pages[number - 2].fields))) if number > 1 else "",
    }
    return render(request, "fund/check.html", context, status=UNPROCESSABLE if wrong else 200)


def answer(request: HttpRequest, given: Mapping[str, str], pages: list[forms.Question], context: dict) -> HttpResponse:
    """What the rules say, with what was answered, so that one answer can be changed."""
    said = {name: value for page in pages for name, value in page.cleaned_data.items()}
    answers = checking.Answers(
        activity=said["what"],
        here=said.get("where", "here") == "here",
        who=said["who"],
        cost=said["cost"],
        starts_on=said["starts_on"],
        neighbours=said["neighbours"],
        years=int(said.get("years", 0)),
        visitors=said.get("visitors"),
    )
    result = checking.check(context["rules"], answers, today=timezone.localdate())
    # A plan that is there already has its own short road.
    begin = address("fund:small" if result.small and not context["plan"] else "fund:apply")
    context |= {
        "result": result,
        "given": [
            Given(str(field.label), in_words(field, page.cleaned_data[name]), at(given, name))
            for page in pages
            for name, field in page.fields.items()
        ],
        "begin": along(begin, given),
    }
    return render(request, "fund/check_result.html", context)


def in_words(field, value: object) -> str:
    """An answer as people read it."""
    if isinstance(value, Decimal):
        return euros(value)
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return next((str(label) for key, label in getattr(field, "choices", ()) if str(key) == value), str(value))


def at(given: Mapping[str, str], name: str) -> str:
    """The address of the page with this question; all answers stay."""
    return f"{reverse('fund:check')}?{urlencode({key: value for key, value in given.items() if key not in {SENT, ASK}} | {ASK: name})}"
