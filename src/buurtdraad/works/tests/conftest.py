"""Tom at the pages of this room; and the jobs that wait, as the tests of messages see them."""

import pytest

from buurtdraad.messages.tests.conftest import jobs  # noqa: F401


@pytest.fixture
def page(signed_in, tom):
    """What Tom sees at an address, on one line."""
    client = signed_in(tom)
    return lambda path: " ".join(client.get(path).text.split())


@pytest.fixture
def by_tom(signed_in, tom):
    """What Tom does."""
    return signed_in(tom)
