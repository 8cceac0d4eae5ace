"""The files: what is in them, that they cannot trick a spreadsheet, and that they are sent while they are read."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.tables.reading import FORMULA
from buurtdraad.pages.opening.datasets import BY_KEY
from buurtdraad.pages.opening.table import facts_of
from buurtdraad.pages.opening.tests.conftest import GEUZENWIJK, NOW
from buurtdraad.pages.tests.small_city import load_city

pytestmark = pytest.mark.django_db
FILES = [(key, form) for key, dataset in BY_KEY.items() for form in dataset.forms]


def content(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.streaming
    return response.getvalue().decode("utf-8-sig")


@pytest.mark.parametrize("key", BY_KEY)
def test_a_csv_file_has_every_row_and_no_cell_that_a_spreadsheet_runs(client, city, key):
    head, *rows = csv.reader(io.StringIO(content(client, f"/en/open-data/{key}.csv")))
    assert head == BY_KEY[key].names
    assert len(rows) == facts_of([BY_KEY[key]])[0][1].rows
    assert not [cell for row in rows for cell in row if FORMULA.match(cell) and not cell.startswith("'")]


def test_a_dutch_csv_file_opens_in_a_dutch_spreadsheet(client, city):
    assert content(client, "/open-data/wensen.csv").splitlines()[0].startswith("reference;url;area;")


@pytest.mark.parametrize("key", BY_KEY)
def test_a_json_file_has_every_row_and_its_licence(client, city, key):
    found = json.loads(content(client, f"/open-data/{key}.json"))
    assert found["licence"] == BY_KEY[key].licence.url
    assert len(found["rows"]) == facts_of([BY_KEY[key]])[0][1].rows
    assert all(list(row) == BY_KEY[key].names for row in found["rows"])


@pytest.mark.parametrize("key", [key for key, dataset in BY_KEY.items() if dataset.has_place])
def test_a_geojson_file_has_a_feature_for_each_row(client, city, key):
    found = json.loads(content(client, f"/open-data/{key}.geojson"))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == facts_of([BY_KEY[key]])[0][1].rows
    assert {feature["type"] for feature in found["features"]} == {"Feature"}


def test_boundaries_of_areas_are_in_the_geojson_file(client):
    load_city()
    found = json.loads(content(client, "/open-data/gebieden.geojson"))
    kinds = {one["properties"]["code"]: (one["geometry"] or {}).get("type") for one in found["features"]}
    assert kinds["BU03440101"] in {"Polygon", "MultiPolygon"}


def test_a_point_stands_longitude_first(client, city, make_wish):
    make_wish("Een bank", point=(52.1, 5.1))
    features = json.loads(content(client, "/open-data/wensen.geojson"))["features"]
    assert [one["geometry"]["coordinates"] for one in features if one["geometry"]] == [
        [pytest.approx(5.1, abs=0.01), pytest.approx(52.1, abs=0.01)]
    ]


def test_figures_are_numbers_or_say_why_not(client):
    load_city(missing="secret")
    rows = json.loads(content(client, "/open-data/cijfers.json"))["rows"]
    assert {type(row["value"]) for row in rows} <= {int, float, type(None)}
    assert [row["missing"] for row in rows if row["value"] is None] == ["secret"]
    assert {row["licence"] for row in rows} == {"CC BY 4.0"}


def test_decisions_are_those_of_the_register(client, city):
    [row] = json.loads(content(client, "/open-data/besluiten.json"))["rows"]
    assert (row["granted"], row["determined"], row["organisation"], row["initiative"]) == (100, None, "", "wilgentuin")


def test_of_a_budget_only_what_was_made_known_is_promised(client, city):
    rows = json.loads(content(client, "/open-data/budgetten.json"))["rows"]
    assert [row["promised"] for row in rows if row["name"] == "Initiatievenfonds"] == [100]


def test_the_thread_goes_on_in_the_files(client, city):
    def rows(key):
        return json.loads(content(client, f"/open-data/{key}.json"))["rows"]

    [topic] = rows("onderwerpen")
    [agreement] = rows("afspraken")
    assert topic["wishes"] == [city.wish.reference]
    assert agreement["topic"] == topic["id"]
    assert agreement["organisations"] == ["De Vechtoever"]


def test_a_wish_that_was_hidden_after_a_report_is_in_no_file(client, city, make_wish, hamid, areas):
    from buurtdraad.accounts.models import Report
    from buurtdraad.accounts.moderation.states import Reason, Stage

    Report.objects.create(
        thing=f"wish:{city.wish.reference}", area=areas[GEUZENWIJK], reason=Reason.OTHER, stage=Stage.HIDDEN, made_at=timezone.now(),
        decided_at=timezone.now(), why="Het is niet waar.",
    )  # fmt: skip
    assert city.wish.reference not in content(client, "/open-data/wensen.csv")
    assert city.wish.reference not in content(client, "/open-data/onderwerpen.csv")


@pytest.mark.parametrize(("key", "form"), FILES)
def test_a_file_takes_as_many_queries_with_many_rows_as_with_few(client, city, make_wish, make_initiative, make_work, key, form):  # noqa: PLR0917 (rows of each)
    counts = []
    for more in range(2):
        for number in range(3 * more):
            make_wish(f"Wens {number}")
            make_initiative(f"Plan {number}")
            make_work(f"Werk {number}")
        with CaptureQueriesContext(connection) as queries:
            content(client, f"/open-data/{key}.{form}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


def test_rows_are_read_in_chunks_and_never_all_at_once(client, city, make_wish):
    dataset = BY_KEY["wensen"]
    Wish.objects.bulk_create(
        Wish(reference=f"VEEL-{number}", area=city.here, text="Een bank", showing="shown", given_at=NOW, answer_by=NOW.date())
        for number in range(2_500)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        assert sum(1 for _row in dataset.rows()) == 2_501
    assert "DECLARE" in queries[0]["sql"] or len(queries) == 1


def test_everybody_may_read_a_file_from_a_page_elsewhere(client, city):
    response = client.get("/open-data/wensen.json")
    response.getvalue()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
