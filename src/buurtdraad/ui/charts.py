"""Charts as SVG made on the server: no script, no inline style, no ids, as wide as the page gives.

Every function takes plain numbers (None is a gap) and one sentence that says what the picture shows; it returns
SafeString in which every text is escaped. The caller gives the same figures as a table (`details`), for who cannot see.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from buurtdraad.ui.numbers import as_text

type Values = Sequence[float | None]

LEAST_SPAN = 0.5
PLOT_HEIGHT = 260  # pixels
LABEL_HEIGHT = 22  # pixels that a direct label needs
ROW_HEIGHT = 52  # pixels of one bar with its label
NARROW = 6  # characters of a figure with its unit that fit in the small margin
LABEL_LENGTH = 20  # characters of a name beside its line


@dataclass(frozen=True)
class Scale:
    """From a value to a place in percent: high values at the top."""

    low: float
    high: float
    ticks: tuple[float, ...] = field(default=())

    def y(self, value: float) -> float:
        return 100 - 100 * (value - self.low) / (self.high - self.low)


def sparkline(values: Values, *, sentence: str, beside: Values = ()) -> SafeString:
    """A small line without axes; `beside` is the comparison, dashed. Nothing at all when there is no figure."""
    known = numbers_in(values)
    if not known:
        return mark_safe("")
    every = known + numbers_in(beside)
    scale = fair_scale(min(every), max(every))
    last = max(i for i, value in enumerate(values) if is_number(value))
    return format_html(
        '<svg class="buurt-spark" width="100%" height="52" role="img" aria-label="{}">{}'
        '<circle class="buurt-dot" cx="{}%" cy="{}%" r="5"/></svg>',
        sentence,
        strokes(scale, values, beside),
        two(x_at(last, len(values))),
        two(scale.y(known[-1])),
    )


def line(
    periods: Sequence[str | int],
    values: Values,
    *,
    label: str,
    sentence: str,
    beside: Values = (),
    beside_label: str = "",
    decimals: int = 0,
    unit: str = "",
) -> SafeString:
    """How a figure went: the own area solid with dots, the comparison dashed with squares, each named at its end.

    `values` and `beside` are as long as `periods`, oldest first. `unit` comes straight after a number ("%").
    One point is drawn as a point; without any figure a sentence says so.
    """
    if len(values) != len(periods) or (beside and len(beside) != len(periods)):
        raise ValueError(f"{len(periods)} periods need as many values, not {len(values)} and {len(beside)}")
    every = numbers_in(values) + numbers_in(beside)
    if not every:
        return no_figure()
    scale = nice_scale(min(every), max(every), decimals)
    wide = any(len(as_text(tick, decimals) + unit) > NARROW for tick in scale.ticks)
    parts = [
        grid(scale, decimals, unit),
        years(periods),
        strokes(scale, values, beside),
        points(scale, values, '<circle class="buurt-dot" cx="{}%" cy="{}%" r="4.5"/>'),
        points(scale, beside, '<rect class="buurt-sq" x="{}%" y="{}%" width="8" height="8" transform="translate(-4 -4)"/>'),
        end_labels(scale, (values, label), (beside, beside_label), decimals, unit),
    ]
    return format_html(
        '<div class="buurt-plot{}"><svg class="buurt-trend" width="100%" height="{}" role="img" aria-label="{}">{}</svg></div>',
        " buurt-plot--wide" if wide else "",
        PLOT_HEIGHT,
        sentence,
        joined(parts),
    )


def bar(
    rows: Sequence[tuple[str, float | None]],
    *,
    sentence: str,
    own: str | None = None,
    decimals: int = 0,
    unit: str = "",
    whole: float = 0.0,
) -> SafeString:
    """Lying bars, each with its name and value above it, in the order given; the row named `own` stands out. All start at zero.

    The longest fills the width; with a `whole`, of which the rows are parts, only a bar of all of it does.
    """
    known = [value for _name, value in rows if is_number(value)]
    if not known:
        return no_figure()
    low, high = min(0.0, *known), max(0.0, whole, *known)
    width = (high - low) or 1
    drawn = [
        bar_row(index, name, value, own=name == own, zero=-low / width, share=(value or 0) / width, text=as_text(value, decimals) + unit)
        for index, (name, value) in enumerate(rows)
    ]
    return format_html(
        '<svg class="buurt-bars" width="100%" height="{}" role="img" aria-label="{}">{}</svg>',
        ROW_HEIGHT * len(rows),
        sentence,
        joined(drawn),
    )


def meter(share: float | None, *, sentence: str) -> SafeString:
    """How full something is, from 0 (empty) to 1 (full); what lies outside is drawn as empty or full."""
    if not is_number(share):
        return no_figure()
    return format_html(
        '<svg class="buurt-meter" role="img" aria-label="{}" preserveAspectRatio="none" viewBox="0 0 100 10">'
        '<rect width="{}" height="10"/></svg>',
        sentence,
        two(100 * min(1, max(0, share or 0))),
    )


# --- parts -----------------------------------------------------------------------------------


def bar_row(index: int, name: str, value: float | None, *, own: bool, zero: float, share: float, text: str) -> SafeString:
    top = index * ROW_HEIGHT
    start, length = (zero, share) if share >= 0 else (zero + share, -share)
    shape = '<rect class="buurt-bars__track" x="0" y="{0}" width="100%" height="16" rx="3"/>'
    if is_number(value):
        shape += '<rect class="buurt-bars__bar{3}" x="{1}%" y="{0}" width="{2}%" height="16" rx="3"/>'
    return format_html(
        shape + '<text class="buurt-bars__label" x="0" y="{4}">{5}</text>'
        '<text class="buurt-bars__value" x="100%" y="{4}" text-anchor="end">{6}</text>',
        top + 26,
        two(100 * start),
        two(100 * length),
        " buurt-bars__bar--own" if own else "",
        top + 18,
        shortened(name, 34),
        text if is_number(value) else _("no figure"),
    )


def grid(scale: Scale, decimals: int, unit: str) -> SafeString:
    places = max(decimals, 1) if any(tick != round(tick) for tick in scale.ticks) else 0
    return format_html_join(
        "",
        '<line class="buurt-grid" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>'
        '<text class="buurt-axis" x="-10" y="{0}%" dy="5" text-anchor="end">{1}{2}</text>',
        ((two(scale.y(tick)), as_text(tick, places), unit) for tick in scale.ticks),
    )


def years(periods: Sequence[str | int]) -> SafeString:
    """Names under the line; on a phone only the first, the middle and the last."""
    count = len(periods)
    keep = {0, count - 1, (count - 1) // 2}
    step = max(1, math.ceil(count / 10))
    shown = [(i, period) for i, period in enumerate(periods) if i in keep or i % step == 0]
    return format_html_join(
        "",
        '<text class="buurt-axis{}" x="{}%" y="100%" dy="24" text-anchor="middle">{}</text>',
        (("" if i in keep else " buurt-axis--minor", two(x_at(i, count)), period) for i, period in shown),
    )


def strokes(scale: Scale, values: Values, beside: Values) -> SafeString:
    """Both lines in a box that stretches with the page while their strokes keep their width."""
    lines = [
        format_html('<path class="buurt-line buurt-line--{}" d="{}"/>', kind, path)
        for kind, numbers in (("beside", beside), ("own", values))
        if (path := path_through(scale, numbers))
    ]
    if not lines:
        return mark_safe("")
    return format_html(
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">{}</svg>', joined(lines)
    )


def path_through(scale: Scale, values: Values) -> str:
    """The drawing commands: a gap ends a stretch, and a stretch of one point is no line."""
    stretches: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if is_number(value):
            stretches[-1].append(f"{two(x_at(i, len(values)))} {two(scale.y(value))}")
        elif stretches[-1]:
            stretches.append([])
    return "".join("M" + "L".join(stretch) for stretch in stretches if len(stretch) > 1)


def points(scale: Scale, values: Values, shape: str) -> SafeString:
    marks = ((two(x_at(i, len(values))), two(scale.y(value))) for i, value in enumerate(values) if is_number(value))
    return format_html_join("", shape, marks)


def end_labels(scale: Scale, own: tuple[Values, str], beside: tuple[Values, str], decimals: int, unit: str) -> SafeString:
    """The last figure and the name beside each line; moved apart where they would lie on each other."""
    ends = [
        (scale.y(known[-1]) / 100 * PLOT_HEIGHT, kind, as_text(known[-1], decimals) + unit, name)
        for kind, (values, name) in (("own", own), ("beside", beside))
        if (known := numbers_in(values))
    ]
    ends.sort()
    close = LABEL_HEIGHT - (ends[1][0] - ends[0][0]) if len(ends) == 2 else 0
    aside = [0.0] if len(ends) == 1 else [-max(0, close) / 2, max(0, close) / 2]
    return format_html_join(
        "",
        '<text class="buurt-endlabel buurt-endlabel--{}" x="100%" dx="12" y="{}" dy="6">{}<tspan class="buurt-endname"> {}</tspan></text>',
        ((kind, two(y + move), text, shortened(name, LABEL_LENGTH)) for (y, kind, text, name), move in zip(ends, aside, strict=False)),
    )


def no_figure() -> SafeString:
    return format_html('<p class="buurt-nofigure">{}</p>', _("There are no figures to show yet."))


# --- numbers ---------------------------------------------------------------------------------


def fair_scale(low: float, high: float) -> Scale:
    """A scale without ticks that makes no cliff of a small change: it spans at least half of the largest figure."""
    span = max((high - low) * 1.36, max(abs(low), abs(high)) * LEAST_SPAN) or 1
    middle = (low + high) / 2
    return Scale(middle - span / 2, middle + span / 2)


def nice_scale(low: float, high: float, decimals: int) -> Scale:
    """A scale of three to six round steps that holds both ends; never finer than the figures are."""
    finest = 10.0**-decimals
    step = nice_step(max((high - low) / 4, finest))
    start, end = math.floor(low / step), math.ceil(high / step)
    if end - start < 2:
        start, end = start - 1, end + 1
    if low >= 0:
        start = max(start, 0)
    ticks = tuple(round(i * step, 10) for i in range(start, end + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... (and of 0.5, 0.2, ...) that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def x_at(index: int, count: int) -> float:
    """Place of a point in percent; a single point stands in the middle."""
    return 100 * index / (count - 1) if count > 1 else 50.0


def is_number(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def numbers_in(values: Values) -> list[float]:
    return [float(value) for value in values if value is not None and math.isfinite(value)]


def two(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def shortened(text: str, most: int) -> str:
    text = str(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def joined(parts: Sequence[SafeString] | Iterator[SafeString]) -> SafeString:
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 (each part is escaped here)
