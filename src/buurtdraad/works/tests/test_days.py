"""Days as people write them in a project list."""

import datetime

import pytest

from buurtdraad.lib.tables.reading import RowRefused
from buurtdraad.works.sources.days import written_day


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("31-12-2027", "2027-12-31"), ("2027-12-31", "2027-12-31"), ("31/12/2027", "2027-12-31"), ("2027-12-31T00:00:00", "2027-12-31"),
        ("46752", "2027-12-31"), ("2027", "2027-12-31"), ("eind 2027", "2027-12-31"), ("mei 2027", "2027-05-31"),
        ("feb. 2028", "2028-02-29"), ("1 mei 2027", "2027-05-01"), ("Q3 2027", "2027-09-30"),
        ("3e kwartaal 2027", "2027-09-30"), ("2027-Q1", "2027-03-31"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text, last):
    assert written_day(text, last=True) == datetime.date.fromisoformat(last)


@pytest.mark.parametrize(("text", "first"), [("2027", "2027-01-01"), ("Q3 2027", "2027-07-01"), ("mei 2027", "2027-05-01")])
def test_of_a_period_the_first_day_can_be_meant(text, first):
    assert written_day(text, last=False) == datetime.date.fromisoformat(first)


@pytest.mark.parametrize("text", ["31-02-2027", "ooit", "30 februari 2027", "1899", "99999", "blu 2027", "0 mei 2027"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(RowRefused):
        written_day(text, last=True)


def test_nothing_is_no_day():
    assert written_day("  ", last=True) is None
