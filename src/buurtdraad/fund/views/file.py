"""`/werk/fonds/<uuid>/`: the file of an application, with all that somebody who handles it needs. Opening it leaves a trace."""

from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.audit.actions import record_look
from buurtdraad.fund import access
from buurtdraad.fund.forms.handling import InterestForm, NoteForm
from buurtdraad.fund.models import OlderDecision
from buurtdraad.fund.queries.after import after_of
from buurtdraad.fund.queries.doings import doings
from buurtdraad.fund.queries.file import file_of
from buurtdraad.fund.states import DocumentKind
from buurtdraad.fund.views.on_file import known
from buurtdraad.lib.access import allow
from buurtdraad.lib.uploads.serving import attachment
from buurtdraad.places import queries as places


@never_cache
@allow(access.FUND_STAFF)
@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who asks, the plan, the money, what was asked and said, and what can be done now."""
    application = known(request, uuid, access.may_see_file)
    person, at = me(request), timezone.now()
    today = timezone.localdate(at)
    record_look(room="fund", thing=application.thing, by=person.uuid, at=at, duty=access.duty_of(person))
    # Several parts of the page look at these.
    prefetch_related_objects([application], "costs", "incomes", "questions")
    area = application.initiative.area
    context = {
        "application": application,
        "plan": application.initiative,
        "place": places.names_of([area.code]).get(area.code, area.code),
        "file": file_of(application, today=today),
        "after": after_of(application),
        "older": OlderDecision.objects.filter(application=application).first() if access.is_history(application) else None,
        "settles": access.may_settle(person, application),
        "doings": doings(person, application, today),
        "declared": access.has_declared(person, application),
        "may_handle": access.may_handle(person, application),
        "may_give": access.may_give_away(person, application),
        "mine": application.handler == person.uuid,
        "in_hand": access.may_still_advise(application),
        "interest_form": InterestForm(),
        "note_form": NoteForm(),
    }
    return render(request, "fund/file.html", context)


@never_cache
@allow(access.FUND_STAFF)
@require_safe
def file_document(request: HttpRequest, uuid: UUID, paper: UUID) -> HttpResponseBase:
    """A document of it, to be saved. A statement of a bank shows the account: that is for who pays."""
    application = known(request, uuid, access.may_see_file)
    return attachment(get_object_or_404(application.documents.exclude(document_kind=DocumentKind.BANK), uuid=paper))
