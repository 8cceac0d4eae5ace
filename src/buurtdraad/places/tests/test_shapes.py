"""In which neighbourhoods lines, areas and points lie."""

import pytest
import shapely
from django.utils import timezone

from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.places.queries import areas_under

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_squares():
    city = Area.objects.create(code="GM0344", kind=Kind.MUNICIPALITY)
    AreaYear.objects.create(area=city, year=2025, name="Utrecht", municipality=city, loaded_at=timezone.now())
    for number, code in enumerate(("BU03440001", "BU03440002")):
        area = Area.objects.create(code=code, kind=Kind.NEIGHBOURHOOD)
        boundary = shapely.to_wkb(shapely.box(5 + number, 52, 6 + number, 53))
        AreaYear.objects.create(area=area, year=2025, name=code, municipality=city, boundary=boundary, loaded_at=timezone.now())


@pytest.mark.parametrize(
    ("wkt", "codes"),
    [
        ("LINESTRING (5.1 52.1, 5.9 52.1)", ["BU03440001"]),
        ("LINESTRING (5.5 52.1, 6.5 52.1)", ["BU03440001", "BU03440002"]),
        ("LINESTRING (5.1 52.1, 6.01 52.1)", ["BU03440001"]),
        ("LINESTRING (6 52.2, 6 52.8)", ["BU03440001", "BU03440002"]),
        ("POLYGON ((5.9 52.1, 6.1 52.1, 6.1 52.2, 5.9 52.2, 5.9 52.1))", ["BU03440001", "BU03440002"]),
        ("POINT (6 52.5)", ["BU03440001"]),
        ("LINESTRING (8 52, 9 52)", []),
    ],
)
def test_a_shape_lies_where_a_part_of_it_lies(wkt, codes):
    assert areas_under([shapely.to_wkb(shapely.from_wkt(wkt))], "GM0344") == [codes]


def test_many_shapes_are_one_question(django_assert_num_queries):
    line = shapely.to_wkb(shapely.from_wkt("LINESTRING (5.1 52.1, 5.9 52.1)"))
    with django_assert_num_queries(2):
        assert areas_under([line] * 100, "GM0344") == [["BU03440001"]] * 100


def test_a_city_that_is_not_there_holds_nothing():
    assert areas_under([shapely.to_wkb(shapely.Point(5.5, 52.5))], "GM9999") == [[]]
    assert areas_under([], "GM0344") == []
