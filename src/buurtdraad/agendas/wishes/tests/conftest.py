"""A test types faster than a person, and asks no address service."""

import datetime

import pytest

from buurtdraad.lib import spam


@pytest.fixture
def typed_slowly(monkeypatch, settings):
    monkeypatch.setattr(spam, "QUICKEST", datetime.timedelta(0))
    settings.ADDRESS_SERVICE_URL = ""
