"""`tally`: count a Pabulib file, or a round, and explain the outcome."""

import argparse
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Election, WrongElection
from buurtdraad.budgets.tally.explain import explain
from buurtdraad.budgets.tally.pabulib import Malformed, read
from buurtdraad.budgets.tally.report import as_json, as_lines
from buurtdraad.budgets.tally.rule import COMPLETIONS, KINDS, ORDERS, STOPS, UTILITIES, Rule, WrongRule, exactly

MALFORMED = 2


def amount(text: str) -> Fraction:
    """An exact amount on the command line: 1, 0.10 or 1/3."""
    try:
        return exactly(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount, such as 1, 0.10 or 1/3") from None


class Command(BaseCommand):
    """A file needs no database. Choices that are not given are those of the default rule, or of the round."""

    help = "Count a Pabulib file (or a round) and explain the outcome: who paid what for each winner, and what each loser lacked."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("what", metavar="FILE.pb", help="a Pabulib file, or the name of a round")
        parser.add_argument("--rule", choices=KINDS, dest="kind")
        parser.add_argument("--completion", choices=COMPLETIONS)
        parser.add_argument("--stop", choices=STOPS)
        parser.add_argument("--utility", choices=UTILITIES)
        parser.add_argument("--step", type=amount, help="what add1 adds to everybody's endowment, in units of currency (1)")
        parser.add_argument("--order", choices=ORDERS[1:], help="what the greedy count goes by")
        parser.add_argument("--sheet", metavar="RULE.json", help="a published rule: the choices that are not given here")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args, what, sheet, **options):
        try:
            election, rule = self.election(what)
            rule = replace(rule if sheet is None else self.published(sheet), **self.choices(options))
            result = count(election, rule)
        except (Malformed, WrongRule) as problem:
            raise CommandError(str(problem), returncode=MALFORMED) from problem
        except WrongElection as problem:
            raise CommandError(f"{what}: {problem}", returncode=MALFORMED) from problem
        explanation = explain(election, rule, result)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(election, rule, result, explanation), indent=1))
        else:
            for line in as_lines(election, rule, result, explanation):
                self.stdout.write(line)

    def election(self, what: str) -> tuple[Election, Rule]:
        """What to count, and by which rule if nothing else is said."""
        if what.endswith(".pb") or Path(what).exists():
            return read(what).election, Rule()
        from buurtdraad.budgets.queries.counted import election_named  # noqa: PLC0415 (a file needs no database)

        found = election_named(what)
        if found is None:
            raise CommandError(f"{what}: there is no such file, and no closed round of that name.", returncode=MALFORMED)
        return found

    def published(self, sheet: str) -> Rule:
        """The rule in this file."""
        try:
            facts = json.loads(Path(sheet).read_text())
            return Rule.from_dict(facts.get("rule", facts) if isinstance(facts, dict) else facts)
        except (OSError, ValueError, RecursionError) as problem:
            raise CommandError(f"{sheet}: {problem}", returncode=MALFORMED) from problem

    def choices(self, options):
        """The choices made on the command line."""
        return {name: options[name] for name in ("kind", "completion", "stop", "utility", "step", "order") if options[name] is not None}
