"""The real product, served as `./run` serves it with the demo city, and a Chromium that visits it."""

import pytest

from buurtdraad.running.tests.serving import Folder
from tests.browser.visiting import QUIET, Visitors


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def product(chromium):
    """The address of the demo city. The address service is off, so that nothing asks outside."""
    folder = Folder()
    try:
        yield f"http://127.0.0.1:{folder.serve(DEMO=1, ADDRESS_SERVICE_URL='', CITY_PHONE='14 030').ready().port}"
    finally:
        folder.remove()


@pytest.fixture(scope="module")
def window(chromium):
    """One Chromium for a file of tests: no longer, for Playwright keeps an event loop that Django's own tests must not meet."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def visit(window, product):
    """Visit a page as somebody: `visit("/", width=390, javascript=False)`. At the end nobody may have met an error."""
    visitors = Visitors(window, product)
    yield visitors.visit
    visitors.leave()
    assert visitors.met == []
