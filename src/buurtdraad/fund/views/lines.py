"""Looking at the costs, line by line."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions.lines import see
from buurtdraad.fund.forms.lines import LinesForm
from buurtdraad.fund.queries.rules import cap_of, not_paid
from buurtdraad.fund.views.on_file import known
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE
from buurtdraad.ui.euros import euros


@allow(access.HANDLER)
@require_form
def lines(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the rules do not pay is filled in already, with the reason."""
    application = known(request, uuid)
    form = LinesForm(posted(request), application=application, not_paid=not_paid(application.rules))
    if form.is_valid():
        try:
            remains = see(application, form.lines, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Saved. After this %(euros)s is left to give.") % {"euros": euros(remains)})
            return redirect("fund:file", uuid)
    cap = cap_of(application.rules, application.activity, application.visitors)
    context = {"application": application, "form": form, "cap": cap, "most": application.rules.most}
    return render(request, "fund/lines.html", context, status=UNPROCESSABLE if form.is_bound else 200)
