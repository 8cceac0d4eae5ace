"""What every test starts with."""

import os
import shutil

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from buurtdraad import testing

# A busy machine is no fault of the code: no test asserts a time.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The databases of the tests are copies of the one in which all migrations ran already (`buurtdraad.testing`)."""
    connection.settings_dict["TEST"]["TEMPLATE"] = testing.PREPARED
    # Fifty people at once wait longer for a connection on a busy machine, which is no fault either.
    connection.settings_dict["OPTIONS"]["pool"] |= {"timeout": 300}


@pytest.fixture(autouse=True)
def dutch():
    """A request leaves its language behind; every test starts in Dutch."""
    with translation.override("nl"):
        yield


NO_CHROMIUM = "no Chromium on this machine (name one: CHROMIUM=/path/to/chromium)"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    """Where the browser is. One that is named has to be there; only where none is found its tests do not run, which is said aloud."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named) or pytest.fail(f"CHROMIUM names no program: {named}")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip(NO_CHROMIUM)
    return found


@pytest.fixture(scope="module")
def window(chromium):
    """One Chromium for a file of tests: no longer, for Playwright keeps an event loop that Django's own tests must not meet."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 (slow to import; most runs need no browser)

    expect.set_options(timeout=60_000)  # a click does not wait until the next page is all there: what is expected on it may
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def browser(django_db_setup, window):
    """The same for pages that `live_server` serves from the test's own database: Django takes that loop for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield window
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def pytest_terminal_summary(terminalreporter):
    """Say aloud when the browser tests did not run: a quiet skip looks like a pass."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"NO CHROMIUM: {len(skipped)} browser tests did not run. Install one, or name it: CHROMIUM=/path/to/chromium",
            red=True,
            bold=True,
        )
