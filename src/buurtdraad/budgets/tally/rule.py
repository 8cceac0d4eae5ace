"""Every choice of a count in one place: what a round's rules sheet fixes and publishes, and what a recount reads back.

The exact text of the rule decides who wins. Amounts here are in units of currency and exact (`Fraction`): a step of ten cents is
`Fraction(1, 10)`. Where this text and the code disagree, one of both is wrong.

**Who counts.** Every ballot weighs 1, or what `weights` says for its channel; equal ballots count separately. `n` is the sum of the
weights of all ballots that support a plan, and with `blank="counted"` of the empty ones too. A plan's *votes* are the sum of the
weights of its supporters: of the ballots that mark it (with points: that give it more than 0).

**Who takes part.** A plan without votes never wins. Out as well, before the count: votes < `least_votes`; votes / n < `least_share`;
votes / n < `least_by_cost` * cost / budget (a third there means: out if votes / n < cost / (3 B)). What is out does not take part
in anything below. Under Greedy and Phragmen a plan that costs more than the whole budget is out too. A plan that costs nothing and
takes part has its turn first (several: in the order of ties), and nobody pays.

**May it win at its turn?** Not if another plan of its group in `exclusions` has won; not if what won under one of its labels would
exceed the cap of that label; not if it would eat into what is reserved for labels that it does not have: let O be the sum, over
those earmarks, of what is not yet spent of them; if O > 0 and spent + cost + O > budget it may not win. A plan that may not win at
its turn is out for the rest of that run, and nothing is paid. That a plan costs more than what is left is no such reason: each kind
says below what it does then.

**Equal Shares.** Each voter starts with `budget / n`, exact or (`start="whole"`) rounded down to whole units of currency, times the
weight. The supporters of a plan pay for it together: each pays `rho` times the utility of the plan to this voter, or all that is
left to the voter if that is less, for the one `rho` at which this adds up to the cost. Utility is the plan's cost (`cost`), 1
(`count`) or the points given (`points`). The plan with the smallest `rho` has its turn, until no plan is affordable to its
supporters. The budget itself is not looked at.

**Completion.** `none`: that was it. `add1`: count anew with a start that is higher by one `step`, and again, until the outcome costs
more than the budget: then the last outcome within the budget stands. The run ends earlier if every plan that takes part has won or
may not win, and with `stop="exhaustive"` as soon as no plan that takes part and may still win fits in what is left. (A bigger start
may give a cheaper outcome; the first that overspends ends it all the same.) `add1u`: as add1, then the greedy count, with `misfit`
"skip", spends what is left on the plans that have not won.

**Greedy.** The plan with the most of `order` has its turn. `misfit` says what happens if it costs more than what is left: `skip`
takes the next, `stop` ends. `order` "" is what belongs to the utility: cost -> votes, count -> votes-per-cost,
points -> points-per-cost; "points" is the sum of points, as most cities with points count.

**Phragmen.** Everybody earns money at the same speed, times the weight. The plan that its supporters can pay first has its turn, and
its supporters are left with nothing. The end comes at the first moment at which a plan would be bought that costs more than what
is left (`phragmen_misfit="stop"`; of several at the same moment one is enough), or such a plan is out (`skip`).

**Ties.** Between plans that are equal, `ties` decides, in this order: `votes` (more first), `cost` (less first), `id` (as text, by
code point, smallest first: "12" before "3"), `draw` (the smallest SHA-256 of `seed`, a line feed and the id in UTF-8).

**Leftover.** What is left after all this, walking the order of the greedy count over the plans that take part, have not won and may
win (at their whole cost): `nothing`; `fits`: every plan that fits is bought; `part`: the first gets what is left, at most its cost;
`nearly`: the first that does not fit gets all that is left if that is at least `leftover_share` of its cost (the rest has to come from
elsewhere).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Self

VERSION = 1

KINDS = ("equal-shares", "greedy", "phragmen")
UTILITIES = ("cost", "count", "points")
COMPLETIONS = ("none", "add1", "add1u")
STOPS = ("overspend", "exhaustive")
MISFITS = ("skip", "stop")
STARTS = ("exact", "whole")
BLANKS = ("excluded", "counted")
ORDERS = ("", "votes", "points", "votes-per-cost", "points-per-cost")
TIES = ("votes", "cost", "id", "draw")
LEFTOVERS = ("nothing", "fits", "part", "nearly")

CHOICES = {
    "kind": KINDS,
    "utility": UTILITIES,
    "completion": COMPLETIONS,
    "stop": STOPS,
    "misfit": MISFITS,
    "phragmen_misfit": MISFITS,
    "start": STARTS,
    "blank": BLANKS,
    "order": ORDERS,
    "leftover": LEFTOVERS,
}
ORDER_OF = {"cost": "votes", "count": "votes-per-cost", "points": "points-per-cost"}


class WrongRule(ValueError):  # noqa: N818 (what is said no to, as Refused)
    """A rule that cannot be counted by; the sentence says which choice is wrong."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One complete rule; see the text of this module for what each choice does.

    `Rule()` reproduces the published results of Assen 2024 and 2025, Swiecie 2023 and Wieliczka 2023.
    Pairs instead of dictionaries, so that a rule can be compared, hashed and never changed.
    """

    kind: str = "equal-shares"
    utility: str = "cost"
    completion: str = "add1"
    step: Fraction = Fraction(1)
    stop: str = "overspend"
    start: str = "exact"
    blank: str = "excluded"
    order: str = ""
    misfit: str = "skip"
    phragmen_misfit: str = "stop"
    ties: tuple[str, ...] = ("id",)
    seed: str = ""
    least_votes: Fraction = Fraction(0)
    least_share: Fraction = Fraction(0)
    least_by_cost: Fraction = Fraction(0)
    exclusions: tuple[frozenset[str], ...] = ()
    caps: tuple[tuple[str, Fraction], ...] = ()
    earmarks: tuple[tuple[str, Fraction], ...] = ()
    leftover: str = "nothing"
    leftover_share: Fraction = Fraction(4, 5)
    weights: tuple[tuple[str, Fraction], ...] = ()

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            _must(getattr(self, name) in allowed, f"{name}: {getattr(self, name)!r} is not one of {', '.join(filter(None, allowed))}.")
        _must(self.step > 0, f"step: {self.step} is not more than 0.")
        for name in ("least_votes", "least_share", "least_by_cost"):
            _must(getattr(self, name) >= 0, f"{name}: {getattr(self, name)} is less than 0.")
        _must(self.least_share <= 1, f"least_share: {self.least_share} is more than 1, so nothing could win.")
        _must(0 < self.leftover_share <= 1, f"leftover_share: {self.leftover_share} does not lie between 0 and 1.")
        self._check_ties()
        self._check_pairs()

    def _check_ties(self) -> None:
        _must(bool(self.ties) and set(self.ties) <= set(TIES), f"ties: {self.ties!r} has something else than {', '.join(TIES)}.")
        _must(self.ties[-1] in ("id", "draw"), "ties: the last one is id or draw, or a tie could stay.")
        _must("draw" not in self.ties or bool(self.seed), "seed: a draw needs a published seed.")

    def _check_pairs(self) -> None:
        for name in ("caps", "earmarks", "weights"):
            labels = [label for label, _ in getattr(self, name)]
            _must(len(set(labels)) == len(labels), f"{name}: one of {', '.join(labels)} is named twice.")
            for label, amount in getattr(self, name):
                _must(amount >= 0, f"{name}: {amount} for {label!r} is less than 0.")
        for label, weight in self.weights:
            _must(weight > 0, f"weights: {label!r} has weight 0; leave those ballots out of the count instead.")
        for group in self.exclusions:
            _must(len(group) > 1, f"exclusions: the group {', '.join(group) or 'without plans'} excludes nothing.")

    @property
    def greedy_order(self) -> str:
        """By what the greedy count, the utilitarian completion and the leftover go."""
        return self.order or ORDER_OF[self.utility]

    def drawn(self, plan_id: str) -> str:
        """What decides a draw: the smallest goes first. Anybody can compute it from the published seed."""
        return hashlib.sha256(f"{self.seed}\n{plan_id}".encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """The rule as it is published: plain JSON, fractions as text ("1/3"). `from_dict` gives the same rule back."""
        return {"version": VERSION} | {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The rule that `to_dict` wrote. What it leaves out has the default; what we do not know is refused."""
        _must(isinstance(data, Mapping), "A rule is an object with named choices.")
        _must(data.get("version") == VERSION, f"version: this program reads {VERSION}, not {data.get('version')!r}.")
        readers = {field.name: _READERS.get(field.name, _text) for field in fields(cls)}
        unknown = sorted(str(name) for name in data if name not in readers and name != "version")
        _must(not unknown, f"Unknown choices: {', '.join(unknown)}.")
        return cls(**{name: _read(name, readers[name], value) for name, value in data.items() if name != "version"})


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise WrongRule(sentence)


def _plain(value: Any) -> Any:
    match value:
        case Fraction():
            return str(value)
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _read(name: str, reader: Any, value: Any) -> Any:
    try:
        return reader(value)
    except (TypeError, ValueError, ZeroDivisionError) as problem:
        raise WrongRule(f"{name}: {value!r} cannot be read.") from problem


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def exactly(value: Any) -> Fraction:
    """A number without rounding: text ("1/3", "0.10") or a whole number, never a float."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError
    return Fraction(value)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError
    return tuple(_text(part) for part in value)


def _pairs(value: Any) -> tuple[tuple[str, Fraction], ...]:
    return tuple((_text(label), exactly(amount)) for label, amount in value)


def _groups(value: Any) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_texts(group)) for group in value)


_READERS = {
    "ties": _texts,
    "exclusions": _groups,
    **dict.fromkeys(("caps", "earmarks", "weights"), _pairs),
    **dict.fromkeys(("step", "least_votes", "least_share", "least_by_cost", "leftover_share"), exactly),
}
