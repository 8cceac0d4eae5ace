"""A vote about a round of the fund: the order goes to the fund, which decides on the money of each request."""

import datetime
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, FrozenBallot
from buurtdraad.budgets.queries.winners import Won
from buurtdraad.fund.actions.rounds import Ranked, record_ranking
from buurtdraad.fund.models import Application


def put_in_order(held: BudgetRound, won: Sequence[Won], *, by: Person, at: datetime.datetime) -> None:
    """Who won comes first, in the order of the count; then the others, who got most votes first; last what was not on the list.

    Raises what `fund.actions.rounds.record_ranking` does.
    """
    assert held.fund_round, "this vote is about a round of the fund"
    votes = votes_of(held)
    chosen = [one.plan.pk for one in won]
    plans = {plan.application_id: plan for plan in held.plans.listed().exclude(application=None)}
    entries = [entry.application for entry in held.fund_round.entries.select_related("application__initiative").order_by("pk")]
    with override("nl"):
        how = _("People voted on %(day)s: %(round)s.") % {"day": date_format(held.closed_at or at, "j F Y"), "round": held.name}
        ranked = sorted((ranked_by(one, plans.get(one.pk), votes, chosen) for one in entries), key=lambda pair: pair[0])
    record_ranking(held.fund_round, [one for _place, one in ranked], how=how, by=by, at=at)


def ranked_by(
    application: Application, plan: BudgetPlan | None, votes: Counter[int], chosen: Sequence[int]
) -> tuple[tuple[int, int, int], Ranked]:
    """A request with what it is put in order by."""
    if plan is None:
        return (2, 0, application.pk), Ranked(application, why=_("It was not on the list of the vote."))
    number = votes[plan.number]
    words = ngettext("%(number)s person voted for it.", "%(number)s people voted for it.", number) % {"number": number}
    if plan.pk in chosen:
        return (0, chosen.index(plan.pk), 0), Ranked(application, Decimal(number), why=_("Chosen by voters.") + " " + words)
    return (1, -number, plan.number), Ranked(application, Decimal(number), why=words)


def votes_of(held: BudgetRound) -> Counter[int]:
    """How many ballots name each plan."""
    marks = FrozenBallot.objects.filter(part__round=held).values_list("marks", flat=True)
    return Counter(int(number) for one in marks for number, points in one.items() if points)
