"""`/programma/` and `/opgaven/<code>/`: what the city promised, what is done about each challenge, and how it goes."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.challenges.models import Challenge
from buurtdraad.challenges.queries import by_ambition, promised, rows_of_promises
from buurtdraad.challenges.sources import PROMISE_COLUMNS
from buurtdraad.challenges.states import Standing
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.pages.programme import belongs, tables
from buurtdraad.pages.programme.money import ChallengeMoney, money_of
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import csv_response, csv_stream
from buurtdraad.ui.euros import euros
from buurtdraad.works.queries.first_action import FirstAction, first_actions, speed

AREAS_ON_A_PAGE = 25
YEAR = datetime.timedelta(days=365)
# With fewer wishes than this in one of the two years they are not compared.
LEAST_TO_COMPARE = 5


@allow(EVERYBODY)
@require_safe
@cached_page
def programme(request: HttpRequest) -> HttpResponse:
    """The ambitions: what was promised for when, done or not yet; pledges and motions."""
    today = timezone.localdate()
    every, loose = by_ambition(on=today)
    over = [one for one in every if one.ambition.until_on and one.ambition.until_on < today]
    now = [one for one in every if one not in over]
    context = {
        "now": now,
        "before": over,
        "loose": loose,
        "number": sum(len(one.aims) for one in now),
        "done": sum(one.done for one in now),
        "crumbs": [(_("What has been done?"), reverse("pages:done"))],
        "section": "done",
    }
    return shows(render(request, "pages/programme.html", context), places.city_code())


@allow(EVERYBODY)
@require_safe
@cached_page
def programme_csv(request: HttpRequest) -> HttpResponse:
    """Every promise, pledge and motion as a table."""
    table = csv_response("beloften", [column.headings[0] for column in PROMISE_COLUMNS], rows_of_promises())
    return shows(table, places.city_code())


@allow(EVERYBODY)
@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """For who cuts an address short: the challenges stand in the programme."""
    return redirect("pages:programme", permanent=True)


def found(code: str) -> Challenge:
    return get_object_or_404(Challenge.objects.select_related("ambition"), code=code)


@allow(EVERYBODY)
@require_safe
@cached_page(query=["page"])
def challenge(request: HttpRequest, code: str) -> HttpResponse:
    """Goal, where, what, how far, how long it takes, and money."""
    here, today = found(code), timezone.localdate()
    parts = belongs.parts_of(here)
    kinds = belongs.all_of(parts)
    areas = Paginator(belongs.where_of(kinds), AREAS_ON_A_PAGE).get_page(request.GET.get("page"))
    well, attention = belongs.how_it_goes(parts)
    aims = promised(here.aims.all(), on=today)
    late = [belongs.Told(one.promise.what, why=one.promise.told) for one in aims if one.standing == Standing.LATE]
    kept = [belongs.Told(one.promise.what, why=one.promise.told) for one in aims if one.standing == Standing.DONE]
    money = money_of(here, parts, today)
    context = {
        "challenge": here,
        "over": bool(here.until_on and here.until_on < today),
        "aims": aims,
        "pledges": promised(here.pledges.all(), on=today),
        "kinds": kinds,
        "areas": areas,
        "where": [[(one.name, reverse("pages:area", args=[one.code])), *one.numbers] for one in areas],
        "where_head": [_("Area"), _("Works"), _("Agreements"), _("Plans of residents")],
        "well": [*kept, *well],
        "attention": [*late, *attention],
        "money": money,
        "money_head": [_("Year"), _("Planned"), _("Committed"), _("Spent")],
        "money_rows": money_rows(money),
        **how_fast(first_actions(belongs.wishes_of(here)), today),
        "crumbs": [(_("What the city promised"), reverse("pages:programme"))],
        "section": "done",
    }
    return shows(render(request, "pages/challenge.html", context), places.city_code())


def how_fast(actions: list[FirstAction], today: datetime.date) -> dict:
    """The last year beside the year before it, by the day of the first action; and how many wishes still wait."""
    now, then = (
        speed(actions, today - YEAR + datetime.timedelta(days=1), today),
        speed(actions, today - 2 * YEAR + datetime.timedelta(days=1), today - YEAR),
    )
    enough = min(now.number, then.number) >= LEAST_TO_COMPARE
    return {
        "speed_now": now,
        "speed_then": then,
        "compared": compared(now.days or 0, then.days or 0) if enough else "",
        "waiting": sum(one.acted_on is None for one in actions),
        "wishes": len(actions),
    }


def compared(now: int, then: int) -> str:
    """Whether it is faster, in words: of what comes first, not why."""
    if now == then:
        return _("That is as fast as the year before.")
    return _("That is faster than the year before.") if now < then else _("That is slower than the year before.")


def money_rows(money: ChallengeMoney) -> list[list[str]]:
    rows = [
        [str(row.year), *(euros(amount) for amount in (row.euros.planned, row.euros.committed, row.euros.spent))] for row in money.years
    ]
    return [*rows, [_("Together"), euros(money.all.planned), euros(money.all.committed), euros(money.all.spent)]]


@allow(EVERYBODY)
@require_safe
def challenge_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """All works, agreements and plans of a challenge as a table that is sent while it is read."""
    head = ("soort", "wat", "waar", "stap", "tot wanneer", "afdeling")
    return csv_stream(f"opgave-{code}", head, tables.rows_of(found(code)))


@allow(EVERYBODY)
@require_safe
@cached_page
def challenge_money_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The money of a challenge per year as a table."""
    here = found(code)
    years = money_of(here, belongs.parts_of(here), timezone.localdate()).years
    rows = [(row.year, row.euros.planned, row.euros.committed, row.euros.spent) for row in years]
    return shows(csv_response(f"geld-{code}", ("jaar", "gepland", "vastgelegd", "uitgegeven"), rows), places.city_code())
