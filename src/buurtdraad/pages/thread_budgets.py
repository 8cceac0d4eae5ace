"""The part of the thread that a vote about money makes: a wish became a plan in a round, people voted on it, and what came of that."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.states import COUNTED, RESULT, PlanStage, RoundStage
from buurtdraad.initiatives.models import InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.pages.thread_links import Link, Roots, together
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address

NOT_ON_THE_LIST = frozenset({PlanStage.NOT_FEASIBLE, PlanStage.WITHDRAWN})


def budget_plans_of(roots: Roots) -> QuerySet[BudgetPlan]:
    """The plans of rounds that came from it, from a plan of residents that answers it, or from an agreement about its topic."""
    plans = InitiativeWish.objects.filter(wish__in=roots.wishes, initiative__showing=Showing.SHOWN).values("initiative")
    each = ({"wishes__in": roots.wishes}, {"initiative__in": plans}, {"agreement__in": roots.agreements})
    came = together(BudgetPlan.objects.filter(**one) for one in each)
    public = BudgetRound.objects.public().values("pk")
    found = BudgetPlan.objects.public().filter(pk__in=came, round__in=public).select_related("round__sheet", "winner")
    return found.order_by("made_at", "pk")


def voted(_wish: Wish, plan: BudgetPlan) -> Iterable[Link]:
    """That it was sent, that people can vote on it or did, and what came of that."""
    round_ = plan.round
    url = address("budgets:plan", round_.slug, plan.number) or reverse("budgets:round", args=[round_.slug])
    title = _("Sent as a plan for the neighbourhood budget: %(plan)s") % {"plan": plan.title}
    why = plan.why if plan.stage in NOT_ON_THE_LIST else ""
    note = f"{plan.get_stage_display()}. {why}" if why else ""
    yield Link(plan.made_at, title, plan.summary, note=note, url=url, url_text=_("See the plan"))
    if plan.stage != PlanStage.LISTED:
        return
    if round_.stage == RoundStage.VOTING and round_.sheet.vote_from:
        words = _("You can vote on this now: %(plan)s") % {"plan": plan.title}
        yield Link(max(plan.made_at, round_.sheet.vote_from), words, round_.name, url=url, url_text=_("See the plan"))
    elif round_.stage in COUNTED and round_.closed_at:
        yield counted(plan)


def counted(plan: BudgetPlan) -> Link:
    """People voted on it: chosen or not, once that is known."""
    round_, winner = plan.round, getattr(plan, "winner", None)
    assert round_.closed_at, "a round that was counted says when it closed"
    url, text = address("budgets:result", round_.slug) or reverse("budgets:round", args=[round_.slug]), _("See the result")
    if round_.stage not in RESULT:
        says = _("The votes are counted.")
    elif winner is None:
        says = _("It was not chosen. You can read why.")
    else:
        says = _("It was chosen, and gets %(amount)s.") % {"amount": euros(winner.amount)} if winner.amount else _("It was chosen.")
        url, text = reverse("budgets:plans_now", args=[round_.slug]) + f"#plan-{plan.number}", _("See how it is going")
    title = _("Residents voted on this: %(plan)s") % {"plan": plan.title}
    return Link(max(plan.made_at, round_.closed_at), title, says, note=round_.name, url=url, url_text=text)
