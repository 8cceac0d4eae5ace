"""The file of findings: what each is about in words, and few questions for many rows."""

import pytest
from django.utils import timezone

from buurtdraad.reports.models import Finding
from buurtdraad.reports.tests.test_preparing import agreement_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TABLE = "/samenhang/bevindingen/bevindingen.csv"


def test_the_table_of_findings_names_each_thing_as_the_list_does(areas, make_work, make_wish, signed_in, joris):
    """A work, a wish and an agreement by their words; what is gone by the name on record."""
    work, wish = make_work("Riool in de Wilgenhof"), make_wish("Een bank op de Wilgenhof")
    agreement = agreement_in(areas["zuilen-oost"], joris)
    things = [work.thing, f"wish:{wish.reference}", agreement.thing, "work:00000000-0000-0000-0000-000000000000"]
    facts = {"kind": "no_owner", "area": areas["BU03440241"], "found_at": timezone.now(), "seen_at": timezone.now()}
    Finding.objects.create(key="een", things=things, **facts)
    answer = signed_in(joris).get(TABLE)
    assert answer.streaming
    row = answer.getvalue().decode().splitlines()[1].split(";")
    assert row[3] == f"Riool in de Wilgenhof / {wish.reference}: Een bank op de Wilgenhof / {agreement.what} / {things[-1]}"
    assert (row[1], row[4], row[5]) == ("Geuzenwijk", "Open", TODAY.isoformat())
