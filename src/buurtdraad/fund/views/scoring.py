"""Making the order of a round: points of who assesses, or the order of residents as it was noted; then the proposals."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions.awarding import propose_in_order
from buurtdraad.fund.actions.rounds import record_ranking, take_back_ranking
from buurtdraad.fund.actions.scoring import give_points as give
from buurtdraad.fund.actions.scoring import rank_by_points
from buurtdraad.fund.forms.rounds import OrderForm, OrderWrongForm, PointsForm
from buurtdraad.fund.models import Score
from buurtdraad.fund.queries import rounds as queries
from buurtdraad.fund.states import RankedBy, RoundStage
from buurtdraad.fund.views.rounds import deed, kept, known_round
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import form_page


@allow(access.FUND_STAFF)
@never_cache
@require_form
def give_points(request: HttpRequest, uuid: UUID, application: UUID) -> HttpResponse:
    """The points of one person for one plan, with why. Who did not say yet whether they have an interest, says that first."""
    round_ = known_round(uuid)
    entry = get_object_or_404(queries.entries_of(round_), application__uuid=application)
    of = entry.application
    require(access.may_declare(request.user, of) and not access.has_interest(request.user, of))
    if not access.has_declared(request.user, of):
        return redirect("fund:declare", of.uuid)
    require(access.may_score(request.user, round_, of))
    mine = Score.objects.filter(application=of, given_by=me(request).uuid, criterion__round=round_)
    form = PointsForm(posted(request), criteria=list(round_.criteria.all()), scores={one.criterion_id: one for one in mine})
    if form.is_valid():
        try:
            give(round_, of, form.given, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Your points were saved."))
            return redirect("fund:work_round", uuid)
    back = reverse("fund:work_round", args=[uuid])
    return form_page(request, form, title=_("Give points"), about=f"{of}: {of.initiative}", back=back)


@allow(access.KEEPER)
@require_POST
def rank_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make the order of the points."""
    round_ = kept(request, uuid)
    says = _("The order is known. Everybody can read it.")
    return deed(request, uuid, lambda: rank_by_points(round_, by=me(request), at=timezone.now()), says=says)


@allow(access.KEEPER)
@never_cache
@require_form
def note_order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down the order that residents made, with the evening and how many they were."""
    round_ = kept(request, uuid)
    require(round_.stage == RoundStage.CLOSED and round_.ranked_by != RankedBy.SCORES)
    form = OrderForm(posted(request), round_=round_, entries=list(queries.entries_of(round_)))
    if form.is_valid():
        try:
            record_ranking(round_, form.ranking, how=form.how, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The order is known. Everybody can read it."))
            return redirect("fund:work_round", uuid)
    about = _("You can take the order back until there is a proposal.")
    back = reverse("fund:work_round", args=[uuid])
    return form_page(request, form, title=_("Write down the order"), about=about, back=back)


@allow(access.KEEPER)
@never_cache
@require_form
def take_back_order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The order was wrong, and nothing follows from it yet: why, for everybody to read."""
    round_ = kept(request, uuid)
    require(round_.stage == RoundStage.RANKED)
    form = OrderWrongForm(posted(request))
    if form.is_valid():
        try:
            take_back_ranking(round_, why=form.cleaned_data["why"], by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The order was taken back. Now make a new one."))
            return redirect("fund:work_round", uuid)
    about = _("Everybody can read why. The points stay, and can be changed.")
    back = reverse("fund:work_round", args=[uuid])
    return form_page(request, form, title=_("Take the order back"), about=about, back=back)


@allow(access.HANDLER)
@require_POST
def propose_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A proposal for every plan in the round, in its order."""
    round_ = known_round(uuid)
    require(access.may_award(request.user, round_))
    try:
        made = propose_in_order(round_, by=me(request), at=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        says = ngettext("One proposal waits for a decision.", "%(number)s proposals wait for a decision.", made)
        messages.success(request, says % {"number": made})
    return redirect("fund:work_round", uuid)
