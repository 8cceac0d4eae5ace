"""What is wrong with a ballot and what is in the basket, in plain words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.budgets import ballots
from buurtdraad.budgets.ballots import Basket, Problem, Rules
from buurtdraad.ui.euros import euros


def problem_words(problem: Problem, rules: Rules, titles: Mapping[str, str]) -> str:
    """One sentence or two: what is wrong, and what one can do about it."""
    facts = {
        "number": int(problem.amount),
        "most": rules.most,
        "amount": euros(problem.amount),
        "plan": ", ".join(titles.get(plan, plan) for plan in problem.plans),
    }
    return sentences(int(problem.amount)).get(problem.kind, _("We could not read a number. Choose again.")) % facts


def sentences(number: int) -> dict[str, str]:
    """What is said of each problem, where it is about so many plans or points."""
    return {
        ballots.GONE: _("This plan was taken back: %(plan)s. You can choose another one."),
        ballots.UNKNOWN: _("You cannot choose this plan here: %(plan)s."),
        ballots.TOO_MANY: ngettext(
            "You chose %(number)s plan too many. You may choose %(most)s.",
            "You chose %(number)s plans too many. You may choose %(most)s.",
            number,
        ),
        ballots.TOO_FEW: ngettext(
            "Choose %(number)s plan more, or choose none at all.", "Choose %(number)s plans more, or choose none at all.", number
        ),
        ballots.OVER_BUDGET: _("Together your plans cost %(amount)s too much. Take one away."),
        ballots.OVER_POINTS: ngettext("You gave %(number)s point too many.", "You gave %(number)s points too many.", number),
        ballots.NO_ORDER: _("Give each plan a place of its own: 1, 2, 3. Leave no place out."),
    }


def all_words(problems: Iterable[Problem], rules: Rules, titles: Mapping[str, str]) -> list[str]:
    """A sentence for each problem, each once."""
    return list(dict.fromkeys(problem_words(problem, rules, titles) for problem in problems))


def how_to_mark(rules: Rules, budget: ballots.Budget) -> str:
    """What the voter is asked to do, in one or two sentences."""
    least, most = ballots.least_of(rules, budget), rules.most
    at_least = _("Choose at least %(least)s plans.") % {"least": least} if least > 1 else ""
    match rules.kind:
        case ballots.BASKET:
            how = _("Choose plans until the money is gone. You may leave some over.")
            return f"{how} {at_least}".strip()
        case ballots.POINTS:
            how = _("Divide %(points)s points. More points: you want it more.") % {"points": rules.points}
            return f"{how} {at_least}".strip()
        case ballots.RANK:
            if least >= most:
                return _("Put %(most)s plans in order. Place 1 is the plan that you want most.") % {"most": most}
            return _("Put %(least)s to %(most)s plans in order. Place 1 is the plan that you want most.") % {"least": least, "most": most}
        case _:
            if least >= most:
                return ngettext("Choose %(most)s plan.", "Choose %(most)s plans.", most) % {"most": most}
            return _("Choose %(least)s to %(most)s plans.") % {"least": least, "most": most}


def chosen_words(rules: Rules, held: Basket) -> str:
    """How many plans were chosen: '2 plans chosen'."""
    count = len(held.plans)
    if not count:
        return _("Nothing chosen yet")
    return ngettext("%(number)s plan chosen", "%(number)s plans chosen", count) % {"number": count}


def left_words(rules: Rules, held: Basket, short: int) -> str:
    """How many plans have to be chosen still (`short`), what can still be chosen or given, or how much it is too much."""
    if held.plans and short:
        return ngettext("Choose at least %(number)s more", "Choose at least %(number)s more", short) % {"number": short}
    if rules.kind == ballots.BASKET:
        return money_words(held.money_left)
    return points_words(held.points_left) if rules.kind == ballots.POINTS else plans_words(held.marks_left)


def money_words(left: Decimal) -> str:
    if left < 0:
        return _("%(amount)s too much. Take one away.") % {"amount": euros(-left)}
    return _("%(amount)s left") % {"amount": euros(left)}


def points_words(left: int) -> str:
    if left < 0:
        return ngettext("%(number)s point too many", "%(number)s points too many", -left) % {"number": -left}
    if not left:
        return _("You gave all your points")
    return ngettext("%(number)s point left", "%(number)s points left", left) % {"number": left}


def plans_words(left: int) -> str:
    if left < 0:
        return ngettext("%(number)s too many. Take one away.", "%(number)s too many. Take some away.", -left) % {"number": -left}
    if not left:
        return _("You chose all you may choose")
    return ngettext("You may choose %(number)s more", "You may choose up to %(number)s more", left) % {"number": left}
