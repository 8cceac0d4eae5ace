"""Voortgangsrapporten: only what was published, from what was frozen."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime
import json

import pytest
from django.conf import settings
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.api.tests.asking import ask, at, questions, rows, thread
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.actions.drafting import draft
from buurtdraad.reports.actions.freezing import keep_parts
from buurtdraad.reports.conftest import anouk, areas, city_with_a_name, emine, joris, make_wish, noor  # noqa: F401
from buurtdraad.reports.models import Erratum, Report
from buurtdraad.reports.tests.conftest import approved, published, report, told  # noqa: F401
from buurtdraad.reports.tests.report_city import HOSTILE, UNTIL

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


def test_a_wish_and_an_agreement_lead_to_the_report_that_counts_them_and_its_number_back(published, client):
    report = at(f"voortgangsrapporten/{published.slug}")
    done = Agreement.objects.get(what="Twee banken")
    assert report in thread("wensen/ZO-1", "vooruit")
    assert report in thread(f"afspraken/{done.pk}", "vooruit")
    assert report in thread("initiatieven/wilgentuin", "vooruit")
    # Clear before the period, so no number counts it.
    assert report not in thread("wensen/ZO-8", "vooruit")
    (number,) = (each for each in ask(report.partition("/api/v1/")[2])["cijfers"] if each["kenmerk"] == "wensen-op-tijd-zuilen-oost")
    listed = b"".join(client.get(number["rijen"].removeprefix(settings.SITE_URL)).streaming_content).decode()
    assert "/wensen/ZO-1/" in listed


def test_a_report_names_the_one_before_it(published, noor, joris, anouk):
    after = draft(from_on=UNTIL, until_on=UNTIL + datetime.timedelta(days=90), by=noor, at=timezone.now())
    assert after.before == published
    reviewing.send_to_read(after, by=noor, at=timezone.now())
    reviewing.say_read(after, by=joris, at=timezone.now())
    reviewing.approve(after, by=anouk, at=timezone.now())
    reviewing.publish(after, by=noor, at=timezone.now())
    before = f"voortgangsrapporten/{published.slug}"
    assert (ask(before)["vorig"], ask(f"voortgangsrapporten/{after.slug}")["vorig"]) == (None, at(before))
    assert ask(before)["draad"] == {"terug": [], "vooruit": []}


def test_a_draft_is_on_no_thread(approved):
    assert not [url for url in thread("wensen/ZO-1", "vooruit") if "voortgangsrapporten" in url]


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
