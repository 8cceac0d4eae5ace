"""The API as a whole: what there is, and how it says what is wrong."""

import pytest
from django.test import Client

from buurtdraad.api.resources import RESOURCES

pytestmark = pytest.mark.django_db


def test_the_start_names_every_collection(client):
    said = client.get("/api/v1").json()
    assert [one["naam"] for one in said["verzamelingen"]] == [one.name for one in RESOURCES]


def test_all_that_is_wrong_is_said_at_once_and_in_dutch(client):
    response = client.get("/api/v1/wensen?sorteer=x&aantal=0&foo=1&gegevenVanaf=k")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    wrong = {one["name"]: one["reason"] for one in response.json()["invalidParams"]}
    assert set(wrong) == {"sorteer", "aantal", "foo", "gegevenVanaf"}
    assert wrong["foo"] == "bestaat hier niet"
    assert wrong["aantal"] == "moet ten minste 1 zijn"


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/wensen/", "/api/v1/wensen/ZO-1", "/api/v1/niets", "/api/v1/wensen/ZO-1/x"])
def test_what_is_not_there_is_a_problem_too(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/openapi.json", "/api/v1/wensen", "/api/v1/wensen/ZO-1", "/api/v1/niets"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_and_a_problem_says_so(method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_what_is_unchanged_is_not_sent_again(client):
    first = client.get("/api/v1/wensen")
    again = client.get("/api/v1/wensen", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/api/v1/wensen")["ETag"] == first["ETag"]


def test_every_site_may_read_and_sees_how_much_is_left(client):
    response = client.get("/api/v1/wensen")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["API-Version"] == "1.0.0"
    assert response["RateLimit"] == '"adres";r=599;t=1'
    before = client.options("/api/v1/wensen")
    assert before.status_code == 204
    assert "If-None-Match" in before["Access-Control-Allow-Headers"]
    assert int(before["Access-Control-Max-Age"]) > 3600
