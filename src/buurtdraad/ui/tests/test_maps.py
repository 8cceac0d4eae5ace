from xml.etree import ElementTree

import pytest
from django.utils import translation

from buurtdraad.ui.maps import Shape, area_map

HOSTILE = "</svg><script>alert(1)</script>\"'&"


def square(i, **facts):
    x, y = 1000 * (i % 20), 1000 * (i // 20)
    given = {
        "code": f"B{i}",
        "name": f"Buurt {i}",
        "url": f"/buurten/B{i}/",
        "outline": f"M{x} {y}L{x + 1000} {y}L{x + 1000} {y + 1000}L{x} {y + 1000}Z",
        "level": 1 + i % 4,
        "value_text": f"cijfer {i}",
    }
    return Shape(**given | facts)


def parsed(text):
    return ElementTree.fromstring(text.replace("<!DOCTYPE html>", ""))


def areas(text):
    return [link for link in parsed(text).iter("a") if "buurt-map__area" in link.get("class", "")]


@pytest.mark.parametrize("count", [1, 111, 350])
def test_every_area_is_a_link_with_its_name_and_figure(count):
    text = area_map([square(i) for i in range(count)], title="Kaart")
    assert len(areas(text)) == count
    assert areas(text)[0].get("aria-label") == "Buurt 0: cijfer 0"
    assert areas(text)[0].get("href") == "/buurten/B0/"
    assert text.count("<li><a") == count


def test_the_current_area_is_marked_and_lies_on_top():
    text = area_map([square(i) for i in range(5)], title="Kaart", current="B2")
    last = areas(text)[-1]
    assert last.get("aria-current") == "true"
    assert last.get("aria-label") == "Buurt 2: cijfer 2. U bekijkt dit gebied"


def test_the_map_shows_the_union_of_the_areas():
    text = area_map([square(0, frame=(0, 0, 1000, 1000)), square(21)], title="Kaart")
    left, top, width, height = (int(n) for n in parsed(text).find(".//svg[@role='group']").get("viewBox").split())
    assert left < 0
    assert top < 0
    assert 2000 < width < 2200
    assert 2000 < height < 2200


def test_an_area_without_a_boundary_is_in_the_list_only():
    text = area_map([square(0), square(1, outline="")], title="Kaart")
    assert len(areas(text)) == 1
    assert "Buurt 1" in text


def test_without_any_boundary_there_is_an_open_list():
    text = area_map([square(0, outline="")], title="Kaart", schematic=True)
    assert "buurt-map__area" not in text
    assert "<details" in text
    assert " open>" in text
    assert "Schematische" not in text


@pytest.mark.parametrize("outline", ['M0 0"/><script>alert(1)</script>', "url(#x)", "M0 0", "M0 0L1 1 <b>", "MZ", "M 1 Z", ""])
def test_an_outline_that_is_no_drawing_is_not_drawn(outline):
    text = area_map([square(0, outline=outline), square(1)], title="Kaart")
    assert len(areas(text)) == 1
    assert "<script" not in text


def test_hostile_names_stay_text():
    text = area_map([square(0, name=HOSTILE, code=HOSTILE, value_text=HOSTILE)], title=HOSTILE, current=HOSTILE, classes=[(1, HOSTILE)])
    assert "<script" not in text
    assert areas(text)[0].get("aria-label").startswith(f"{HOSTILE}: {HOSTILE}")


def test_an_area_without_a_figure_is_hatched_and_in_the_legend():
    text = area_map([square(0, level=0), square(1)], title="Kaart", classes=[(1, "laag")])
    hatched = [link for link in areas(text) if link.find("path").get("fill", "").startswith("url(#hatch-")]
    assert len(hatched) == 1
    assert "geen cijfer" in text


def test_a_schematic_map_says_so():
    assert "Schematische kaart: de grenzen zijn niet echt." in area_map([square(0)], title="Kaart", schematic=True)
    assert "Schematische" not in area_map([square(0)], title="Kaart")


def test_a_name_is_on_the_map_only_where_it_fits():
    shapes = [square(0, name="Kort"), *(square(i) for i in range(1, 20)), square(40, name="Een heel lange naam van een buurt")]
    labels = [text.text for text in parsed(area_map(shapes, title="Kaart")).iter("text")]
    assert "Een heel lange naam van een buurt" not in labels


def test_coordinates_are_numbers_for_machines_in_every_language():
    with translation.override("nl"):
        text = area_map([square(0), square(25)], title="Kaart")
    for label in parsed(text).iter("text"):
        assert label.get("x").isdigit()
    assert "," not in parsed(text).find(".//pattern").get("width")
