"""`/werk/fonds/rondes/`: rounds and what has to be done with them now, for who works on the fund; announcing and keeping one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import rounds as actions
from buurtdraad.fund.forms.rounds import CriterionForm, RoundForm
from buurtdraad.fund.models import Criterion, Round
from buurtdraad.fund.queries import rounds as queries
from buurtdraad.fund.states import RankedBy, RoundStage
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.access import where_to_keep
from buurtdraad.money.models import Pot
from buurtdraad.ui.asking import UNPROCESSABLE, form_page


@allow(access.FUND_STAFF)
@never_cache
@require_safe
def work_rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, the newest first."""
    context = {
        "rounds": list(queries.rounds_for_staff()),
        "may_announce": access.KEEPER.holds(request),
        "crumbs": [(_("Requests for money"), reverse("fund:worklist"))],
    }
    return render(request, "fund/work_rounds.html", context)


@allow(access.KEEPER)
@never_cache
@require_form
def announce_round(request: HttpRequest) -> HttpResponse:
    """Say before when people can ask, which money is divided, and how."""
    form = RoundForm(posted(request), pots=pots_of(request), initial={"ranked_by": RankedBy.SCORES})
    if form.is_valid():
        pot, rules = form.cleaned_data["pot"], form.rules
        assert rules
        try:
            made = actions.announce(form.facts, rules=rules, pot=pot, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The round is announced. Now write what counts."))
            return redirect("fund:work_round", made.uuid)
    return form_page(request, form, title=_("Announce a round"), back=reverse("fund:work_rounds"), send=_("Announce"))


@allow(access.KEEPER)
@never_cache
@require_form
def change_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Other days or another way, while it is not open."""
    round_ = kept(request, uuid)
    form = RoundForm(posted(request), pots=pots_of(request), rules=round_.rules, initial=before(round_))
    if form.is_valid():
        try:
            actions.change(round_, form.facts, pot=form.cleaned_data["pot"], by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Saved."))
            return redirect("fund:work_round", uuid)
    return form_page(request, form, title=_("Change the round"), about=str(round_), back=reverse("fund:work_round", args=[uuid]))


def before(round_: Round) -> dict:
    """What stands in the form."""
    names = ("name", "opens_on", "closes_on", "decide_by", "ranked_by", "least_points")
    return {name: getattr(round_, name) for name in names} | {"pot": round_.pot.uuid if round_.pot else None}


@allow(access.FUND_STAFF)
@never_cache
@require_safe
def work_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One round: its days, what counts, who is in it with their points so far, and what comes next."""
    return round_page(request, known_round(uuid), CriterionForm())


def round_page(request: HttpRequest, round_: Round, form: CriterionForm) -> HttpResponse:
    """The page, with the form for what counts while that can change."""
    person, today = me(request), timezone.localdate()
    closed = round_.stage == RoundStage.CLOSED
    context = {
        "round": round_,
        "criteria": list(round_.criteria.all()),
        "form": form,
        "plans": queries.standings(round_, person),
        "to_take_in": queries.complete_in_time(round_).count() if closed else 0,
        "left_out": list(queries.not_complete(round_)) if closed else [],
        "keeps": access.may_keep_round(person, round_.pot),
        "may_award": access.may_award(person, round_),
        "announced": round_.stage == RoundStage.ANNOUNCED,
        "can_open": round_.stage == RoundStage.ANNOUNCED and round_.opens_on <= today,
        "can_close": round_.stage == RoundStage.OPEN and round_.closes_on < today,
        "scoring": closed and round_.ranked_by == RankedBy.SCORES,
        "choosing": closed and round_.ranked_by != RankedBy.SCORES,
        "ranked": round_.stage == RoundStage.RANKED,
        "crumbs": [(_("Rounds"), reverse("fund:work_rounds"))],
    }
    return render(request, "fund/work_round.html", context, status=UNPROCESSABLE if form.errors else 200)


# --- deeds ---------------------------------------------------------------------------------------------


@allow(access.KEEPER)
@require_POST
def add_criterion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What counts, one at a time, while the round is not open."""
    round_ = kept(request, uuid)
    form = CriterionForm(request.POST)
    if form.is_valid():
        try:
            actions.add_criterion(round_, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Saved."))
            return redirect("fund:work_round", uuid)
    return round_page(request, round_, form)


@allow(access.KEEPER)
@require_POST
def drop_criterion(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    criterion = get_object_or_404(Criterion.objects.select_related("round"), round=kept(request, uuid), pk=number)
    return deed(request, uuid, lambda: actions.drop_criterion(criterion, by=me(request), at=timezone.now()), says=_("It does not count."))


@allow(access.KEEPER)
@require_POST
def drop_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the announcement back."""
    round_ = kept(request, uuid)
    try:
        actions.drop(round_, by=me(request), at=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("fund:work_round", uuid)
    messages.success(request, _("The announcement was taken back."))
    return redirect("fund:work_rounds")


@allow(access.KEEPER)
@require_POST
def open_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    round_ = kept(request, uuid)
    says = _("The round is open. What counts stays as it is.")
    return deed(request, uuid, lambda: actions.open_round(round_, by=me(request), at=timezone.now()), says=says)


@allow(access.KEEPER)
@require_POST
def close_round(request: HttpRequest, uuid: UUID) -> HttpResponse:
    round_ = kept(request, uuid)
    says = _("The round is closed. All who were complete are in it.")
    return deed(request, uuid, lambda: actions.close(round_, by=me(request), at=timezone.now()), says=says)


@allow(access.KEEPER)
@require_POST
def take_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Those of whom it was seen after the closing day that they were complete on it."""
    round_ = kept(request, uuid)
    says = _("They are in the round now.")
    return deed(request, uuid, lambda: actions.take_in(round_, by=me(request), at=timezone.now()), says=says)


# --- shared --------------------------------------------------------------------------------------------


def known_round(uuid: UUID) -> Round:
    return get_object_or_404(Round.objects.select_related("rules__scheme", "pot__area"), uuid=uuid)


def kept(request: HttpRequest, uuid: UUID) -> Round:
    """The round at this address, for who keeps it: else 403."""
    round_ = known_round(uuid)
    require(access.may_keep_round(request.user, round_.pot))
    return round_


def pots_of(request: HttpRequest):
    """Pots that are open, of the places where somebody keeps them."""
    reach = where_to_keep(me(request))
    found = Pot.objects.open_to().filter(year__gte=timezone.localdate().year)
    return found if reach.everywhere else found.filter(area__code__in=reach.codes)


def deed(request: HttpRequest, uuid: UUID, act: Callable[[], object], *, says: str) -> HttpResponse:
    """A deed of one button; what is refused is said on the page of the round."""
    try:
        act()
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, says)
    return redirect("fund:work_round", uuid)
