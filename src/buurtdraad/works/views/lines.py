"""The lines below a sheet: partners, steps on the way, and what is counted. One page each to add, change and take away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.works import access
from buurtdraad.works.actions import lines as actions
from buurtdraad.works.forms.lines import IndicatorForm, MilestoneForm, PartnerForm
from buurtdraad.works.models import Milestone, Work, WorkIndicator, WorkPartner
from buurtdraad.works.views.shared import path_of, to_change


@dataclass(frozen=True)
class LineKind:
    """What its page asks, and does."""

    model: Any
    form: Any
    keep: Callable[..., object]
    title: str | Promise


KINDS = {
    "partner": LineKind(WorkPartner, PartnerForm, actions.keep_partner, gettext_lazy("A partner")),
    "stap-op-weg": LineKind(Milestone, MilestoneForm, actions.keep_milestone, gettext_lazy("A step on the way")),
    "cijfer": LineKind(WorkIndicator, IndicatorForm, actions.keep_indicator, gettext_lazy("Something that you count")),
}


def kind_of(name: str) -> LineKind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@allow(access.COLLEAGUE)
@require_form
def add_line(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    asked = kind_of(kind)
    return asked_or_done(request, to_change(request, uuid), asked, None)


@allow(access.COLLEAGUE)
@require_form
def change_line(request: HttpRequest, uuid: UUID, kind: str, pk: int) -> HttpResponse:
    asked = kind_of(kind)
    found = to_change(request, uuid)
    line = get_object_or_404(asked.model, work=found, pk=pk)
    return asked_or_done(request, found, asked, line, remove=reverse("works:remove_line", args=[uuid, kind, pk]))


def asked_or_done(request: HttpRequest, work: Work, asked: LineKind, line: Any, **more: Any) -> HttpResponse:
    initial = {name: getattr(line, name) for name in asked.form.base_fields} if line else {}
    form = asked.form(posted(request), work=work, line=line, initial=initial)
    deed = lambda: asked.keep(work, line, **form.cleaned_data, by=me(request), at=timezone.now())  # noqa: E731
    if request.method == "POST" and form.is_valid() and done(form, deed):
        messages.success(request, _("Saved."))
        return redirect(path_of(work))
    return form_page(request, form, template="works/form.html", title=asked.title, about=work.title, back=path_of(work), **more)


@allow(access.COLLEAGUE)
@require_POST
def remove_line(request: HttpRequest, uuid: UUID, kind: str, pk: int) -> HttpResponse:
    asked = kind_of(kind)
    found = to_change(request, uuid)
    line = get_object_or_404(asked.model, work=found, pk=pk)
    deed = lambda: actions.take_away(found, line, by=me(request), at=timezone.now())  # noqa: E731
    return deed_page(request, path_of(found), deed, _("This is taken away."))
