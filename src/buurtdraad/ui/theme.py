"""The look that a city mounts: a file of design tokens and a logo, and the contract that keeps every theme readable.

The contract is WCAG 2.2: text stands out from its ground by 4.5 to 1 (1.4.3), parts that carry meaning by 3 to 1 (1.4.11).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from buurtdraad.ui import built

TEXT, PART = 4.5, 3.0
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}

# (what stands on it, the ground, least contrast, where one sees it)
CONTRACT = (
    ("--buurt-color-text", "--buurt-color-paper", TEXT, "text on the page"),
    ("--buurt-color-text", "--buurt-color-surface", TEXT, "text on a tinted part"),
    ("--buurt-color-muted", "--buurt-color-paper", TEXT, "grey text on the page"),
    ("--buurt-color-muted", "--buurt-color-surface", TEXT, "grey text on a tinted part"),
    ("--buurt-color-accent", "--buurt-color-paper", TEXT, "links and buttons on the page"),
    ("--buurt-color-accent", "--buurt-color-accent-softer", TEXT, "links on the tinted head of a page"),
    ("--buurt-color-on-accent", "--buurt-color-accent", TEXT, "text in the menu and on buttons"),
    ("--buurt-color-on-accent", "--buurt-color-accent-strong", TEXT, "the current entry of the menu"),
    ("--buurt-color-good", "--buurt-color-good-soft", TEXT, "a badge of what goes well"),
    ("--buurt-color-watch", "--buurt-color-watch-soft", TEXT, "a badge of what needs a look"),
    ("--buurt-color-bad", "--buurt-color-bad-soft", TEXT, "an error and its badge"),
    ("--buurt-chart-city", "--buurt-color-paper", TEXT, "the comparison in a chart"),
    ("--buurt-map-text", "--buurt-seq-1", TEXT, "names on the lightest class of a map"),
    ("--buurt-map-text", "--buurt-seq-2", TEXT, "names on the second class of a map"),
    ("--buurt-map-text", "--buurt-seq-3", TEXT, "names on the third class of a map"),
    ("--buurt-color-on-accent", "--buurt-seq-4", TEXT, "names on the darkest class of a map"),
    ("--buurt-color-focus-line", "--buurt-color-focus", PART, "the ring around what has the focus"),
    ("--buurt-color-step-line", "--buurt-color-paper", PART, "steps that are still to come"),
)
NAMED = {"black": "#000", "white": "#fff", "red": "#f00", "navy": "#000080", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0"}
LONGEST_CHAIN = 20

type Colour = tuple[float, float, float]


class ThemeUnreadable(Exception):  # noqa: N818
    """A token is missing or holds what is no plain colour; the message names it."""


@dataclass(frozen=True)
class Pair:
    """One pair of the contract, measured. `problem` says in plain words what is wrong; empty when it is right."""

    above: str
    below: str
    least: float
    where: str
    ratio: float | None
    problem: str


def measured(css: str) -> list[Pair]:
    """Every pair of the contract for the neutral theme with this token file over it."""
    tokens = default_tokens() | declarations(css)
    return [measure(tokens, *row) for row in CONTRACT]


def measure(tokens: Mapping[str, str], above: str, below: str, least: float, where: str) -> Pair:
    try:
        ratio = contrast(colour(tokens, above), colour(tokens, below))
    except ThemeUnreadable as unreadable:
        return Pair(above, below, least, where, None, str(unreadable))
    if ratio < least:
        problem = f"{where}: {above} on {below} has a contrast of {ratio:.2f} to 1, at least {least:g} to 1 is needed"
        return Pair(above, below, least, where, ratio, problem)
    return Pair(above, below, least, where, ratio, "")


@cache
def default_tokens() -> dict[str, str]:
    """The tokens of the neutral theme, as built."""
    return declarations((built.FOLDER / built.manifest()["app.css"]).read_text())


def declarations(css: str) -> dict[str, str]:
    """Every custom property of the text; the last of a name wins, as in a browser."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)", without_comments)}


def theme_class(css: str) -> str:
    """The class that the token file hangs on (`.amsterdam-theme`), for the page to carry; empty when it is `:root`."""
    found = re.search(r"\.([a-z][\w-]*-theme)\b", css)
    return found[1] if found else ""


@cache
def mounted(path: Path | None) -> tuple[str, str]:
    """Of a mounted token file: the class it hangs on, and a mark of its content for the address. Read once per process."""
    if path is None:
        return "", ""
    css = path.read_text()
    return theme_class(css), hashlib.sha256(css.encode()).hexdigest()[:10]


# --- colours ---------------------------------------------------------------------------------


def colour(tokens: Mapping[str, str], token: str) -> Colour:
    """The colour that a token stands for, through `var()` chains: red, green, blue from 0 to 1. Raises `ThemeUnreadable`."""
    return parsed(resolved(tokens, f"var({token})", token), token)


def resolved(tokens: Mapping[str, str], value: str, token: str) -> str:
    for _ in range(LONGEST_CHAIN):
        link = re.fullmatch(r"var\(\s*(--[\w-]+)\s*(?:,\s*(.+))?\)", value)
        if not link:
            return value
        name, fallback = link.groups()
        found = tokens.get(name, fallback)
        if found is None:
            raise ThemeUnreadable(f"{token} leads to {name}, which has no value")
        value = found.strip()
    raise ThemeUnreadable(f"{token} goes round in a circle")


def parsed(value: str, token: str) -> Colour:
    value = NAMED.get(value.lower(), value.lower())
    if match := re.fullmatch(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", value):
        digits = match[1] if len(match[1]) > 4 else "".join(d * 2 for d in match[1])
        if digits[6:] in ("", "ff"):
            red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
            return red, green, blue
    if match := re.fullmatch(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", value):
        red, green, blue = (min(int(part), 255) / 255 for part in match.groups())
        return red, green, blue
    raise ThemeUnreadable(f"{token} is '{value}': write it as #rrggbb or rgb(r, g, b), without transparency")


def contrast(one: Colour, other: Colour) -> float:
    """Contrast by WCAG, from 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(rgb: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
