"""A way of counting in plain words: every choice of a `Rule` that is not how it mostly is, and never a formula."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.states import Channel
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.ui.euros import euros, to_cents
from buurtdraad.ui.numbers import as_text


def name_of(rule: Rule) -> str:
    """What the way of counting is called, for a heading or a column."""
    if rule.kind == "greedy":
        return _("Most votes first")
    if rule.kind == "phragmen":
        return _("Who can pay first")
    name = {
        "none": _("Fair parts, without a second turn"),
        "add1": _("Fair parts"),
        "add1u": _("Fair parts, and the rest by most votes"),
    }[rule.completion]
    by = {"cost": "", "count": _("by the number of plans"), "points": _("by points")}[rule.utility]
    return f"{name} ({by})" if by else name


def counting(rule: Rule) -> Iterator[str]:
    """The whole count, in the order in which it goes; but for the seed of lots."""
    yield from thresholds(rule)
    yield from {"equal-shares": equal_shares, "greedy": greedy, "phragmen": phragmen}[rule.kind](rule)
    yield from limits(rule)
    yield from rest(rule)
    yield from ties(rule)
    yield _("Who chose nothing counts when the money is divided.") if rule.blank == "counted" else _("Who chose nothing does not count.")


def equal_shares(rule: Rule) -> Iterator[str]:
    yield _("Every voter gets an equal part of the money to give.")
    if rule.start == "whole":
        yield _("That part is rounded down to whole euros.")
    yield _("A plan is chosen when the people who want it can pay it together.")
    yield {
        "cost": _("The plan for which each of them pays the smallest part of its cost goes first."),
        "count": _("The plan for which each of them pays the least goes first."),
        "points": _("The plan for which each of them pays the least for a point goes first."),
    }[rule.utility]
    if rule.completion == "none":
        return
    step = euros(to_cents_of(rule.step))
    yield _("Is there money left? Then every voter gets %(step)s more to give, and we count again.") % {"step": step}
    if rule.stop == "exhaustive":
        yield _("We stop when no other plan fits in the money, or when it would cost too much.")
    else:
        yield _("We stop before it costs more than the budget.")
    if rule.completion == "add1u":
        yield _("What is left then goes to the plans with the most votes that still fit.")


def greedy(rule: Rule) -> Iterator[str]:
    yield {
        "votes": _("The plan with the most votes goes first, then the next."),
        "points": _("The plan with the most points goes first, then the next."),
        "votes-per-cost": _("The plan with the most votes for each euro goes first, then the next."),
        "points-per-cost": _("The plan with the most points for each euro goes first, then the next."),
    }[rule.greedy_order]
    yield does_not_fit(rule.misfit)


def phragmen(rule: Rule) -> Iterator[str]:
    yield _("On paper every voter earns money, all at the same speed.")
    yield _("The plan that its voters can pay first is chosen. Then their money is gone, and they earn anew.")
    yield does_not_fit(rule.phragmen_misfit)


def does_not_fit(misfit: str) -> str:
    if misfit == "skip":
        return _("Does a plan not fit in the money that is left? Then we go on with the next one.")
    return _("Does a plan not fit in the money that is left? Then the count ends.")


def thresholds(rule: Rule) -> Iterator[str]:
    if rule.least_votes:
        yield _("A plan needs at least this many votes: %(number)s.") % {"number": as_text(float(rule.least_votes))}
    if rule.least_share:
        yield _("A plan needs the votes of at least %(percent)s percent of the voters.") % {"percent": percent(rule.least_share)}
    if rule.least_by_cost:
        says = _(
            "A plan that costs the whole budget needs the votes of at least %(percent)s percent of the voters. A cheaper plan needs less."
        )
        yield says % {"percent": percent(rule.least_by_cost)}


def limits(rule: Rule) -> Iterator[str]:
    for label, amount in rule.caps:
        yield _("At most %(amount)s goes to '%(label)s'.") % {"amount": euros(to_cents_of(amount)), "label": label_of(label)}
    for label, amount in rule.earmarks:
        yield _("At least %(amount)s is kept for '%(label)s'.") % {"amount": euros(to_cents_of(amount)), "label": label_of(label)}
    for channel, weight in rule.weights:
        name = str(Channel(channel).label) if channel in Channel else channel
        times = as_text(float(weight), 0 if weight.denominator == 1 else 2)
        yield _("A vote by this way counts %(times)s times: %(channel)s.") % {"times": times, "channel": name}


def label_of(label: str) -> str:
    """A theme in words; a neighbourhood is named by its code."""
    return str(Theme(label).label) if label in Theme else label


def rest(rule: Rule) -> Iterator[str]:
    match rule.leftover:
        case "fits":
            yield _("At the end, plans that fit in what is left are chosen too.")
        case "part":
            yield _("At the end, the next plan gets what is left, also when it is not enough.")
        case "nearly":
            says = _("At the end, the next plan gets what is left, if that is at least %(percent)s percent of its cost.")
            yield says % {"percent": percent(rule.leftover_share)}


def ties(rule: Rule) -> Iterator[str]:
    names = {
        "votes": _("most votes"),
        "cost": _("lowest cost"),
        "id": _("number of the plan, read as text (12 comes before 3)"),
        "draw": _("lots"),
    }
    ways = ", ".join(names[one] for one in rule.ties)
    yield _("Do two plans end equal? This decides, in this order: %(ways)s.") % {"ways": ways}


def seed_of(rule: Rule) -> Iterator[str]:
    if "draw" in rule.ties:
        yield _("The lots are drawn with this text: %(seed)s. Anybody can do that again.") % {"seed": rule.seed}


def percent(part: Fraction) -> str:
    number = part * 100
    return as_text(float(number), 0 if number.denominator == 1 else 1)


def to_cents_of(amount: Fraction) -> Decimal:
    """An exact amount as euros for people."""
    return to_cents(Decimal(amount.numerator) / Decimal(amount.denominator))
