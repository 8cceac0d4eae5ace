"""The room on its own: a city with a name, so that the frame asks no database."""

from pathlib import Path

import pytest

from buurtdraad.ui import built


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_PHONE = "Utrecht", "14 030"


def pytest_collection_modifyitems(items):
    if not (built.FOLDER / "manifest.json").exists():
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="the assets are not built: npm ci && node assets/build.mjs"))
