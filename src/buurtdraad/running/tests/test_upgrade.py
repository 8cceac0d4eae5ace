"""Data of an earlier version migrate to this one, and nothing of it is lost.

No version was released yet: what is migrated here is a state of the migrations of before (`earlier.py`). A release adds its state
there; `test_each_released_version_has_its_state` fails as long as it does not.
"""

import json
import re
import subprocess
import sys

import pytest

from buurtdraad.running.tests import earlier
from buurtdraad.running.tests.serving import ROOT, environment

# By version, the table of `earlier` that says where its migrations ended.
STATES: dict[str, dict] = {}
# Made by Django itself at the end of `migrate`.
OF_DJANGO = {"auth_permission", "django_content_type"}


def asked(url, *words):
    command = [sys.executable, "-P", "-m", *words]
    known = environment(DATABASE_URL=url, SECRET_KEY="k" * 50, DJANGO_SETTINGS_MODULE="buurtdraad.settings")
    ended = subprocess.run(command, env=known, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout


@pytest.mark.slow
def test_rows_of_an_earlier_state_are_all_there_after_migrating(cluster_of_a_city):
    url = cluster_of_a_city["owner"]
    before = json.loads(asked(url, "buurtdraad.running.tests.earlier"))
    filled = {table for table, rows in before.items() if rows} - OF_DJANGO
    assert "works_work" not in before
    assert {"accounts_person", "places_area", "buurt_messages_contact", "audit_event"} <= filled
    assert len(filled) >= 20, sorted(filled)
    asked(url, "django", "migrate")
    after = json.loads(asked(url, "buurtdraad.running.tests.earlier", "rows"))
    assert "works_work" in after
    for table in filled:
        assert len(after[table]) == len(before[table]), table
        for old, new in zip(before[table], after[table], strict=True):
            assert {name: new.get(name) for name in old} == old, table


def test_each_released_version_has_its_state():
    released = re.findall(r"^## (\d+\.\d+\.\d+)(?! \(not released yet\))", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert set(released) == set(STATES), "add where its migrations ended, and migrate from there"


def test_the_earlier_state_names_migrations_that_are_there():
    for room, name in earlier.EARLIER.items():
        assert name is None or (ROOT / "src/buurtdraad" / room / "migrations" / f"{name}.py").exists(), room
