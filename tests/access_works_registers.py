"""Samples of the addresses of registers of works, for `tests.access`: a register, and rows that the programme manager pasted."""

import datetime
from typing import Any

from buurtdraad.accounts.models import Person
from buurtdraad.works.actions import registers
from buurtdraad.works.sources.columns import mapping_of
from buurtdraad.works.sources.rows import pasted, rows_of

PASTED = b"wat;waar;afdeling;tot wanneer\nSewer;BU03440241;Streets;2027\n"


def register_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """Of `works:register` and `works:loaded`."""
    by = people["programme_manager"]
    made = registers.make_register(name="Street works", department="Streets", by=by, at=at)
    file = pasted(PASTED)
    report = registers.load(None, rows_of(file, mapping_of(file.headings, {})).rows, dry_run=False, by=by, at=at)
    assert report.load
    return {"works:register": made.uuid, "works:loaded": report.load.uuid}
