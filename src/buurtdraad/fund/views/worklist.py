"""`/werk/fonds/`: the applications of somebody's areas by the days that are left, and the advice that is asked of them."""

from collections.abc import Collection

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.accounts.queries import names_of
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund import access
from buurtdraad.fund.queries import worklist as queries
from buurtdraad.fund.queries.advice import asked_of
from buurtdraad.fund.queries.worklist import LATE, MINE, NOBODYS, STILL, THIS_WEEK, Wanted
from buurtdraad.lib.access import allow

ON_A_PAGE = 25
# What stands in the address, and what it says: which of the list (`lijst`).
LISTS = {
    "": (Wanted(), _("Everything in hand")),
    MINE: (Wanted(whose=MINE), _("Mine")),
    NOBODYS: (Wanted(whose=NOBODYS), _("Nobody took it yet")),
    LATE: (Wanted(when=LATE), _("Late")),
    THIS_WEEK: (Wanted(when=THIS_WEEK), _("Last day this week")),
    STILL: (Wanted(when=STILL), _("Time stands still")),
}


@never_cache
@allow(access.FUND_STAFF)
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """What has to be decided first stands at the top; names of applicants stand in the files only."""
    person, reach, today = me(request), access.where_to_see(request.user), timezone.localdate()
    areas = queries.area_choices(reach)
    chosen = chosen_in(request, dict(areas))
    wanted = wanted_of(chosen)
    found = queries.wanted_in(person, reach, wanted, on=today)
    pages = Paginator(queries.with_facts(found), ON_A_PAGE)
    # Counted without the facts of a row.
    pages.count = found.count()
    page = pages.get_page(request.GET.get("page"))
    rows = queries.rows_of(list(page), today=today)
    context = {
        "page": page,
        "rows": rows,
        "names": names_of(row.application.handler for row in rows),
        "chosen": chosen,
        "lists": [(key, words) for key, (_wanted, words) in LISTS.items()],
        "searched": bool(chosen.keys() - {"lijst"}),
        "query": urlencode(chosen),
        "areas": areas,
        "themes": Theme.choices,
        "stages": queries.stages(),
        "case_system": bool(settings.ZGW_URL) and access.HANDLER.holds(request),
        "takes_in": access.may_keep_rules(person),
    }
    return render(request, "fund/worklist.html", context)


def chosen_in(request: HttpRequest, areas: dict[str, str]) -> dict[str, str]:
    """What the address asks for; what makes no sense is as if it were not there."""
    known: dict[str, Collection[str]] = {"lijst": LISTS, "gebied": areas, "thema": Theme.values, "stap": dict(queries.stages())}
    said = {name: request.GET.get(name, "") for name in known}
    chosen = {name: value for name, value in said.items() if value and value in known[name]}
    words = request.GET.get("q", "").replace("\0", "")[:100].strip().encode("utf-8", "ignore").decode()
    return chosen | ({"q": words} if words else {})


def wanted_of(chosen: dict[str, str]) -> Wanted:
    of_list = LISTS[chosen.get("lijst", "")][0]
    return Wanted(
        area=chosen.get("gebied", ""), theme=chosen.get("thema", ""), stage=chosen.get("stap", ""), q=chosen.get("q", ""),
        whose=of_list.whose, when=of_list.when,
    )  # fmt: skip


@never_cache
@allow(access.ADVICE_GIVER)
@require_safe
def advice_asked(request: HttpRequest) -> HttpResponse:
    """What somebody is asked to say something about, what waits first."""
    page = Paginator(asked_of(me(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "fund/advice_asked.html", {"page": page})
