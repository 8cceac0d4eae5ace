"""Taking in a table of meetings: looking at it first, then the deed; the tables that were taken in, and undoing one."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.asking import me, require_form
from buurtdraad.agendas.meetings.access import HOST, areas_to_host
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.access import ADVISERS
from buurtdraad.agendas.ways_in.queries.meetings import as_table, tables_of_meetings
from buurtdraad.agendas.ways_in.sources.meetings import COLUMNS
from buurtdraad.lib.access import allow
from buurtdraad.ui.asking import form_page
from buurtdraad.ui.csv import csv_stream
from buurtdraad.ui.importing import TableImport, import_page

ON_A_PAGE = 20


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
    """The tables that were taken in; POST asks whether to undo one of them (`batch`), and undoes it (`deed`)."""
    found = tables_of_meetings(me(request), areas_to_host(me(request)))
    if request.method == "POST":
        pk = request.POST.get("deed") or request.POST.get("batch", "")
        batch = get_object_or_404(found.filter(undone_at=None), pk=int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 16 else 0)
        if "deed" not in request.POST:
            return form_page(
                request, None, title=_("Undo this table?"), day=batch.made_at, back=reverse("agendas:imported_meetings"), deed=batch.pk,
                lead=_("Undoing removes the meetings with which nobody did anything yet."), send=_("Undo this"),
            )  # fmt: skip
        gone, stay = actions.undo_meetings(batch, by=me(request), duty=duty_for(me(request), *ADVISERS), at=timezone.now())
        notices.success(request, _("Undone. Removed: %(gone)s. These stay: %(stay)s.") % {"gone": gone, "stay": stay})
        return redirect("agendas:imported_meetings")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "agendas/meetings/taken_in.html", {"page": page})
