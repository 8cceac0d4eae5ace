"""The record of what happened, for administrators."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import ADMINISTRATOR
from buurtdraad.accounts.asking import me
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.forms.duties import LogbookForm
from buurtdraad.accounts.queries import names_of
from buurtdraad.audit.actions import record
from buurtdraad.audit.queries import as_lines, events, page_of
from buurtdraad.lib.access import allow


@allow(ADMINISTRATOR)
@require_safe
def logbook(request: HttpRequest) -> HttpResponse:
    """Who did what, the last first; looks of staff at personal data among it."""
    form = LogbookForm(request.GET)
    if not form.is_valid():
        return render(request, "accounts/logbook.html", {"form": form}, status=422)
    page, further = page_of(form.wanted(), before=form.cleaned_data["voor"])
    query = request.GET.copy()
    query["voor"] = str(further or "")
    context = {
        "form": form,
        "events": page,
        "names": names_of(event.actor for event in page),
        "further": query.urlencode() if further else "",
    }
    return render(request, "accounts/logbook.html", context)


@allow(ADMINISTRATOR)
@require_POST
def logbook_export(request: HttpRequest) -> HttpResponseBase:
    """The events of the same filters as lines of JSON. That somebody took them along is an event too, so it is a POST."""
    form = LogbookForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/logbook.html", {"form": form}, status=422)
    at = timezone.now()
    record("audit.exported", room="accounts", thing="audit:events", by=me(request).uuid, at=at, duty=Duty.ADMINISTRATOR.value)
    response = StreamingHttpResponse(as_lines(events(form.wanted())), content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="logboek-{timezone.localdate(at)}.jsonl"'
    return response
