"""The money of a work, a row for each source and year."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE
from buurtdraad.works import access
from buurtdraad.works.actions.money import set_money
from buurtdraad.works.forms.money import MoneyForms
from buurtdraad.works.views.shared import path_of, to_change


@allow(access.COLLEAGUE)
@require_form
def money(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All rows on one page, with some empty ones below."""
    found = to_change(request, uuid)
    asked = MoneyForms(posted(request), list(found.money.all()))
    if request.method == "POST" and asked.is_valid():
        try:
            set_money(found, asked.rows(), by=me(request), at=timezone.now())
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(path_of(found))
    context = {"work": found, "asked": asked}
    return render(request, "works/money.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)
