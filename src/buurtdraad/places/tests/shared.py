"""The real files that tests read, where they are; a test that needs one is skipped where they are not."""

import datetime
import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("BUURTDRAAD_SHARED") or Path(__file__).parents[4].parent / "shared")
PLACES = SHARED / "data" / "places"
CONTRACTS = SHARED / "data" / "contracts"
NATIONAL = SHARED / "data" / "national" / "buurten_2016_vereenvoudigd.geojson.gz"
GEOPACKAGE = CONTRACTS / "GECONSTRUEERD_wijkenbuurten_utrecht_2025.gpkg"
UTRECHT_TABLE = SHARED / "design" / "utrecht.csv"

needs_shared = pytest.mark.skipif(not PLACES.exists(), reason=f"the shared files are not at {SHARED} (set BUURTDRAAD_SHARED)")


def at() -> datetime.datetime:
    """The moment at which tests do things."""
    return datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
