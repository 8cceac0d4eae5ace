"""A small Utrecht to hang figures on, and the real samples where they are."""

import datetime
import os
from pathlib import Path

import pytest
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.figures.actions import load
from buurtdraad.figures.sources.rows import FigureRow, Origin
from buurtdraad.places.models import Area, AreaYear, Kind

REPOSITORY = Path(__file__).parents[4]


@pytest.fixture
def shared():
    """The folder with real data; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("BUURTDRAAD_SHARED") or REPOSITORY.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}")
    return folder


def make_area(code, kind, name, *, parent=None, municipality=None, year=2025):
    area = Area.objects.create(code=code, kind=kind)
    AreaYear.objects.create(area=area, year=year, name=name, parent=parent, municipality=municipality or area, loaded_at=timezone.now())
    return area


@pytest.fixture
def utrecht(db):
    """Utrecht with one district and ten neighbourhoods, BU03440201 to BU03440210."""
    city = make_area("GM0344", Kind.MUNICIPALITY, "Utrecht")
    district = make_area("WK034402", Kind.DISTRICT, "Noordwest", parent=city, municipality=city)
    for number in range(1, 11):
        make_area(f"BU034402{number:02}", Kind.NEIGHBOURHOOD, f"Buurt {number}", parent=district, municipality=city)
    return city


@pytest.fixture
def loader(db):
    return system_person("load_figures")


@pytest.fixture
def put(utrecht, loader):
    """Load rows given as (indicator, area, year, value or reason), as one source."""

    def loaded(*facts, **options):
        rows = [
            FigureRow(code, area, year, None, value) if isinstance(value, str) else FigureRow(code, area, year, value)
            for code, area, year, value in facts
        ]
        origin = options.pop("origin", Origin(source="CBS", table="84799NED"))
        return load(rows, origin=origin, by=loader, at=datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC), **options)

    return loaded
