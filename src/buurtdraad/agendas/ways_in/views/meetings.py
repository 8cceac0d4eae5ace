"""Taking in a table of meetings: looking at it first, then the deed; the tables that were taken in, and undoing one."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.asking import me, require_form
from buurtdraad.agendas.meetings.access import HOST, areas_to_host
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.access import ADVISERS
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.queries.meetings import as_table, tables_of_meetings
from buurtdraad.agendas.ways_in.sources.meetings import COLUMNS
from buurtdraad.lib.access import allow
from buurtdraad.ui.csv import csv_stream
from buurtdraad.ui.importing import TableImport, TablesTakenIn, TakenIn, import_page, tables_page


@allow(HOST)
@never_cache
@require_form
def import_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings from a table."""
    by, at = me(request), timezone.now()
    facts = {"name": _("table of meetings"), "reach": areas_to_host(by), "by": by, "duty": duty_for(by, *ADVISERS), "at": at}
    asked = TableImport(
        title=_("Take in meetings from a table"),
        lead=_("What is to come waits until you announce it. What is past stands in the list at once. Nobody gets a message."),
        columns=COLUMNS,
        owner=f"meetings:{by.uuid}",
        back=(_("Meetings"), reverse("agendas:work_meetings")),
        template=reverse("agendas:meetings_table"),
        undo=(_("Tables of meetings that were taken in"), reverse("agendas:imported_meetings")),
        run=lambda content, dry_run: actions.import_meetings(content, dry_run=dry_run, **facts),  # type: ignore[arg-type]
    )
    return import_page(request, asked)


@allow(HOST)
@never_cache
@require_safe
def meetings_table(request: HttpRequest) -> StreamingHttpResponse:
    """The meetings of somebody's areas as a table, as an example to fill in. Nobody who comes stands in it."""
    return csv_stream("bijeenkomsten", [column.headings[0] for column in COLUMNS], as_table(areas_to_host(me(request))))


@allow(HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imported_meetings(request: HttpRequest) -> HttpResponse:
    """The tables that were taken in, to undo one of them."""
    found, by = tables_of_meetings(me(request), areas_to_host(me(request))), me(request)
    asked = TablesTakenIn(
        title=_("Tables of meetings that were taken in"),
        lead=_("Undoing removes the meetings with which nobody did anything yet."),
        back=(_("Take in meetings from a table"), reverse("agendas:import_meetings")),
        here=reverse("agendas:imported_meetings"),
        rows=found,
        told=told,
        find=lambda key: found.filter(undone_at=None, pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 16 else None,
        undo=lambda batch: actions.undo_meetings(batch, by=by, duty=duty_for(by, *ADVISERS), at=timezone.now()),
    )
    return tables_page(request, asked)


def told(batch: Batch) -> TakenIn:
    number: int = batch.meetings  # type: ignore[attr-defined]  # annotated by `tables_of_meetings`
    words = ngettext("%(n)s meeting", "%(n)s meetings", number) % {"n": number}
    return TakenIn(str(batch.pk), batch.made_at, words, undone=batch.undone_at is not None)
