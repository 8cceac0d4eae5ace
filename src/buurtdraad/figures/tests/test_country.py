"""The whole country as a load test."""

import datetime

import pytest

from buurtdraad.figures.actions import load
from buurtdraad.figures.models import Measurement
from buurtdraad.figures.sources import open_file
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.places.models import Area

FILE = "kwb_2020_84799NED_TypedDataSet.parquet"


def test_a_parquet_file_that_breaks_off_is_refused(tmp_path):
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(BadSource, match="it breaks off or is not Parquet"):
        open_file(path, year=2020)


@pytest.mark.slow
def test_the_national_table_loads_for_every_area(shared, db, loader):
    pytest.importorskip("pyarrow")
    read = open_file(shared / "national" / FILE, year=2020)
    at = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    report = load(read.rows, origin=read.origin, by=loader, at=at, make_areas=True)
    assert report.made_areas == Area.objects.count() == 17_341
    assert report.new == Measurement.objects.count() >= 500_000
    assert not report.unknown
    assert Measurement.objects.get(area__code="NL00", indicator__code="inwoners").value == 17_407_585
