"""What every test starts with."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: no test asserts a time.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def dutch():
    """A request leaves its language behind; every test starts in Dutch."""
    with translation.override("nl"):
        yield


def pytest_terminal_summary(terminalreporter):
    """Say aloud when the browser tests did not run: a quiet skip looks like a pass."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"NO CHROMIUM: {len(skipped)} browser tests did not run. Install one, or name it: CHROMIUM=/path/to/chromium",
            red=True,
            bold=True,
        )
