"""What the page of a round says of its step: the track of steps, what happens now and who does it, and what may be done by hand."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.states import ROUND_MOVES, RoundStage


@dataclass(frozen=True)
class Now:
    """What happens now, in a sentence; at work also whose turn it is."""

    says: str
    who: str = ""


def steps_in_words() -> list[str]:
    """The five steps of a round as people see them."""
    return [_("Rules"), _("Plans"), _("Is it possible?"), _("Vote"), _("Do")]


def track(round_: BudgetRound) -> tuple[list[str], int] | None:
    """The five steps and which one is now, from 1; None for a round that stopped."""
    places = {
        RoundStage.PREPARING: 1, RoundStage.ANNOUNCED: 1, RoundStage.GATHERING: 2, RoundStage.CHECKING: 3, RoundStage.READY: 3,
        RoundStage.VOTING: 4, RoundStage.CLOSED: 4, RoundStage.ADOPTED: 5, RoundStage.DONE: 5,
    }  # fmt: skip
    here = places.get(RoundStage(round_.stage))
    return (steps_in_words(), here) if here else None


def what_now(round_: BudgetRound) -> Now:
    """What happens now and what comes next, with the day of the rules."""
    sheet, residents = round_.sheet, _("residents")
    list_on = {"day": on(sheet.list_on)}
    # Every sentence is made, one is chosen: there are ten.
    return {
        RoundStage.PREPARING: Now(_("The rules are being written. Only colleagues see this round."), _("who makes the round")),
        RoundStage.ANNOUNCED: Now(
            _("You can read the rules. You can send a plan from %(day)s.") % {"day": on(sheet.propose_from)}, residents
        ),
        RoundStage.GATHERING: Now(_("You can send a plan until and with %(day)s.") % {"day": on(sheet.propose_until)}, residents),
        RoundStage.CHECKING: Now(_("We see whether each plan can be done. The list is known on %(day)s.") % list_on, _("who checks plans")),
        RoundStage.READY: Now(_("The list of plans is known. You can vote from %(day)s.") % {"day": moment(sheet.vote_from)}, residents),
        RoundStage.VOTING: Now(_("You can vote until %(day)s.") % {"day": moment(sheet.vote_until)}, residents),
        RoundStage.CLOSED: Now(_("Voting is over. The result is known on %(day)s.") % {"day": on(sheet.result_on)}, _("who decides")),
        RoundStage.ADOPTED: Now(_("The result is known. Now the plans are carried out."), _("who carries out the plans")),
        RoundStage.DONE: Now(_("All plans are done.")),
        RoundStage.STOPPED: Now(_("This round does not go on: %(why)s") % {"why": round_.why}),
    }[RoundStage(round_.stage)]


def on(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else _("a day that is not known yet")


def moment(at: datetime.datetime | None) -> str:
    return date_format(localtime(at), "j F Y, H:i") if at else _("a day that is not known yet")


def next_by_hand(round_: BudgetRound) -> list[RoundStage]:
    """The steps to which somebody can take the round now."""
    by_hand = {RoundStage.GATHERING, RoundStage.CHECKING, RoundStage.READY, RoundStage.VOTING}
    return [step for step in ROUND_MOVES[round_.stage] if step in by_hand]
