"""From the order of a round to a proposal for every plan in it, while the money lasts; deciding goes as of any other request."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions.deciding import propose
from buurtdraad.fund.actions.rounds import hold, note
from buurtdraad.fund.models import Round, RoundEntry
from buurtdraad.fund.queries import deciding as queries
from buurtdraad.fund.queries.rounds import claimed, entries_of
from buurtdraad.fund.states import IN_HAND, Ground, Outcome, Stage
from buurtdraad.fund.tally import lasts
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.money.queries.pots import free_in
from buurtdraad.ui.numbers import as_text

NOTHING = Decimal(0)
PROPOSABLE = {Stage.ASSESSING, Stage.VIEW}


class NotAll(Refused):
    """One of the proposals cannot be made, so none was; it says of which request."""


@transaction.atomic
def propose_in_order(round_: Round, *, by: Person, at: datetime.datetime) -> int:
    """A proposal for every plan that has none, the highest first while the money of the pot lasts; how many.

    Who comes after the first for whom there is not enough does not pass them. Raises `WrongStage` and `NotAll`.
    """
    held = hold(round_)
    if not access.may_award(by, held):
        raise wrong_stage(f"{held} is {held.stage}")
    assert held.pot is not None
    in_hand = [one for one in entries_of(held).select_related("application__proposal") if one.application.stage in IN_HAND]
    good = [one for one in in_hand if has_enough(held, one)]
    paid = {one.pk for one in good[: lasts((to_give(one) for one in good), free_in(held.pot))]}
    made = 0
    for entry in in_hand:
        if entry.application.stage in PROPOSABLE:
            propose_one(held, entry, there_is_money=entry.pk in paid, by=by, at=at)
            made += 1
    note("round.proposed", held, by=by, at=at, payload={"proposals": made})
    return made


def has_enough(held: Round, entry: RoundEntry) -> bool:
    """Whether a plan has the points that are needed at least."""
    return held.least_points is None or entry.points is None or entry.points >= held.least_points


def to_give(entry: RoundEntry) -> Decimal:
    """Euros that go to it when there is enough: what is proposed already, or the most that can be granted."""
    application = entry.application
    return claimed(application) if application.stage == Stage.PROPOSED else queries.most_of(application)


def propose_one(held: Round, entry: RoundEntry, *, there_is_money: bool, by: Person, at: datetime.datetime) -> None:
    application = entry.application
    most = queries.most_of(application)
    amount = most if there_is_money else NOTHING
    outcome = Outcome.REFUSED if not amount else Outcome.GRANTED if amount == application.asked else Outcome.PARTLY
    if not there_is_money:
        ground = Ground.CEILING if has_enough(held, entry) and queries.is_short(application) else Ground.RANKED_LOWER
    else:
        ground = Ground.NONE if outcome == Outcome.GRANTED else Ground.NOT_PAID
    words = words_for(held, entry, there_is_money=there_is_money)
    try:
        propose(application, outcome=outcome, amount=amount, ground=ground, words=words, by=by, at=at)
    except Refused as no:
        raise NotAll(_("%(number)s: %(why)s No proposal was made.") % {"number": application, "why": no}) from no


def words_for(held: Round, entry: RoundEntry, *, there_is_money: bool) -> str:
    """What stands in the letter: place and points, and what follows from it. In Dutch, as the letter is."""
    with override("nl"):
        facts = {"name": held.name, "place": entry.place, "plans": held.entries.count()}
        lines = [_("In the round '%(name)s' your plan came on place %(place)s of %(plans)s.") % facts]
        if entry.points is not None:
            lines.append(_("It got %(points)s points.") % {"points": as_text(entry.points, 2)})
        if entry.why:
            lines.append(entry.why)
        if not has_enough(held, entry):
            lines.append(_("A plan needed at least %(least)s points.") % {"least": held.least_points})
        elif not there_is_money:
            lines.append(_("The money of the round went to plans that came higher."))
        return " ".join(lines)
