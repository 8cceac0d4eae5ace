"""`/werk/fonds/inlezen/`: requests from an older system, looked at first, then taken in."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.fund import access
from buurtdraad.fund.older import queries
from buurtdraad.fund.older.actions import take_in
from buurtdraad.fund.older.sources import COLUMNS
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, import_page


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
        run=lambda content, dry_run: take_in(content, dry_run=dry_run, by=me(request), at=timezone.now()),
    )
    return import_page(request, asked)


@never_cache
@allow(access.KEEPER)
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """What was taken in before, as an example to fill in. No names and no addresses."""
    require(access.may_keep_rules(me(request)))
    return csv_response("aanvragen", [column.headings[0] for column in COLUMNS], queries.example())
