"""The steps of a report: read along, read, approved, published, corrected."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.reports import access
from buurtdraad.reports.access import Someone
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.forms.report import CorrectionForm
from buurtdraad.reports.models import Report
from buurtdraad.reports.views.report_draft import report_here, sent
from buurtdraad.ui.asking import deed_page, form_page


def writes(person: Someone, report: Report) -> bool:
    return has_duty(person, *access.WRITING)


def approves(person: Someone, report: Report) -> bool:
    """Whoever has the duty gets in; that two people are needed is said by the deed."""
    return has_duty(person, *access.APPROVING)


def takes_back(person: Someone, report: Report) -> bool:
    return writes(person, report) or approves(person, report)


def reads(person: Someone, report: Report) -> bool:
    return has_duty(person, *access.REVIEWING)


STEPS: dict[str, tuple[Callable, Callable[[Someone, Report], bool], object]] = {
    "lezen": (reviewing.send_to_read, writes, gettext_lazy("Others can read along now.")),
    "schrijven": (reviewing.back_to_draft, writes, gettext_lazy("You can write on.")),
    "gelezen": (reviewing.say_read, reads, gettext_lazy("Thank you. It says that you read it.")),
    "goedkeuren": (reviewing.approve, approves, gettext_lazy("The report is approved. It stays as it is now.")),
    "terug": (reviewing.take_back, takes_back, gettext_lazy("The approval is taken back.")),
    "publiceren": (reviewing.publish, writes, gettext_lazy("The report stands on the site.")),
    "weg": (reviewing.remove, writes, gettext_lazy("The draft is gone.")),
}  # fmt: skip
ASKED_FIRST = {"weggooien": "weg"}


@never_cache
@allow(access.REVIEWER)
@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step; `deed` says which. What cannot be undone is asked first."""
    report = report_here(slug)
    asked = request.POST.get("deed", "")
    deed = ASKED_FIRST.get(asked, asked)
    if deed not in STEPS:
        raise Http404
    act, may, says = STEPS[deed]
    require(may(request.user, report))
    back = reverse("reports:draft", args=[slug])
    if asked in ASKED_FIRST:
        return form_page(
            request, None, title=_("Throw away this draft?"), about=report.title, back=back, deed=deed, send=_("Throw away"),
            lead=_("The sentences that people wrote in it are gone too. What is counted can be counted again."),
        )  # fmt: skip
    if deed == "weg" and access.may_remove(request.user, report):
        back = reverse("reports:drafts")
    return deed_page(request, back, lambda: act(report, by=me(request), at=timezone.now()), str(says))


@never_cache
@allow(access.WRITER)
@require_form
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an erratum to a published report."""
    report = report_here(slug)
    require(access.may_correct(request.user, report))
    form = CorrectionForm(posted(request))
    if sent(request, form, lambda: reviewing.correct(report, form.cleaned_data["text"], by=me(request), at=timezone.now())):
        messages.success(request, _("The correction stands above the report."))
        return redirect("reports:draft", slug)
    return form_page(request, form, title=_("Correct this report"), about=report.title, back=reverse("reports:draft", args=[slug]))
