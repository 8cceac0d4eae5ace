"""What each collection tells, and what its filters leave."""

import datetime

import pytest

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.api.tests.city import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def keys(response):
    assert response.status_code == 200, response.content
    return {one["url"].rpartition("/")[2] for one in response.json()["results"]}


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("gebieden", {"soort": "working_area"}, {"zuilen-oost"}),
        ("gebieden", {"in": "zuilen-oost"}, {"BU03440241"}),
        ("gebieden", {"in": "WK034402"}, {"BU03440241", "BU03440242", "BU03440243"}),
        ("gebieden", {"jaar": 1999}, set()),
        ("cijfers", {"gebied": "zuilen-oost", "jaar": 2024}, {"zuilen-oost.inwoners.2024", "BU03440241.inwoners.2024"}),
        ("cijfers", {"indicator": "geheim"}, set()),
        ("wensen", {"gebied": "GM0344"}, {"NO-1", "NO-2", "NO-3"}),
        ("wensen", {"gebied": "BU03440242"}, set()),
        ("wensen", {"beantwoord": "true"}, set()),
        ("wensen", {"gegevenVanaf": "2026-03-01", "gegevenTot": "2026-03-01"}, {"NO-1", "NO-2", "NO-3"}),
        ("wensen", {"gegevenVanaf": "2026-03-02"}, set()),
        ("bijeenkomsten", {"stand": "closed", "tot": "2026-03-01"}, {"1", "2", "3"}),
        ("bijeenkomsten", {"vanaf": "2026-03-02"}, set()),
        ("onderwerpen", {"opgave": "jeugd", "geldtNu": "true"}, {"1", "2", "3"}),
        ("onderwerpen", {"geldtNu": "false"}, set()),
        ("afspraken", {"onderwerp": 2}, {"2"}),
        ("afspraken", {"teLaat": "true"}, {"1", "2", "3"}),
        ("afspraken", {"teLaat": "false"}, set()),
        ("initiatieven", {"stap": "stopped"}, {"wilgentuin", "wilgentuin-2", "wilgentuin-3"}),
        ("initiatieven", {"stap": "idea"}, set()),
    ],
)
def test_a_filter_leaves_what_was_asked(path, query, expected, ask):
    assert keys(ask(f"/{path}", **query)) == expected


@pytest.mark.parametrize(
    ("path", "name"), [("wensen", "gebied"), ("onderwerpen", "gebied"), ("partners", "gebied"), ("werken", "gebied"), ("gebieden", "in")]
)
def test_a_code_of_no_area_is_no_place_where_nothing_happens(path, name, ask):
    response = ask(f"/{path}", **{name: "BU0344241"})
    assert response.status_code == 400
    assert response.json()["invalidParams"] == [{"name": name, "reason": "is de code van geen gebied: zie gebieden"}]


def test_an_area_is_as_it_is_now_or_as_it_was_in_a_year(ask):
    now, then = ask("/gebieden/BU03440241").json(), ask("/gebieden/BU03440241", jaar=2024).json()
    assert (now["naam"], then["naam"]) == ("BU03440241 in 2025", "BU03440241 in 2024")
    assert (now["ligtIn"], now["gemeente"], now["hectare"], now["geometry"]) == ("WK034402", "GM0344", 75.5, None)
    assert ask("/gebieden/BU03440241", jaar=1999).status_code == 404


def test_an_area_names_the_working_areas_in_which_it_lies(ask):
    assert ask("/gebieden/BU03440241").json()["werkgebieden"] == ["zuilen-oost"]
    assert ask("/gebieden/zuilen-oost").json()["werkgebieden"] == []


def test_a_boundary_comes_when_it_is_asked(ask):
    shape = ask("/gebieden/BU03440241", geometrie="true").json()["geometry"]
    assert shape["type"] == "Polygon"
    assert [5.091235, 52.1] in shape["coordinates"][0]
    assert ask("/gebieden", formaat="geojson").json()["features"][0]["geometry"] == shape
    assert ask("/wensen/NO-1", geometrie="true").status_code == 400


def test_a_figure_tells_its_unit_and_source_or_why_it_is_not_there(ask):
    one = ask("/cijfers/BU03440241.inwoners.2025").json()
    assert (one["waarde"], one["eenheid"], one["bron"], one["licentie"]) == (3025.0, "mensen", "CBS 84799NED", "CC BY 4.0")
    empty = ask("/cijfers/GM0344.inwoners.2024").json()
    assert (empty["waarde"], empty["waaromLeeg"]["code"]) == (None, "secret")


def test_an_agreement_names_organisations_only_and_not_who_said_no(ask):
    who = ask("/afspraken/1").json()["wie"]
    assert sorted(one["naam"] for one in who) == ["De Vechtoever", "bewoner", "gemeente", "ondernemer", "partner"]
    assert [one["naam"] for one in who if one["zeiJa"]] == ["De Vechtoever"]


def test_an_agreement_that_was_done_is_not_late(ask):
    Agreement.objects.filter(pk=1).update(stage="done", done_on=AT.date() + datetime.timedelta(days=9))
    assert ask("/afspraken/1").json()["teLaat"] is False
    assert keys(ask("/afspraken", teLaat="false")) == {"1"}


def test_the_thread_goes_forth_and_back(ask):
    meeting = ask("/bijeenkomsten/1").json()
    assert [one["titel"] for one in meeting["draad"]["terug"]] == ["Een bank op plein 1."]
    ahead = ask("/onderwerpen/1").json()["draad"]
    assert {one["soort"] for one in ahead["vooruit"]} == {"afspraken", "initiatieven"}
    assert {one["soort"] for one in ahead["terug"]} == {"wensen"}
    for one in (*ahead["vooruit"], *ahead["terug"]):
        assert ask(one["url"]).status_code == 200


def test_an_outcome_tells_how_many_came_and_not_who(ask):
    assert ask("/bijeenkomsten/1").json()["uitkomst"]["mensen"] == {"code": "11-25", "naam": "11 tot 25 mensen"}


def test_a_reason_that_nobody_read_yet_does_not_come_out(ask):
    assert ask("/initiatieven/wilgentuin").json()["waarom"] == ""


def test_a_wish_that_was_joined_leads_to_the_one_in_which_it_goes_on(city, ask):
    one, other = [wish["nummer"] for wish in ask("/wensen", aantal=2).json()["results"]]
    head = Wish.objects.get(reference=other)
    Wish.objects.filter(reference=one).update(head=head, merged_into=head)
    told = ask(f"/wensen/{one}").json()
    assert told["samengevoegdMet"] == other
    assert f"/wensen/{other}" in {step["url"].partition("/api/v1")[2] for step in told["draad"]["vooruit"]}
    back = ask(f"/wensen/{other}").json()["draad"]["terug"]
    assert f"/wensen/{one}" in {step["url"].partition("/api/v1")[2] for step in back}
    listed = {asked: {wish["nummer"] for wish in ask("/wensen", samengevoegd=asked).json()["results"]} for asked in ("true", "false")}
    assert listed["true"] == {one}
    assert one not in listed["false"]
    assert other in listed["false"]
