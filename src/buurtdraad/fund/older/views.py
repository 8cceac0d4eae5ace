"""`/werk/fonds/inlezen/`: requests from an older system, looked at first, then taken in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.fund import access
from buurtdraad.fund.older import queries
from buurtdraad.fund.older.actions import take_in, undo
from buurtdraad.fund.older.sources import COLUMNS
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, TablesTakenIn, TakenIn, import_page, tables_page


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
    """The tables that were taken in, to undo one of them."""
    require(access.may_keep_rules(me(request)))
    asked = TablesTakenIn(
        title=_("Tables that were taken in"),
        lead=_("Undoing removes the requests with which nobody did anything yet, and their plans."),
        back=(_("Take in requests from an older system"), reverse("fund:older")),
        here=reverse("fund:older_tables"),
        rows=queries.tables(),
        told=told,
        find=table_at,
        undo=lambda table: undo(table["saved_at"], by=me(request), at=timezone.now()),
    )
    return tables_page(request, asked)


def told(table: dict[str, Any]) -> TakenIn:
    words = ngettext("%(n)s request", "%(n)s requests", table["requests"]) % {"n": table["requests"]}
    return TakenIn(table["saved_at"].isoformat(), table["saved_at"], words)


def table_at(told: str) -> dict[str, Any] | None:
    """The table that came in at this moment."""
    try:
        moment = parse_datetime(told)
    except ValueError:
        return None
    return queries.tables().filter(saved_at=moment).first() if moment and timezone.is_aware(moment) else None


@never_cache
@allow(access.KEEPER)
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """What was taken in before, or else two rows that are made up, as an example to fill in. No names and no addresses."""
    require(access.may_keep_rules(me(request)))
    return csv_response("aanvragen", [column.headings[0] for column in COLUMNS], queries.example())
