import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.ui.charts import bar, line, meter, nice_scale, sparkline

HOSTILE = "</svg><script>alert(1)</script>\"'&"
values = st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9), st.just(float("nan"))), max_size=12)


def parsed(chart):
    return ElementTree.fromstring(f"<div>{chart}</div>")


def draw(name, numbers, text="zin"):
    return {
        "sparkline": lambda: sparkline(numbers, beside=numbers[::-1], sentence=text),
        "line": lambda: line(range(len(numbers)), numbers, label=text, sentence=text, beside=numbers, beside_label=text, unit=text),
        "bar": lambda: bar([(text, number) for number in numbers], own=text, sentence=text, unit=text),
        "meter": lambda: meter(numbers[0] if numbers else None, sentence=text),
    }[name]()


@pytest.mark.parametrize("name", ["sparkline", "line", "bar", "meter"])
@pytest.mark.parametrize(
    "numbers", [[], [None], [0], [5.0], [5.0, 6.0], [None, 3.0, None], [1, None, 2, 3], [7, 7, 7], [-4, 5], [1e9, 1e-9]]
)
def test_every_chart_is_well_formed_with_any_number_of_points(name, numbers):
    text = draw(name, numbers)
    parsed(text)
    assert "nan" not in text
    assert "inf" not in text


@pytest.mark.parametrize("name", ["sparkline", "line", "bar", "meter"])
def test_hostile_text_stays_text(name):
    chart = draw(name, [0.3, 0.6], HOSTILE)
    assert "<script" not in chart
    assert any(element.get("aria-label") == HOSTILE for element in parsed(chart).iter())


@given(values)
def test_every_chart_is_well_formed_for_any_figures(numbers):
    for name in ("sparkline", "line", "bar", "meter"):
        parsed(draw(name, numbers))


@pytest.mark.parametrize("name", ["sparkline", "line", "bar", "meter"])
def test_a_chart_says_in_one_sentence_what_it_shows_and_needs_no_style_or_id(name):
    chart = draw(name, [0.3, 0.6], "Het gaat beter.")
    assert 'role="img" aria-label="Het gaat beter."' in chart
    assert not re.search(r"\s(style|id|on\w+)=", chart)


def test_a_gap_in_the_figures_is_a_gap_in_the_line():
    chart = line([1, 2, 3, 4, 5], [1, 2, None, 4, 5], label="a", sentence="b")
    path = parsed(chart).find(".//path").get("d")
    assert path.count("M") == 2
    assert chart.count("<circle") == 4


def test_a_single_point_is_drawn_as_a_point_without_a_line():
    chart = line([2026], [6.8], label="a", sentence="b", decimals=1)
    assert "<path" not in chart
    assert chart.count("<circle") == 1


def test_without_figures_a_sentence_says_so():
    assert "Er zijn nog geen cijfers." in line([], [], label="a", sentence="b")
    assert sparkline([None], sentence="b") == ""


def test_direct_labels_never_lie_on_each_other():
    chart = line([1, 2], [5, 6.0], label="a", beside=[5, 6.01], beside_label="b", sentence="c", decimals=2)
    tops = [float(text.get("y")) for text in parsed(chart).iter("text") if "endlabel" in text.get("class", "")]
    assert abs(tops[0] - tops[1]) >= 22


def test_as_many_figures_as_periods():
    with pytest.raises(ValueError, match="2 periods need as many values, not 1"):
        line([1, 2], [1], label="a", sentence="b")


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_scale_holds_every_figure_and_has_few_steps(one, other, decimals):
    low, high = sorted((one, other))
    scale = nice_scale(low, high, decimals)
    slack = 1e-6 * max(1, abs(low), abs(high))
    assert scale.low <= low + slack
    assert scale.high >= high - slack
    assert 2 <= len(scale.ticks) <= 8


def test_what_is_over_full_is_drawn_as_full():
    assert 'width="100"' in meter(1.7, sentence="a")
    assert 'width="0"' in meter(-1, sentence="a")


def test_large_figures_get_more_room():
    assert "buurt-plot--wide" in line([1, 2], [100_000, 200_000], label="a", sentence="b", unit=" euro")
    assert "buurt-plot--wide" not in line([1, 2], [34, 41], label="a", sentence="b", unit="%")


def test_bars_of_parts_are_drawn_to_the_whole():
    drawn = str(bar([("voor", 30), ("tegen", 10)], sentence="30 voor, 10 tegen", whole=40))
    assert 'width="75%"' in drawn
    assert 'width="25%"' in drawn
