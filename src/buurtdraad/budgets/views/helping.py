"""`/werk/budgetten/<slug>/hulppunt/`: helping somebody to vote who asked for it. Only how many is kept: by casting, as 'with help'."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.budgets.access import TYPIST, may_help
from buurtdraad.budgets.forms.claiming import HelpForm
from buurtdraad.budgets.helping import help_mark
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.budgets.views.codes import back_to_round, round_of_codes
from buurtdraad.lib.access import allow
from buurtdraad.ui.asking import form_page


@allow(TYPIST)
@never_cache
@require_form
@sensitive_post_parameters()
@sensitive_variables("form")
def help_point(request: HttpRequest, slug: str) -> HttpResponse:
    """First the consent and the code; then the ballot of the voter, on which the helper marks what they say."""
    round_ = round_of_codes(request, slug, may_help)
    if round_.stage != RoundStage.VOTING or Channel.HELP not in round_.sheet.channels:
        raise Http404
    form = HelpForm(posted(request))
    if form.is_valid():
        context = {"round": round_, "code": form.cleaned_data["code"], "mark": help_mark(round_)}
        return render(request, "budgets/help_go.html", context)
    lead = _("Mark only what this person says. Let them look before you send it. We keep how many were helped, and nothing else.")
    return form_page(request, form, title=_("Help somebody to vote"), lead=lead, send=_("Go to the ballot"), **back_to_round(round_))
