import re

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from buurtdraad.places import geometry

BOX = shapely.box(5.0, 52.0, 5.2, 52.1)
longitudes = st.floats(3.3, 7.3)
latitudes = st.floats(50.7, 53.6)
inside_box = st.tuples(st.integers(1, 199), st.integers(1, 99)).map(lambda at: (5 + at[0] / 1000, 52 + at[1] / 1000))


def corners_of(path):
    """The corners that an SVG path of relative moves passes, ring by ring."""
    rings = []
    for start_x, start_y, moves in re.findall(r"M(\d+) (\d+)l([-\d ]*)z", path):
        x, y = int(start_x), int(start_y)
        ring = [(x, y)]
        numbers = [int(number) for number in re.findall(r"-?\d+", moves)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        rings.append(ring)
    return rings


@given(longitudes, latitudes)
def test_the_frame_is_true_to_scale_within_three_percent(longitude, latitude):
    x, y = geometry.to_frame(longitude, latitude)
    _, further_y = geometry.to_frame(longitude, latitude - 0.1)
    assert x >= 0
    assert further_y - y == pytest.approx(1112, abs=2)


def test_south_is_downward_and_a_kilometre_is_a_hundred_units():
    here, south = geometry.to_frame(5.1, 52.15), geometry.to_frame(5.1, 52.15 - 1 / 111.195)
    assert south[1] - here[1] == pytest.approx(100, abs=1)


@settings(max_examples=60)
@given(st.lists(st.tuples(longitudes, latitudes), min_size=3, max_size=12, unique=True))
def test_an_outline_passes_the_corners_of_its_boundary(points):
    hull = shapely.MultiPoint(points).convex_hull
    assume(hull.geom_type == "Polygon" and hull.area > 1e-3)
    path, frame = geometry.outline(hull)
    expected = {geometry.to_frame(*at) for at in hull.exterior.coords}
    assert set(corners_of(path)[0]) == expected
    assert frame == (
        min(x for x, _ in expected),
        min(y for _, y in expected),
        max(x for x, _ in expected),
        max(y for _, y in expected),
    )


def test_holes_and_islands_are_rings_of_the_same_path():
    ring = BOX.difference(shapely.box(5.05, 52.03, 5.1, 52.06))
    path, _ = geometry.outline(shapely.union_all([ring, shapely.box(5.3, 52.0, 5.4, 52.1)]))
    assert len(corners_of(path)) == 3
    assert re.fullmatch(r"[Mlz\d \-]+", path)


def test_what_is_smaller_than_a_unit_is_still_drawn():
    path, frame = geometry.outline(shapely.box(5.1, 52.1, 5.10001, 52.10001))
    assert len(corners_of(path)[0]) == 4
    assert frame[2] - frame[0] == 1


def test_a_sound_boundary_is_left_as_it_is():
    assert geometry.mend(BOX) is BOX or geometry.mend(BOX).equals_exact(BOX)


def test_a_small_spike_is_mended():
    spiked = shapely.Polygon([(5, 52), (5.1, 52), (5.1, 52.1), (5.2, 52.1), (5.1, 52.1), (5, 52.1)])
    assert not spiked.is_valid
    assert geometry.mend(spiked).equals(shapely.box(5, 52, 5.1, 52.1))


@pytest.mark.parametrize(
    ("boundary", "reason"),
    [
        (shapely.Polygon(), "empty"),
        (None, "empty"),
        (shapely.Point(5, 52), "not a polygon"),
        (shapely.Polygon([(5, 52), (5.1, 52.1), (5.1, 52), (5, 52.1)]), "crosses itself"),
        (shapely.Polygon([(5, 52), (5.1, 52), (5.2, 52)]), "encloses nothing"),
        (shapely.Polygon([(5, 52), (5.1, 52), (float("inf"), 52.1)]), "without coordinates"),
    ],
)
def test_a_broken_boundary_says_why(boundary, reason):
    with pytest.raises(geometry.Unmendable, match=reason):
        geometry.mend(boundary)


def test_shared_borders_stay_shared():
    wavy = [(5.1 + 0.000002 * (number % 3), 52 + number / 1000) for number in range(101)]
    left = shapely.Polygon([(5.0, 52.1), (5.0, 52.0), *wavy])
    right = shapely.Polygon([(5.2, 52.1), (5.2, 52.0), *wavy])
    simpler = geometry.simplified_together([left, right])
    assert sum(shapely.get_num_coordinates(shape) for shape in simpler) < 120
    assert shapely.coverage_is_valid(geometry.in_frame(simpler))
    assert simpler[0].intersection(simpler[1]).area == 0


def test_boundaries_that_overlap_are_simplified_each_by_itself():
    simpler = geometry.simplified_together([BOX, shapely.box(5.1, 52.0, 5.3, 52.1)])
    assert [shape.is_valid for shape in simpler] == [True, True]


def test_hectares_agree_with_a_square_kilometre():
    height = 1 / 111.267
    width = 1 / (111.412_84 * 0.615_66)
    assert geometry.hectares(shapely.box(5, 52, 5 + width, 52 + height)) == pytest.approx(100, rel=0.005)


@settings(max_examples=40)
@given(st.lists(inside_box, min_size=1, max_size=30, unique=True), st.booleans(), st.data())
def test_cells_cover_the_outline_without_overlap_and_hold_their_points(points, sized, data):
    sizes = data.draw(st.lists(st.floats(1, 5000), min_size=len(points), max_size=len(points))) if sized else None
    cells = geometry.voronoi(points, BOX, sizes=sizes)
    assert all(cell.is_valid and cell.area > 0 for cell in cells)
    assert sum(cell.area for cell in cells) == pytest.approx(BOX.area, rel=1e-4)
    assert shapely.union_all(cells).area == pytest.approx(BOX.area, rel=1e-4)
    assert all(cell.buffer(1e-6).contains(shapely.Point(at)) for cell, at in zip(cells, points, strict=True))


def test_the_same_points_give_the_same_cells():
    points = [(5.02, 52.02), (5.1, 52.05), (5.15, 52.08), (5.03, 52.07)]
    first = geometry.voronoi(points, BOX, sizes=[10, 200, 30, 40])
    assert [cell.wkb for cell in first] == [cell.wkb for cell in geometry.voronoi(points, BOX, sizes=[10, 200, 30, 40])]


@pytest.mark.parametrize(("points", "reason"), [([(5.1, 52.05)] * 2, "same point"), ([(5.1, 52.05), (9, 52)], "outside")])
def test_points_that_cannot_be_told_apart_are_refused(points, reason):
    with pytest.raises(ValueError, match=reason):
        geometry.voronoi(points, BOX)


@settings(max_examples=40)
@given(st.lists(inside_box, min_size=1, max_size=30, unique=True))
def test_a_soft_outline_is_one_piece_around_all_points(points):
    around = geometry.soft_outline(points)
    assert around.geom_type == "Polygon"
    assert not around.interiors
    assert all(around.contains(shapely.Point(at)) for at in points)
