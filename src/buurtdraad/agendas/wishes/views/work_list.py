"""The wishes of somebody's areas: a list to find, choose and answer from."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.wishes.access import ADVISER, areas_to_answer
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.queries.promise import promise_of
from buurtdraad.agendas.wishes.queries.work import Wanted, area_choices, wanted_in
from buurtdraad.agendas.wishes.rules import share_in_time
from buurtdraad.agendas.wishes.states import Showing, Stage, Theme
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow

ON_A_PAGE = 25
ONLY = {
    "unanswered": _("Without an answer"),
    "late": _("Late"),
    "private": _("Not on the site"),
    "all": _("All wishes"),
}


@never_cache
@allow(ADVISER)
@require_safe
def to_answer(request: HttpRequest) -> HttpResponse:
    """All wishes of my areas, what was promised first at the top."""
    reach, today = areas_to_answer(me(request)), timezone.localdate()
    areas = area_choices(reach)
    wanted = wanted_of(request, dict(areas))
    page = Paginator(wanted_in(reach, wanted, on=today), ON_A_PAGE).get_page(request.GET.get("page"))
    wishes = list(page)
    people = people_of(wishes)
    if wishes:
        record_look(room="agendas", thing="wishes:to_answer", by=me(request).uuid, at=timezone.now())
    promise = promise_of(None if reach.everywhere else reach.codes, today)
    context = {
        "promise": promise,
        "share": share_in_time(promise.in_time, promise.late),
        "page": page,
        "rows": [(wish, people[wish.pk], days_left(wish, today)) for wish in wishes],
        "wanted": wanted,
        "query": urlencode(asked(wanted)),
        "searched": len(asked(wanted)) > 1,
        "only": ONLY.items(),
        "stages": Stage.choices,
        "themes": Theme.choices,
        "areas": areas,
        "shown": Showing.SHOWN,
    }
    return render(request, "agendas/to_answer.html", context)


def wanted_of(request: HttpRequest, areas: dict[str, str]) -> Wanted:
    """What the address asks for; what makes no sense is as if it were not there."""
    said = {name: request.GET.get(name, "").replace("\0", "")[:100] for name in ("stand", "stap", "thema", "gebied", "dag", "q")}
    return Wanted(
        only=said["stand"] if said["stand"] in ONLY else "unanswered",
        stage=said["stap"] if said["stap"] in Stage.values else "",
        theme=said["thema"] if said["thema"] in Theme.values else "",
        area=said["gebied"] if said["gebied"] in areas else "",
        day=day_of(said["dag"]),
        q=said["q"].encode("utf-8", "ignore").decode(),
    )


def day_of(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def asked(wanted: Wanted) -> dict[str, str]:
    facts = {"stand": wanted.only, "stap": wanted.stage, "thema": wanted.theme, "gebied": wanted.area, "q": wanted.q}
    return {name: said for name, said in (facts | {"dag": str(wanted.day or "")}).items() if said}


def days_left(wish: Wish, today: datetime.date) -> int | None:
    """Days until the last day on which an answer is in time; below zero when it is late; None when it was answered."""
    return None if wish.answered_at else (wish.answer_by - today).days
