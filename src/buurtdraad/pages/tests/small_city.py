"""A small Utrecht: so many neighbourhoods side by side in one district, with figures of two years."""

from buurtdraad.accounts.actions import system_person
from buurtdraad.figures.actions import load as load_rows
from buurtdraad.figures.sources.rows import FigureRow, Origin
from buurtdraad.places.actions import load, make_working_area
from buurtdraad.places.tests.shapes import city, row
from buurtdraad.places.tests.shared import at

CITY, DISTRICT, FIRST = "GM0344", "WK034401", "BU03440101"
YEARS = (2020, 2025)
LANGUAGES = {"nl": "", "nl-x-simpel": "/nl-x-simpel", "en": "/en"}
# No code of ours: other kinds of letters, other places, other programs.
NO_CODES = [
    "BU99999999",
    "bu99999999",
    "BU0344010",
    "x" * 60,
    "x" * 5000,
    "%00",
    "BU03440101%00",
    "..",
    "%2e%2e%2fetc",
    "%27--",
    "<b>",
    "é",
    "-",
]


def code(number):
    return f"BU034401{number:02}"


def load_places(count=3, *, names=None, working_area=True):
    """Neighbourhoods `Buurt 1`, `Buurt 2`, ..., or with these names; the first lies at 52.005, 5.015."""
    rows = [row(number, name=name) for number, name in enumerate(names, start=1)] if names else city(count)
    load(rows, by=None, at=at())
    if working_area:
        make_working_area("west-zuid", "West-Zuid", [row.code for row in rows], by=None, at=at())


def load_figures(count=3, *, missing=""):
    """Inhabitants, homes and rented homes; `missing` says why the last neighbourhood has no rented homes in 2025."""
    rows = []
    for year in YEARS:
        for number, area in enumerate([CITY, DISTRICT, *map(code, range(1, count + 1))], start=1):
            secret = missing if area == code(count) and year == YEARS[-1] else ""
            rows += [
                FigureRow("inwoners", area, year, 1000 * number + year),
                FigureRow("woningen", area, year, 400 * number),
                FigureRow("huurwoningen", area, year, None if secret else 40 + number, secret),
            ]
    load_rows(rows, origin=Origin("CBS", table="85984NED"), by=system_person("load_figures"), at=at())


def load_city(count=3, **facts):
    load_places(count)
    load_figures(count, **facts)
