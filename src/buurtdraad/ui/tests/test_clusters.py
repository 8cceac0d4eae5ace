"""Circles on a map: none covers another, however many and wherever they are."""

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from buurtdraad.ui.clusters import Circle, Spot, apart, cluster_map
from buurtdraad.ui.maps import Shape

SQUARE = "M{0} 0L{1} 0L{1} 100L{0} 100Z"
PLACES = some.builds(Spot, some.integers(0, 300).map(float), some.integers(0, 300).map(float), some.floats(5, 60))


def square(number, name="Geuzenwijk"):
    return Shape(f"BU{number}", name, "", SQUARE.format(number * 100, number * 100 + 100))


@given(some.lists(PLACES, max_size=25))
def test_no_circle_covers_another(spots):
    placed = apart(spots, 3)
    assert len(placed) == len(spots)
    for one, other in combinations(placed, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= (one.r + other.r) * 0.999
    assert all(spot.r <= before.r for spot, before in zip(placed, spots, strict=True))


def test_circles_that_have_room_stay_where_they_are():
    spots = [Spot(0, 0, 10), Spot(100, 0, 10)]
    assert apart(spots, 5) == spots


def test_a_circle_is_a_link_that_says_what_it_counts():
    drawn = cluster_map([square(1)], [Circle("BU1", 38, "Geuzenwijk: 38 wensen", "/wensen/?buurt=BU1")], title="Wensen")
    assert '<a href="/wensen/?buurt=BU1" class="buurt-map__cluster" aria-label="Geuzenwijk: 38 wensen">' in drawn
    assert ">38</text>" in drawn
    assert ">Geuzenwijk</text>" in drawn


def test_an_area_without_anything_or_without_an_outline_has_no_circle():
    circles = [Circle("BU1", 0, "", "/a"), Circle("BU2", 3, "", "/b"), Circle("BU9", 3, "", "/c")]
    assert "buurt-map__cluster" not in cluster_map([square(1), Shape("BU2", "Zonder", "")], circles, title="Wensen")
    assert not cluster_map([Shape("BU2", "Zonder", "")], circles, title="Wensen")


def test_a_hundred_areas_stay_small_and_apart():
    shapes = [square(number, f"Buurt {number}") for number in range(100)]
    circles = [Circle(shape.code, number + 1, shape.name, "/wensen/") for number, shape in enumerate(shapes)]
    drawn = cluster_map(shapes, circles, title="Wensen")
    assert drawn.count("buurt-map__cluster") == 100
    assert len(drawn) < 60_000


def test_hostile_names_and_outlines_are_text_or_not_drawn():
    hostile = '"><script>alert(1)</script>'
    shapes = [square(1, hostile), Shape("BU2", "Vals", "", 'M0 0"/><script>Z')]
    drawn = cluster_map(shapes, [Circle("BU1", 3, hostile, hostile), Circle("BU2", 3, "", "")], title=hostile, current="BU1")
    assert "<script>" not in drawn
    assert drawn.count("buurt-map__cluster") == 1
