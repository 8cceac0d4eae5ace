"""What can be asked of a list: nonsense is a wrong question and never an error of ours; what has a place can be drawn."""

import pytest

from buurtdraad.api import serving
from buurtdraad.api.answering import GEOJSON, JSON
from buurtdraad.api.building import questions_of
from buurtdraad.api.resources import RESOURCES

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
HOSTILE = [
    "\0", "🧵", "é", "' OR 1=1 --", "<script>", "-1", "9" * 30, "1e9", "nan", "0001-01-01", "9999-12-31", "2026-02-30", "[]", "%00",
    "x" * 5_000, "1\n", "",
]  # fmt: skip


@each
def test_nonsense_is_answered_or_a_wrong_question(resource, city, ask):
    names = [field.alias or name for name, field in questions_of(resource).model_fields.items()]
    for name in names:
        for value in HOSTILE:
            response = ask(f"/{resource.name}", **{name: value})
            assert response.status_code in {200, 400}, (name, value)
            if response.status_code == 400:
                assert name in {one["name"] for one in response.json()["invalidParams"]}


def test_a_question_that_nobody_knows_is_wrong(ask, db):
    for name in ("wat-is-dit", "cursor[]", "\0", "é" * 300, "__proto__", "", "aantal "):
        response = ask("/wensen", **{name: "x"})
        assert response.status_code == 400
        assert {one["name"] for one in response.json()["invalidParams"]} == {name[:60]}


@each
def test_a_key_that_is_none_is_not_there(resource, city, ask):
    for key in (*HOSTILE, "01", " 1", "1_0", "１", "a.b.c", "1.1.1", "...."):
        if not key.strip() or "/" in key or "\n" in key:
            continue
        response = ask(f"/{resource.name}/{key.replace('%', '%25').replace('?', '')}")
        assert response.status_code == 404, key
        assert response["Content-Type"] == "application/problem+json"


@each
def test_every_value_of_a_fixed_list_and_every_order_is_answered(resource, city, ask):
    for name, field in questions_of(resource).model_json_schema()["properties"].items():
        for part in (field, *field.get("anyOf", ())):
            values = part.get("enum", [part["const"]] if "const" in part else [])
            for value in values:
                if value != "geojson":
                    assert ask(f"/{resource.name}", **{name: value}).status_code == 200, (name, value)


SHAPES = {"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


@each
def test_what_has_a_place_can_be_drawn(resource, city, ask):
    drawn = ask(f"/{resource.name}", formaat="geojson")
    if "geometry" not in resource.schema.model_fields:
        assert drawn.status_code == 400
        return
    said = drawn.json()
    assert (drawn["Content-Type"], said["type"]) == (GEOJSON, "FeatureCollection")
    places = [feature["geometry"]["type"] for feature in said["features"] if feature["geometry"]]
    assert places
    assert set(places) <= SHAPES
    for feature in said["features"]:
        assert "geometry" not in feature["properties"]
    by_header = ask(f"/{resource.name}", headers={"Accept": GEOJSON})
    assert (by_header["Content-Type"], by_header.json()) == (GEOJSON, said)
    assert "Accept" in by_header["Vary"]
    one = ask(f"/{resource.name}/{resource.example}", formaat="geojson").json()
    assert one["type"] == "Feature"
    assert one["geometry"] is None or one["geometry"]["type"] in SHAPES


@pytest.mark.parametrize(
    ("accept", "of_wishes", "of_budgets"),
    [
        ("*/*", JSON, JSON),
        ("text/html", JSON, JSON),
        (f"{JSON};q=0.9, {GEOJSON};q=0.1", JSON, JSON),
        (f"{GEOJSON}, {JSON};q=0.9", GEOJSON, JSON),
        (f"{GEOJSON}, */*;q=0.1", GEOJSON, JSON),
        (GEOJSON, GEOJSON, "application/problem+json"),
    ],
)
def test_of_what_a_program_takes_it_gets_what_it_likes_best(accept, of_wishes, of_budgets, city, ask):
    got = [ask(path, headers={"Accept": accept})["Content-Type"] for path in ("/wensen", "/budgetten")]
    assert got == [of_wishes, of_budgets]


@pytest.mark.parametrize("code", ["", "BU 0344", "é"])
def test_a_code_that_can_be_none_is_told_so(client, db, code):
    response = client.get("/api/v1/wensen", {"gebied": code})
    assert response.status_code == 400
    assert response.json()["invalidParams"] == [{"name": "gebied", "reason": "is leeg, of heeft een teken dat hier niet kan"}]


def test_a_question_that_stands_twice_is_wrong(client, db):
    response = client.get("/api/v1/wensen?aantal=1&aantal=2")
    assert response.status_code == 400
    assert [one["name"] for one in response.json()["invalidParams"]] == ["aantal"]


def test_who_asks_too_often_waits(client, db, monkeypatch):
    monkeypatch.setattr(serving, "MOST", 2)
    statuses = [client.head("/api/v1/niets").status_code for _one in range(2)]
    refused = client.get("/api/v1/wensen")
    assert set(statuses) == {404}
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert int(refused["Retry-After"]) >= 1
    assert refused["RateLimit"] == f'"adres";r=0;t={refused["Retry-After"]}'
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused["RateLimit"].startswith('"adres";r=0')


def test_head_says_what_get_says_without_the_body(client, city):
    got, headed = client.get("/api/v1/wensen"), client.head("/api/v1/wensen")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed["ETag"] == got["ETag"]
    assert client.head("/api/v1/wensen/geen").status_code == 404
