"""`/werk/fonds/inlezen/`: requests from an older system, looked at first, then taken in."""

from typing import Any

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.fund import access
from buurtdraad.fund.older import queries
from buurtdraad.fund.older.actions import take_in, undo
from buurtdraad.fund.older.sources import COLUMNS
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import form_page
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, import_page

ON_A_PAGE = 20


@never_cache
@allow(access.KEEPER)
@require_form
def older(request: HttpRequest) -> HttpResponse:
    """A table of requests. For who keeps the rules of the whole fund: it holds requests of everywhere."""
    require(access.may_keep_rules(me(request)))
    asked = TableImport(
        title=_("Take in requests from an older system"),
        lead=_("What ended there becomes history. What still runs goes on here. Nobody gets a message."),
        columns=COLUMNS,
        owner=f"older:{me(request).uuid}",
        back=(_("Money for plans: work"), reverse("fund:worklist")),
        template=reverse("fund:older_example"),
        undo=(_("Tables that were taken in"), reverse("fund:older_tables")),
        run=lambda content, dry_run: take_in(content, dry_run=dry_run, by=me(request), at=timezone.now()),
    )
    return import_page(request, asked)


@never_cache
@allow(access.KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest) -> HttpResponse:
    """The tables that were taken in; POST asks whether to undo one of them (`table`), and undoes it (`deed`)."""
    require(access.may_keep_rules(me(request)))
    if request.method == "POST":
        found = table_at(request.POST.get("deed") or request.POST.get("table", ""))
        if "deed" not in request.POST:
            return form_page(
                request, None, title=_("Undo this table?"), day=found["saved_at"], back=reverse("fund:older_tables"),
                deed=found["saved_at"].isoformat(), send=_("Undo this"),
                lead=_("Undoing removes the requests with which nobody did anything yet, and their plans."),
            )  # fmt: skip
        gone, stay = undo(found["saved_at"], by=me(request), at=timezone.now())
        notices.success(request, _("Undone. Removed: %(gone)s. These stay: %(stay)s.") % {"gone": gone, "stay": stay})
        return redirect("fund:older_tables")
    page = Paginator(queries.tables(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "fund/older_tables.html", {"page": page})


def table_at(told: str) -> dict[str, Any]:
    """The table that came in at this moment. Raises `Http404`."""
    try:
        moment = parse_datetime(told)
    except ValueError:
        moment = None
    found = queries.tables().filter(saved_at=moment).first() if moment and timezone.is_aware(moment) else None
    if found is None:
        raise Http404
    return found


@never_cache
@allow(access.KEEPER)
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """What was taken in before, as an example to fill in. No names and no addresses."""
    require(access.may_keep_rules(me(request)))
    return csv_response("aanvragen", [column.headings[0] for column in COLUMNS], queries.example())
