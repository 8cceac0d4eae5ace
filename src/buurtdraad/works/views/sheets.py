"""`/werk/projecten/`: all project sheets, making one with four questions, and one with all that is known of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.places import queries as places
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.ui.csv import csv_stream
from buurtdraad.works import access
from buurtdraad.works.actions import sheets as actions
from buurtdraad.works.forms.sheets import FindForm, FourForm, HowForm, LearnedForm, WhyForm
from buurtdraad.works.models import Work
from buurtdraad.works.queries import works as queries
from buurtdraad.works.queries.areas import ended, meant
from buurtdraad.works.queries.confirming import is_unconfirmed
from buurtdraad.works.queries.exporting import rows_of
from buurtdraad.works.views.shared import path_of, to_change

ON_A_PAGE = 25
# Of the table of what somebody looks for.
COLUMNS = (
    "title", "areas", "where", "department", "owner_name", "owner_email", "from_on", "until_on", "stage", "trend", "challenge",
    "confirmed_at",
)  # fmt: skip


# --- looking ----------------------------------------------------------------------------------------


@allow(access.COLLEAGUE)
@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """All sheets, or those that somebody looks for. What makes no sense in the address is left out."""
    form, asked, found = looked_for(request)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": queries.with_places(page.object_list),
        "query": query.urlencode(),
        "searched": asked != queries.Asked(),
        "today": timezone.localdate(),
        "may_load": access.KEEPER.holds(request),
    }
    return render(request, "works/works.html", context)


@allow(access.COLLEAGUE)
@require_safe
def works_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The sheets that somebody looks for, as a table."""
    _form, _asked, found = looked_for(request)
    head = (
        _("What?"), _("Where?"), _("Street or place"), _("Department"), _("Who leads it"), _("E-mail address"), _("From"), _("Until"),
        _("Step"), _("How is it going?"), _("Challenge"), _("Confirmed on"),
    )  # fmt: skip
    return csv_stream("projecten", head, rows_of(found, COLUMNS, parted=", "))


def looked_for(request: HttpRequest) -> tuple[FindForm, queries.Asked, Any]:
    form = FindForm(request.GET, departments=queries.departments())
    asked = form.asked(me(request).email or "")
    return form, asked, queries.found(asked, at=timezone.now())


@allow(access.COLLEAGUE)
@require_safe
def work(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One sheet with all that is known of it, and what can be done with it."""
    visible = access.visible_works(request.user)
    found = get_object_or_404(queries.sheets().filter(pk__in=visible.values("pk")), uuid=uuid)
    now = timezone.now()
    money = list(found.money.all())
    context = {
        "work": queries.with_places([found])[0],
        "today": timezone.localdate(now),
        "late": found.is_open and found.until_on < timezone.localdate(now),
        "unconfirmed": is_unconfirmed(found, now),
        "may_change": access.may_change_work(me(request), found),
        "may_remove": not found.confirmed_at,
        "no_why": not (found.challenge or found.problem or found.goal or found.target_group or found.residents_part),
        "no_how": not (found.from_on or found.trend or found.decision),
        "over": ended([one.area for one in found.work_areas.all()]),
        "answers": queries.answers_shown(found),
        "money": money,
        "totals": queries.totals(money),
    }
    return render(request, "works/work.html", context)


# --- making and filling in --------------------------------------------------------------------------


@allow(access.COLLEAGUE)
@require_form
def add(request: HttpRequest) -> HttpResponse:
    """A new sheet, on one screen."""
    person = me(request)
    initial = {
        "owner_email": person.email,
        "department": queries.department_of(person),
        "place": name_of_area(request.GET.get("gebied", "")),
    }
    form = FourForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        made: list[Work] = []
        if done(form, lambda: made.append(actions.make(**form.cleaned_data, by=person, at=timezone.now()))):
            messages.success(request, _("The project is on the list. Below you can fill in more, when you want to."))
            return redirect(path_of(made[0]))
    words = {"title": _("New project"), "lead": _("Four questions, and it is done. The rest can wait."), "to": _("Projects")}
    return form_page(request, form, template="works/form.html", back=reverse("works:works"), departments=queries.departments(), **words)


def name_of_area(code: str) -> str:
    """The name of the area from which somebody came here; empty for what is no area."""
    return places.names_of([code]).get(code, "") if code.isprintable() and len(code) <= 60 else ""


PARTS = {
    "vier-vragen": (FourForm, gettext_lazy("What, where, who and until when?")),
    "waarom": (WhyForm, gettext_lazy("Why, and for whom?")),
    "hoe-het-gaat": (HowForm, gettext_lazy("How is it going?")),
    "wat-het-bracht": (LearnedForm, gettext_lazy("What came of it?")),
}


@allow(access.COLLEAGUE)
@require_form
def change_part(request: HttpRequest, uuid: UUID, part: str) -> HttpResponse:
    """One part of a sheet; nothing in it is needed but the four questions."""
    if part not in PARTS:
        raise Http404
    found = to_change(request, uuid)
    kind, title = PARTS[part]
    form = form_of(kind, request, found)
    deed = lambda: actions.change(found, **form.cleaned_data, by=me(request), at=timezone.now())  # noqa: E731
    if request.method == "POST" and form.is_valid() and done(form, deed):
        messages.success(request, _("Saved."))
        return redirect(path_of(found))
    more = {"departments": queries.departments()} if kind is FourForm else {}
    return form_page(request, form, template="works/form.html", title=title, about=found.title, back=path_of(found), **more)


def form_of(kind: Any, request: HttpRequest, work: Work) -> forms.Form:
    """The form of a part, with what is known."""
    names = kind.base_fields
    initial = {name: getattr(work, name) for name in names if name != "place"}
    if kind is not FourForm:
        return kind(posted(request), work=work, initial=initial)
    had = [one.area.code for one in work.work_areas.all()]
    return FourForm(posted(request), had=had, initial=initial | {"place": as_written(work, had)})


def as_written(work: Work, codes: list[str]) -> str:
    """The place of a work as somebody would write it: by name, or by code where a name would mean another area."""
    names = places.names_of(codes)
    text = ", ".join([*(names.get(code, code) for code in codes), *([work.where] if work.where else [])])
    found = meant(text)
    same = {area.code for area in found.areas} | {one.area.code for one in found.over} == set(codes)
    return text if same else ", ".join([*codes, *([work.where] if work.where else [])])


@allow(access.COLLEAGUE)
@require_POST
def follow_areas(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Areas that are no longer there become those that follow them."""
    found = to_change(request, uuid)
    old = ended([one.area for one in found.work_areas.all()])
    gone = {one.area.pk for one in old if one.now}
    codes = {code for one in old for code in one.now}
    areas = [one.area for one in found.work_areas.all() if one.area_id not in gone] + list(queries.areas_with(codes))
    deed = lambda: actions.change(found, areas=areas, by=me(request), at=timezone.now())  # noqa: E731
    return deed_page(request, path_of(found), deed, _("The project lies in areas of today again."))


@allow(access.COLLEAGUE)
@require_form
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A sheet that was made by mistake."""
    found = to_change(request, uuid)
    form = forms.Form(posted(request))
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.remove(found, by=me(request), at=timezone.now())):
        messages.success(request, _("The project is taken off the list: %(title)s") % {"title": found.title})
        return redirect("works:works")
    lead = _("Do this only when it was made by mistake. All that stands on it goes too. Does the work stop? Then choose another step.")
    return form_page(
        request,
        form,
        title=_("Take this project off the list"),
        about=found.title,
        lead=lead,
        back=path_of(found),
        send=_("Take it off the list"),
    )
