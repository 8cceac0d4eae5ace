"""What tests of rounds share: one that is being prepared, with its money, and a sheet that is whole."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.budgets.actions import rounds, sheet, sources

DAY = datetime.timedelta(days=1)


@pytest.fixture
def in_english():
    """Refusals in the words of the code."""
    with override("en"):
        yield


def whole(today):
    """Days and words that are missing in a new sheet, in the days after this one."""
    noon = datetime.datetime.combine(today, datetime.time(12), tzinfo=timezone.get_current_timezone())
    return {
        "propose_from": today + DAY, "propose_until": today + 30 * DAY, "list_on": today + 50 * DAY, "vote_from": noon + 55 * DAY,
        "vote_until": noon + 70 * DAY, "paper_until": today + 73 * DAY, "result_on": today + 80 * DAY,
        "decides": "het college van burgemeester en wethouders", "least_marks": 1,
    }  # fmt: skip


@pytest.fixture
def prepared(areas, joris, noor, make_pot):
    """A round of Geuzenwijk that Joris made, with money of Noor; with `ready` its sheet is whole: `prepared(ready=True)`."""

    def make(name="Buurtbudget Geuzenwijk", *, amount="10000", ready=False, at=None):
        at = at or timezone.now()
        made = rounds.make(name=name, area=areas["BU03440241"], year=timezone.localdate(at).year, by=joris, at=at)
        if amount:
            pot = make_pot(amount, name=f"Fonds {made.slug}", year=made.year)
            sources.add_money(made, pot, Decimal(amount), by=noor, at=at)
        if ready:
            sheet.write(made, whole(timezone.localdate(at)), by=joris, at=at)
        return made

    return make
