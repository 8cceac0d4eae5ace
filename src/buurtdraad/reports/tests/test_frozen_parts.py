"""What was frozen stands in parts too: they say exactly what the frozen text says, and a page reads no more than it shows."""

import importlib
import json

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.models import FrozenRow, FrozenText, Mention
from buurtdraad.reports.queries import frozen
from buurtdraad.reports.queries.content import canonical
from buurtdraad.reports.tests.test_standing import ANSWERS

pytestmark = pytest.mark.django_db


def together(report):
    """The frozen text, put together again from its parts."""
    text = frozen.told(report)
    text.pop("annex")
    for name, one in text["lists"].items():
        one["rows"] = list(frozen.rows_in(report, text, name))
        assert one.pop("number") == len(one["rows"]), name
    for mark, one in text["figures"].items():
        one["rows"] = frozen.places_behind(report, mark)
        assert one.pop("number") == len(one["rows"]), mark
    return canonical(text)


def test_the_parts_together_are_the_frozen_text(published):
    assert FrozenRow.objects.filter(report=published).exists()
    assert together(published) == published.frozen


def test_the_rows_behind_a_number_come_in_the_order_of_its_places(published):
    text, content = frozen.told(published), json.loads(published.frozen)
    places = content["figures"][ANSWERS]["rows"]
    rows = content["lists"]["wensen"]["rows"]
    assert places
    assert list(frozen.rows_at(published, text, "wensen", places)) == [rows[place] for place in places]
    assert list(frozen.rows_at(published, text, "wensen", places[::-1])) == [rows[place] for place in places[::-1]]


def test_a_report_that_a_version_before_published_is_read_whole(approved):
    assert not FrozenText.objects.exists(), "what is approved may still be taken back"
    content, text = json.loads(approved.frozen), frozen.told(approved)
    rows = content["lists"]["wensen"]["rows"]
    assert list(frozen.rows_in(approved, text, "wensen")) == rows
    assert list(frozen.rows_at(approved, text, "wensen", [1, 0])) == [rows[1], rows[0]]
    assert text["figures"] == frozen.text_of(content)["figures"]


def test_a_migration_makes_the_same_parts_of_what_was_frozen_before(published):
    migration = importlib.import_module("buurtdraad.reports.migrations.0007_frozen_parts")
    assert canonical(migration.text_of(json.loads(published.frozen))) == FrozenText.objects.get().content


def test_a_migration_makes_the_same_mentions_of_what_was_frozen_before(published):
    migration = importlib.import_module("buurtdraad.reports.migrations.0009_mentions")
    kept = set(Mention.objects.values_list("page", "chapter", "title", "said__0__1"))
    assert {"/wensen/ZO-1/", "/initiatieven/wilgentuin/"} <= {page for page, *_told in kept}
    with connection.cursor() as cursor:
        # The trigger comes after that migration.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_mention DISABLE TRIGGER reports_mention_stays")
        Mention.objects.all().delete()
        migration.keep_mentions(apps, None)
    assert set(Mention.objects.values_list("page", "chapter", "title", "said__0__1")) == kept


def test_what_goes_slower_is_cut_on_the_page_and_says_so(approved, client, noor, monkeypatch):
    whole = len(frozen.annex_of(json.loads(approved.frozen))["slower"])
    assert whole > 1
    monkeypatch.setattr(frozen, "MOST_SLOWER", 1)
    reviewing.publish(approved, by=noor, at=timezone.now())
    page = client.get(f"/voortgang/{approved.slug}/").text
    assert f"Dit zijn de eerste 1 van de {whole}." in page
    assert "In de bestanden hieronder staan ze allemaal." in page


@pytest.mark.parametrize(
    ("rest", "most"), [("", 5), (f"cijfer/{ANSWERS}/", 7), ("cijfers.csv", 2), ("lijst/wensen.csv", 4), ("codeboek.json", 2)]
)
def test_no_page_reads_the_whole_text(published, client, rest, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most) as asked:
        b"".join(client.get(f"/voortgang/{published.slug}/{rest}"))
    assert not [one["sql"] for one in asked.captured_queries if '"frozen"' in one["sql"].split(" FROM ")[0]]
