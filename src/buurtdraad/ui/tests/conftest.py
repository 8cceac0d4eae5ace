"""Before the first test: the catalogues of this room are compiled where they are older than their source."""

import os
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation

from buurtdraad.ui import built

LOCALES = Path(__file__).parents[1] / "locale"


def compile_catalogue(source: Path) -> None:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    fresh = source.with_suffix(f".{os.getpid()}.tmp")
    with source.open("rb") as words, fresh.open("wb") as file:
        write_mo(file, read_po(words))
    fresh.rename(target)


for catalogue in LOCALES.glob("*/LC_MESSAGES/django.po"):
    compile_catalogue(catalogue)


@pytest.fixture(autouse=True)
def dutch():
    """A request leaves its language behind; every test starts in Dutch."""
    with translation.override("nl"):
        yield


def pytest_collection_modifyitems(items):
    if not (built.FOLDER / "manifest.json").exists():
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="the assets are not built: npm ci && node assets/build.mjs"))
