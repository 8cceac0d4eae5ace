"""Whether a migration that is not released yet locks a large table for long: squawk reads the SQL of it.

Migrations of the list beside this file are accepted: they were there when the list was made, and a released one never changes.
Of the others only what is done to a large table counts; a small one is locked for a moment, whatever is done to it.
"""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tools" / "migrations_accepted.txt"
# Tables that have a hundred thousand rows or more in a large city.
LARGE = (
    "accounts_person", "accounts_session", "agendas_wish", "audit_event", "budgets_ballot", "budgets_register", "buurt_messages_mail",
    "buurt_messages_message", "figures_measurement", "fund_application", "money_entry", "works_work",
)  # fmt: skip
# What to do instead, by the name of squawk's rule; its other rules are about taste, or about databases that others write into.
INSTEAD = {
    "adding-field-with-default": "add the column nullable, fill it in parts by a job, and set it NOT NULL in a later version",
    "adding-required-field": "add the column nullable or with db_default, which changes no row",
    "adding-not-nullable-field": "first a CHECK (… IS NOT NULL) by AddConstraintNotValid and ValidateConstraint, then NOT NULL",
    "adding-foreign-key-constraint": "add the key with db_constraint=False, then the constraint NOT VALID and validated by RunSQL",
    "changing-column-type": "add a new column, fill it in parts by a job, and drop the old one in a later version",
    "constraint-missing-not-valid": "AddConstraintNotValid, and ValidateConstraint in the next migration (django.contrib.postgres)",
    "disallowed-unique-constraint": "make the unique index with AddIndexConcurrently first, or keep uniqueness by it alone",
    "require-concurrent-index-creation": "AddIndexConcurrently, in a migration with atomic = False (django.contrib.postgres)",
    "require-concurrent-index-deletion": "RemoveIndexConcurrently, in a migration with atomic = False (django.contrib.postgres)",
    "ban-concurrent-index-creation-in-transaction": "give the migration atomic = False",
    "renaming-column": "add a new column beside it; the version that still runs reads the old one",
    "renaming-table": "keep the table's name with Meta.db_table; the version that still runs reads the old one",
    "ban-drop-column": "drop it a version later than the one whose code stopped reading it",
}
# What the version that still runs stumbles over, however small the table is.
ALWAYS = {"renaming-column", "renaming-table", "ban-concurrent-index-creation-in-transaction"}


class Flaw(NamedTuple):
    """One statement of a migration that would hold people up."""

    rule: str
    statement: str

    def __str__(self) -> str:
        return f"{' '.join(self.statement.split())[:140]}\n  {self.rule}: {INSTEAD[self.rule]}"


def flaws(sql: str) -> list[Flaw]:
    """What is wrong with the SQL of one migration."""
    command = [Path(sys.executable).parent / "squawk", "--reporter", "json", "--pg-version", "17", "--stdin-filepath", "migration.sql"]
    ended = subprocess.run(command, input=sql, capture_output=True, text=True)
    try:
        said = json.loads(ended.stdout)
    except ValueError:
        raise RuntimeError(f"squawk says: {ended.stdout}{ended.stderr}") from None
    found = [Flaw(one["rule_name"], statement_at(sql, one["line"])) for one in said if one["rule_name"] in INSTEAD]
    return [flaw for flaw in found if flaw.rule in ALWAYS or concerns_large(flaw.statement)]


def statement_at(sql: str, line: int) -> str:
    """The statement that begins on this line (counted from 0)."""
    return "\n".join(sql.splitlines()[line:]).partition(";")[0]


def concerns_large(statement: str) -> bool:
    """Whether it changes a large table; one that a key only points to is locked too."""
    return any(re.search(rf"\b{table}\b", statement) for table in LARGE)


def not_accepted() -> list[tuple[str, str]]:
    """Room and name of each migration that the list does not hold."""
    held = {line for line in ACCEPTED.read_text().splitlines() if line and not line.startswith("#")}
    files = sorted(ROOT.glob("src/buurtdraad/*/migrations/[0-9]*.py"))
    return [(file.parts[-3], file.stem) for file in files if f"{file.parts[-3]}.{file.stem}" not in held]


def sql_of(room: str, name: str) -> str:
    from django.apps import apps  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    out = io.StringIO()
    label = next(config.label for config in apps.get_app_configs() if config.name == f"buurtdraad.{room}")
    call_command("sqlmigrate", label, name, stdout=out, no_color=True)
    return out.getvalue()


def main() -> int:
    """0 when no new migration holds people up."""
    new = not_accepted()
    if not new:
        return 0
    from buurtdraad import testing  # noqa: PLC0415 (starts a database, which Django asks while it writes the SQL)

    os.environ["SECRET_KEY"] = "only for this check, and nothing is kept"  # noqa: S105
    wrong = 0
    try:
        import django  # noqa: PLC0415

        django.setup()
        for room, name in new:
            for flaw in flaws(sql_of(room, name)):
                wrong += 1
                print(f"{room}/migrations/{name}.py: {flaw}")
    finally:
        testing.pytest_unconfigure()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
