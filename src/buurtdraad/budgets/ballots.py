"""What may stand on a ballot. Plain: no Django, no clock, no database; the rules of the sheet in, what is wrong out.

Marks are as they are kept: `{"1": {"12": 1, "7": 1}}`, per budget (by its order) numbers of plans with their points. A chosen plan has
one point. In order: the first plan has as many points as plans may be named, the next one less, and so on. A budget without marks
is left open: always allowed, and with all of them open the ballot is blank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

CHOOSE, BASKET, POINTS, RANK = "choose", "basket", "points", "rank"
KINDS = (CHOOSE, BASKET, POINTS, RANK)

# What can be wrong with a ballot.
UNKNOWN = "unknown"  # a plan, or a budget, that this voter cannot choose
GONE = "gone"  # a plan that was taken back
TOO_MANY = "too_many"
TOO_FEW = "too_few"
OVER_BUDGET = "over_budget"
OVER_POINTS = "over_points"
NO_ORDER = "no_order"  # two plans in one place, or a place left out
NO_NUMBER = "no_number"  # points that are no whole number above zero
PROBLEMS = (UNKNOWN, GONE, TOO_MANY, TOO_FEW, OVER_BUDGET, OVER_POINTS, NO_ORDER, NO_NUMBER)

type Marks = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Rules:
    """How people mark: the kind of ballot, and per budget the least and most plans and the points to divide."""

    kind: str = CHOOSE
    least: int = 1
    most: int = 5
    points: int = 10


@dataclass(frozen=True)
class Listed:
    """A plan on the ballot: its number and its cost (euros). `gone` when it was taken back while people vote."""

    number: int
    cost: Decimal
    gone: bool = False


@dataclass(frozen=True)
class Budget:
    """What is divided (euros), and the plans that can be chosen from."""

    amount: Decimal
    plans: tuple[Listed, ...]

    def by_number(self) -> dict[str, Listed]:
        return {str(plan.number): plan for plan in self.plans}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what, in which budget, with which plans (their numbers), and how much too much or too little."""

    kind: str
    part: str
    plans: tuple[str, ...] = ()
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Basket:
    """What was chosen of one budget, what it costs, and what is left (euros, plans or points; below zero: too much)."""

    plans: tuple[str, ...]
    cost: Decimal
    money_left: Decimal
    marks_left: int
    points_left: int


def problems(rules: Rules, budgets: Mapping[str, Budget], marks: Marks) -> list[Problem]:
    """All that is wrong with a ballot, budget after budget; empty when it may be cast. `budgets` are those of this voter, by order."""
    strange = [Problem(UNKNOWN, part, tuple(found)) for part, found in marks.items() if part not in budgets and found]
    return strange + [wrong for part, budget in budgets.items() for wrong in _of_part(rules, part, budget, marks.get(part, {}))]


def is_blank(marks: Marks) -> bool:
    """Whether nothing was chosen in any budget."""
    return not any(marks.values())


def tidy(marks: Marks, budgets: Mapping[str, Budget]) -> dict[str, dict[str, int]]:
    """Marks as they are kept: every budget of this voter is named, plans by number."""
    return {part: {plan: marks[part][plan] for plan in sorted(marks.get(part, {}), key=int)} for part in budgets}


def basket(rules: Rules, budget: Budget, found: Mapping[str, int]) -> Basket:
    """What was chosen, counted. Plans that are not on the ballot count for nothing here."""
    known = budget.by_number()
    chosen = tuple(number for number in found if number in known and not known[number].gone)
    cost = sum((known[number].cost for number in chosen), Decimal(0))
    given = sum(found[number] for number in chosen)
    return Basket(chosen, cost, budget.amount - cost, rules.most - len(chosen), rules.points - given)


def still_there(budgets: Mapping[str, Budget], marks: Marks) -> dict[str, dict[str, int]]:
    """The marks without plans that cannot be chosen (any more)."""
    there = {part: {number for number, plan in budget.by_number().items() if not plan.gone} for part, budget in budgets.items()}
    return {part: {plan: points for plan, points in found.items() if plan in there[part]} for part, found in marks.items() if part in there}


def place_of(rules: Rules, points: int) -> int:
    """Which place in the order these points say: the first is 1."""
    return rules.most + 1 - points


def points_for(rules: Rules, place: int) -> int:
    """The points of a place in the order."""
    return rules.most + 1 - place


def least_of(rules: Rules, budget: Budget) -> int:
    """So many plans have to be named at least; never more than there are to choose from."""
    return min(rules.least, sum(not plan.gone for plan in budget.plans))


def short_of(rules: Rules, budget: Budget, found: Mapping[str, int]) -> int:
    """How many plans have to be named still; 0 when it is enough. A full basket is: nothing more fits in it."""
    short = max(0, least_of(rules, budget) - len(found))
    if not short or rules.kind != BASKET:
        return short
    left = basket(rules, budget, found).money_left
    return short if any(plan.cost <= left for plan in budget.plans if not plan.gone and str(plan.number) not in found) else 0


def _of_part(rules: Rules, part: str, budget: Budget, found: Mapping[str, int]) -> list[Problem]:
    known = budget.by_number()
    unknown = tuple(number for number in found if number not in known)
    gone = tuple(number for number in found if number in known and known[number].gone)
    nonsense = tuple(number for number, points in found.items() if isinstance(points, bool) or not isinstance(points, int) or points < 1)
    wrong = [Problem(kind, part, plans) for kind, plans in ((UNKNOWN, unknown), (GONE, gone), (NO_NUMBER, nonsense)) if plans]
    if wrong or not found:
        return wrong
    short = short_of(rules, budget, found)
    return [*_of_kind(rules, part, budget, found), *([Problem(TOO_FEW, part, amount=Decimal(short))] if short else [])]


def _of_kind(rules: Rules, part: str, budget: Budget, found: Mapping[str, int]) -> list[Problem]:
    held = basket(rules, budget, found)
    if rules.kind == POINTS:
        return [Problem(OVER_POINTS, part, amount=Decimal(-held.points_left))] if held.points_left < 0 else []
    if rules.kind == RANK:
        places = sorted(place_of(rules, points) for points in found.values())
        if held.marks_left < 0:
            return [Problem(TOO_MANY, part, amount=Decimal(-held.marks_left))]
        return [] if places == list(range(1, len(places) + 1)) else [Problem(NO_ORDER, part)]
    many = tuple(number for number, points in found.items() if points != 1)
    wrong = [Problem(NO_NUMBER, part, many)] if many else []
    if rules.kind == BASKET:
        return wrong + ([Problem(OVER_BUDGET, part, amount=-held.money_left)] if held.money_left < 0 else [])
    return wrong + ([Problem(TOO_MANY, part, amount=Decimal(-held.marks_left))] if held.marks_left < 0 else [])
