"""Voortgangsrapporten: only what was published, from what was frozen."""

# ruff: noqa: F811 (a fixture is named like what it is)

import json

import pytest
from django.utils import timezone

from buurtdraad.api.tests.asking import ask, questions, rows
from buurtdraad.reports.actions.freezing import keep_parts
from buurtdraad.reports.conftest import anouk, areas, city_with_a_name, emine, joris, make_wish, noor  # noqa: F401
from buurtdraad.reports.models import Erratum, Report
from buurtdraad.reports.tests.conftest import approved, published, report, told  # noqa: F401
from buurtdraad.reports.tests.report_city import HOSTILE

pytestmark = pytest.mark.django_db


def test_a_report_that_is_not_published_is_not_there(approved):
    assert rows("voortgangsrapporten") == []


def test_a_report_says_each_sentence_with_its_numbers_and_what_they_count(published, noor, client):
    Erratum.objects.create(report=published, text="Er stond 12, het is 11.", by=noor.uuid, at=timezone.now())
    one = ask(f"voortgangsrapporten/{published.slug}")
    frozen = json.loads(Report.objects.get().frozen)
    assert one["sha256"] == published.digest or one["sha256"] == Report.objects.get().digest
    assert {each["kenmerk"] for each in one["cijfers"]} == set(frozen["figures"])
    assert all(each["uitleg"] and each["grenzen"] is not None for each in one["cijfers"])
    said = [line for part in one["delen"] for line in part["zinnen"]]
    assert any(line["cijfers"] for line in said)
    assert not [line for line in said for mark in line["cijfers"] if f"{{{mark}}}" in line["tekst"]]
    assert [each["tekst"] for each in one["verbeteringen"]] == ["Er stond 12, het is 11."]
    for file in ("pagina", "jsonBestand", "codeboek"):
        assert client.get("/" + one[file].split("/", 3)[3]).status_code == 200


def test_no_words_of_residents_are_in_a_report(published, client):
    assert "Een bank voor mij" not in client.get("/api/v1/voortgangsrapporten").content.decode()
    assert HOSTILE


def test_more_reports_ask_the_same(published):
    few = questions("voortgangsrapporten")
    kept = Report.objects.values().get()
    for number in range(3):
        one = kept | {"id": None, "uuid": f"00000000-0000-4000-8000-00000000000{number}", "slug": f"kopie-{number}", "stage": "approved"}
        keep_parts(Report.objects.create(**one))
    Report.objects.filter(stage="approved").update(stage="published")
    assert len(rows("voortgangsrapporten")) == 4
    assert questions("voortgangsrapporten") == few
