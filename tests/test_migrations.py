"""Migrations lock no large table for long, as far as their SQL tells."""

import sys

import pytest
from django.apps import apps

from tests.reading import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import migrations_locked


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ('CREATE INDEX "x" ON "audit_event" ("verb")', "require-concurrent-index-creation"),
        ('ALTER TABLE "budgets_ballot" ADD COLUMN "x" bigint NOT NULL', "adding-required-field"),
        ('ALTER TABLE "agendas_wish" ADD COLUMN "x" uuid DEFAULT gen_random_uuid()', "adding-field-with-default"),
        ('ALTER TABLE "audit_event" ALTER COLUMN "x" TYPE bigint', "changing-column-type"),
        ('ALTER TABLE "money_entry" ADD CONSTRAINT "c" CHECK ("x" > 3)', "constraint-missing-not-valid"),
        ('ALTER TABLE "audit_event" ALTER COLUMN "x" SET NOT NULL', "adding-not-nullable-field"),
        ('ALTER TABLE "small" RENAME COLUMN "x" TO "y"', "renaming-column"),
    ],
)
def test_what_would_hold_people_up_is_seen_and_says_what_to_do_instead(sql, rule):
    found = migrations_locked.flaws(f"BEGIN;\n--\n-- Do it\n--\n{sql};\nCOMMIT;\n")
    assert rule in {flaw.rule for flaw in found}
    assert all(migrations_locked.INSTEAD[flaw.rule] in str(flaw) for flaw in found)


@pytest.mark.parametrize(
    "sql",
    [
        'CREATE INDEX "x" ON "method_run" ("verb")',
        'CREATE TABLE "new" ("id" bigint PRIMARY KEY); CREATE INDEX "x" ON "new" ("id")',
        'ALTER TABLE "agendas_wish" ADD COLUMN "x" bigint NULL',
        'ALTER TABLE "agendas_wish" ADD COLUMN "x" bigint DEFAULT 3 NOT NULL; ALTER TABLE "agendas_wish" ALTER COLUMN "x" DROP DEFAULT',
        'ALTER TABLE "agendas_wish" ADD CONSTRAINT "c" CHECK ("x" > 3) NOT VALID',
        'ALTER TABLE "method_run" ALTER COLUMN "x" SET NOT NULL',
    ],
)
def test_what_takes_a_moment_is_left_alone(sql):
    assert migrations_locked.flaws(f"BEGIN;\n{sql};\nCOMMIT;\n") == []


def test_without_a_transaction_an_index_may_be_made_while_people_write():
    assert migrations_locked.flaws('CREATE INDEX CONCURRENTLY "x" ON "audit_event" ("verb");\n') == []


def test_the_large_tables_are_there():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(migrations_locked.LARGE) <= known


def test_the_list_names_only_migrations_that_are_there():
    held = {line for line in migrations_locked.ACCEPTED.read_text().splitlines() if line and not line.startswith("#")}
    there = {f"{file.parts[-3]}.{file.stem}" for file in ROOT.glob("src/buurtdraad/*/migrations/[0-9]*.py")}
    assert held <= there, "a migration that was accepted never changes its name"
