"""What every test starts with."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def dutch():
    """A request leaves its language behind; every test starts in Dutch."""
    with translation.override("nl"):
        yield
