import hashlib
import json
from dataclasses import replace
from fractions import Fraction

import pytest

from buurtdraad.budgets.tally.rule import Rule, WrongRule
from buurtdraad.budgets.tally.tests.elections import few_or_many, for_all, rules


@few_or_many
def test_a_published_rule_is_read_back_as_it_was(examples):
    for_all(rules(), examples, lambda rule: _same(rule, Rule.from_dict(json.loads(json.dumps(rule.to_dict())))))


def _same(one, other):
    assert one == other


@pytest.mark.parametrize(
    ("choice", "cause"),
    [
        ({"kind": "dictator"}, "kind: 'dictator' is not one of"),
        ({"step": Fraction(0)}, "step: 0 is not more than 0"),
        ({"ties": ()}, "ties"),
        ({"ties": ("votes", "cost")}, "a tie could stay"),
        ({"ties": ("draw",)}, "a draw needs a published seed"),
        ({"least_share": Fraction(3, 2)}, "nothing could win"),
        ({"least_votes": Fraction(-1)}, "less than 0"),
        ({"leftover_share": Fraction(0)}, "leftover_share"),
        ({"exclusions": (frozenset({"a"}),)}, "excludes nothing"),
        ({"caps": (("green", Fraction(1)), ("green", Fraction(2)))}, "named twice"),
        ({"weights": (("paper", Fraction(0)),)}, "leave those ballots out"),
    ],
)
def test_a_rule_that_cannot_be_counted_by_is_refused_in_a_sentence(choice, cause):
    with pytest.raises(WrongRule, match=cause):
        replace(Rule(), **choice)


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"version": 2},
        {"version": 1, "surprise": 1},
        {"version": 1, "step": 0.1},
        {"version": 1, "step": "1/0"},
        {"version": 1, "step": True},
        {"version": 1, "kind": 3},
        {"version": 1, "ties": "id"},
        {"version": 1, "caps": [["green"]]},
        {"version": 1, "exclusions": ["ab"]},
    ],
)
def test_what_is_no_rule_is_refused(data):
    with pytest.raises(WrongRule):
        Rule.from_dict(data)


def test_what_a_published_rule_leaves_out_is_as_usual():
    assert Rule.from_dict({"version": 1, "step": "1/10"}) == Rule(step=Fraction(1, 10))


def test_anybody_can_do_the_draw_again():
    assert Rule(ties=("draw",), seed="notary").drawn("é") == hashlib.sha256("notary\né".encode()).hexdigest()
