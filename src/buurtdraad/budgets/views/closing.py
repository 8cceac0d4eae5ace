"""Closing a round by hand: what is still open, and the button when nothing is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import access
from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.forms.closing import CloseForm
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.closing import StillOpen, still_open, takes_paper
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.views.pieces import path_of, round_at_work
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import done, form_page, said


@allow(access.MAKER)
@never_cache
@require_form
def close_round(request: HttpRequest, slug: str) -> HttpResponse:
    """What is still open, and the deed that ends the vote for good."""
    found = round_at_work(request, slug)
    require(access.may_close(me(request), found))
    back = path_of(found)
    if found.stage != RoundStage.VOTING:
        return said(request, _("Close and count"), _("People do not vote in this round now."), back=back, go=found.name)
    left = still_open(found)
    if not left.may_close:
        return said(request, _("Close and count"), why_not(found, left), back=back, go=found.name)
    form = CloseForm(posted(request), paper=left.paper, takes_paper=takes_paper(found))
    if form.is_valid() and done(form, lambda: close(found, by=me(request), at=timezone.now(), open_aside=form.sets_aside)):
        messages.success(request, _("The round is closed. The ballots stay as they are. The count is there in a few minutes."))
        return redirect(back)
    lead = " ".join([_("Nobody can vote any more. The ballots are counted after this."), papers_in_words(left)])
    return form_page(request, form, title=_("Close and count"), about=found.name, lead=lead, back=back, send=_("Close and count"))


def why_not(round_: BudgetRound, left: StillOpen) -> str:
    """Why it cannot be closed yet, and when it can."""
    if left.voting:
        return _("People can still vote. The round closes by itself after that.")
    return " ".join([papers_in_words(left), _("First let a second person type them. After the last day for paper you can set them aside.")])


def papers_in_words(left: StillOpen) -> str:
    once = ngettext(
        "%(number)s paper ballot was typed by one person only.",
        "%(number)s paper ballots were typed by one person only.",
        left.once,
    )
    other = ngettext(
        "Of %(number)s paper ballot two people typed something else.",
        "Of %(number)s paper ballots two people typed something else.",
        left.different,
    )
    return " ".join(says % {"number": number} for says, number in ((once, left.once), (other, left.different)) if number)
