"""The real product, served as `./run` serves it with the demo city, and a Chromium that visits it."""

import pytest

from buurtdraad.running.tests.serving import Folder
from tests.browser.visiting import Visitors


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


@pytest.fixture
def visit(window, product):
    """Visit a page as somebody: `visit("/", width=390, javascript=False)`. At the end nobody may have met an error."""
    visitors = Visitors(window, product)
    yield visitors.visit
    visitors.leave()
    assert visitors.met == []
