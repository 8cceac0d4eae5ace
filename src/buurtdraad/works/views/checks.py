"""`/werk/buurtcheck/`: what is going on where a proposal lies, three questions, and a text to paste."""

import datetime
from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY
from buurtdraad.ui import pdf
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.ui.csv import csv_response
from buurtdraad.works import access
from buurtdraad.works.actions import checks as actions
from buurtdraad.works.forms.checks import AnswersForm, CheckForm
from buurtdraad.works.models import Buurtcheck
from buurtdraad.works.queries import checks as queries
from buurtdraad.works.queries.check_words import printed

ON_A_PAGE = 25


@allow(access.COLLEAGUE)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """One's own checks, the newest first."""
    mine = Buurtcheck.objects.filter(made_by=me(request).uuid)
    context = {
        "page": Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_count": access.may_count_checks(request.user),
    }
    return render(request, "works/checks.html", context)


@allow(access.COLLEAGUE)
@require_form
def new_check(request: HttpRequest) -> HttpResponse:
    """What and where; with `?gebied=` an area is chosen already."""
    form = CheckForm(posted(request), had={request.GET.get("gebied", "")[:60]}, initial={"department": last_department(request)})
    if form.is_valid():
        made: list[Buurtcheck] = []
        if done(form, lambda: made.append(actions.start(**form.cleaned_data, by=me(request), at=timezone.now()))):
            return redirect("works:check", made[0].uuid)
    return check_form(request, form, title=_("New Buurtcheck"), send=_("See what is going on there"), back=reverse("works:checks"))


def last_department(request: HttpRequest) -> str:
    """That of one's last check, so that nobody types it twice."""
    return Buurtcheck.objects.filter(made_by=me(request).uuid).values_list("department", flat=True).first() or ""


def check_form(request: HttpRequest, form: CheckForm, **texts: str) -> HttpResponse:
    return form_page(request, form, template="works/check_form.html", departments=queries.departments(), **texts)


def found(request: HttpRequest, uuid: UUID) -> Buurtcheck:
    return get_object_or_404(access.visible_checks(request.user), uuid=uuid)


def own(request: HttpRequest, uuid: UUID) -> Buurtcheck:
    check = found(request, uuid)
    require(access.may_change_check(request.user, check))
    return check


@allow(access.COLLEAGUE)
@require_form
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The sheet of the neighbourhood, the three questions, and the text to paste."""
    here = found(request, uuid)
    mine = access.may_change_check(request.user, here)
    if request.method == "POST":
        require(mine)
    around = queries.neighbourhood(here, on=timezone.localdate())
    # Nobody else is asked, and of a finished one nobody; who sends answers to a finished one hears why that cannot be.
    asks = mine and not here.finished_at
    form = answers_form(request, here, around) if asks or request.method == "POST" else None
    if request.method == "POST" and form and form.is_valid():
        finish = "finish" in request.POST
        deed = partial(actions.answer, here, **form.cleaned_data, finish=finish, by=me(request), at=timezone.now())
        says = _("Your text is ready. Copy it into your proposal.") if finish else _("Saved. You can go on later.")
        return deed_page(request, reverse("works:check", args=[here.uuid]), deed, says)
    context = {
        "check": here,
        "around": around,
        "form": form,
        "asks": asks,
    }
    return render(request, "works/check.html", context, status=422 if request.method == "POST" else 200)


def answers_form(request: HttpRequest, check: Buurtcheck, around: queries.Neighbourhood) -> AnswersForm:
    initial: dict = {name: getattr(check, name) for name in ("asks", "does", "spoke_with")}
    initial["wishes"] = list(check.wishes.values_list("reference", flat=True))
    to_choose = queries.wishes_to_choose(check, around)
    return AnswersForm(posted(request), to_choose=to_choose, finishing="finish" in request.POST, initial=initial)


@allow(access.COLLEAGUE)
@require_safe
def check_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The sheet on paper: one A4."""
    here, today = found(request, uuid), timezone.localdate()
    paper = pdf.render("works/check.typ", printed(here, queries.neighbourhood(here, on=today), today))
    headers = {"Content-Disposition": 'inline; filename="buurtcheck.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


@allow(access.COLLEAGUE)
@require_form
def change_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    here = own(request, uuid)
    back = reverse("works:check", args=[uuid])
    initial = {"title": here.title, "department": here.department}
    form = CheckForm(posted(request), had={area.code for area in here.areas.all()}, initial=initial)
    if form.is_valid() and done(form, partial(actions.change, here, **form.cleaned_data, by=me(request), at=timezone.now())):
        return redirect(back)
    return check_form(request, form, title=_("Change what it is about"), send=_("Save"), back=back)


@allow(access.COLLEAGUE)
@require_POST
def reopen_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    deed = partial(actions.reopen, own(request, uuid), by=me(request), at=timezone.now())
    return deed_page(request, reverse("works:check", args=[uuid]), deed, _("You can go on with it."))


@allow(access.COLLEAGUE)
@require_form
def remove_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    here = own(request, uuid)
    if request.method == "POST":
        return deed_page(
            request, reverse("works:checks"), partial(actions.remove, here, by=me(request), at=timezone.now()), _("It is taken away.")
        )
    return form_page(
        request, None, title=_("Take away: %(name)s") % {"name": here.title}, send=_("Take away"), back=reverse("works:check", args=[uuid])
    )


# --- how many ---------------------------------------------------------------------------------------


@allow(access.COUNTER)
@require_safe
def check_counts(request: HttpRequest) -> HttpResponse:
    """How many proposals of each department had a check, of a year or between two days."""
    first, last = asked_days(request)
    rows = [(one.department, one.begun, one.finished) for one in queries.per_department(first, last)]
    context = {
        "first": first,
        "last": last,
        "head": headings(),
        "rows": rows,
        "finished": sum(row[2] for row in rows),
        "checks": Paginator(Buurtcheck.objects.exclude(finished_at=None), ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "works/check_counts.html", context)


@allow(access.COUNTER)
@require_safe
def check_counts_file(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    first, last = asked_days(request)
    rows = [(one.department, one.begun, one.finished) for one in queries.per_department(first, last)]
    return csv_response(f"buurtchecks-{first}-{last}", headings(), rows)


def headings() -> list[str]:
    return [_("Department"), _("Begun"), _("Finished")]


def asked_days(request: HttpRequest) -> tuple[datetime.date, datetime.date]:
    """`?van=` and `?tot=`; this year for what is no day."""
    today = timezone.localdate()
    first = as_day(request.GET.get("van", "")) or today.replace(month=1, day=1)
    last = as_day(request.GET.get("tot", "")) or today
    return (first, last) if first <= last else (last, first)


def as_day(text: str) -> datetime.date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None
