import csv
import datetime

import pytest

from buurtdraad.audit.models import Event
from buurtdraad.places import queries
from buurtdraad.places.actions import load, make_working_area
from buurtdraad.places.sources.table import areas_from_points
from buurtdraad.places.tests.shared import UTRECHT_TABLE, at, needs_shared

pytestmark = [pytest.mark.django_db, needs_shared]


def utrecht():
    with UTRECHT_TABLE.open(encoding="utf-8") as file:
        return areas_from_points(
            list(csv.DictReader(file)), municipality_code="GM0344", municipality_name="Utrecht", year=2025, source="CBS"
        )


def test_points_alone_give_a_city_on_all_three_levels():
    report = load(utrecht(), by=None, at=at())
    assert len(report.new) == 111 + 10 + 1
    city = queries.area_page("GM0344")
    assert (city.here.name, len(city.children), city.here.schematic) == ("Utrecht", 10, True)
    page = queries.area_page("BU03440241")
    assert [place.name for place in page.ancestors] == ["Utrecht", "Noordwest"]


def test_two_loads_of_one_table_change_nothing():
    load(utrecht(), by=None, at=at())
    report = load(utrecht(), by=None, at=at() + datetime.timedelta(days=1))
    assert (report.codes, report.unchanged, Event.objects.count()) == ([], 122, 1)


def test_a_working_area_is_the_union_of_its_members():
    load(utrecht(), by=None, at=at())
    make_working_area("zuilen-oost", "Zuilen-Oost", ["BU03440241", "BU03440242", "BU03440243"], by=None, at=at())
    assert [place.name for place in queries.children("zuilen-oost")] == [
        "Geuzenwijk",
        "Schaakbuurt en omgeving",
        "Queeckhovenplein en omgeving",
    ]
    assert queries.touched_by(["BU03440241"]) == {"BU03440241", "WK034402", "GM0344", "zuilen-oost"}
    make_working_area("zuilen-oost", "Zuilen-Oost", ["BU03440241", "BU03440242", "BU03440243"], by=None, at=at())
    assert Event.objects.count() == 2


def test_what_holds_for_a_place_is_told_above_it_and_below_it():
    load(utrecht(), by=None, at=at())
    make_working_area("zuilen-oost", "Zuilen-Oost", ["BU03440241", "BU03440242", "BU03440243"], by=None, at=at())
    assert queries.around(["zuilen-oost"]) >= {"zuilen-oost", "BU03440241", "WK034402", "GM0344"}
    assert "WK034403" not in queries.around(["WK034402"])
    assert queries.around(["GM0344"]) >= {"BU03440241", "WK034402", "WK034403", "GM0344"}
    assert queries.around([]) == set()
