"""Samples of the addresses of rounds of neighbourhood budgets, for `tests.access`: one in preparation, and one whose rules are known."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions import rounds, sheet, sources
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.money.actions import pots
from buurtdraad.money.states import Source
from buurtdraad.places.models import Area

type People = dict[str, Person]
PLACE = "BU03440241"


def sheet_samples(people: People, at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name; made by the area adviser, with money of who keeps pots."""
    adviser, keeper, area = people["area_adviser"], people["programme_manager"], Area.objects.get(code=PLACE)
    year = timezone.localdate(at).year
    pot = pots.open_pot(name="Budget money", source=Source.CITY, year=year, area=area, by=keeper, at=at)
    pots.put_in(pot, Decimal(30000), why="Council", by=keeper, at=at)

    def made(name: str) -> BudgetRound:
        one = rounds.make(name=name, area=area, year=year, by=adviser, at=at)
        sources.add_money(one, pot, Decimal(1000), by=keeper, at=at)
        return one

    preparing, known = made("Preparing"), made("Known")
    second = sheet.add_part(preparing, name="Second", area=area, amount=Decimal(0), by=adviser, at=at)
    sheet.write(known, whole(at), by=adviser, at=at)
    rounds.announce(known, by=adviser, at=at)
    of_preparing = ("work_round", "change_round", "work_sources", "work_parts", "add_part", "work_sheet", "announce_round", "simulate")
    return {f"budgets:{name}": preparing.slug for name in of_preparing} | {
        **{f"budgets:{name}": known.slug for name in ("round", "rules", "rules_json", "rules_pdf", "stop_round")},
        "budgets:move_round": {"slug": known.slug, "to": "gathering"},
        "budgets:write_sheet": {"slug": preparing.slug, "page": "dagen"},
        "budgets:give_back": {"slug": preparing.slug, "pk": preparing.sources.get().pk},
        "budgets:change_part": {"slug": preparing.slug, "pk": second.pk},
        "budgets:remove_part": {"slug": preparing.slug, "pk": second.pk},
    }


def whole(at: datetime.datetime) -> dict[str, Any]:
    """Days after this one, and who decides."""
    day = datetime.timedelta(days=1)
    today = timezone.localdate(at)
    return {
        "propose_from": today + day, "propose_until": today + 30 * day, "list_on": today + 50 * day, "vote_from": at + 55 * day,
        "vote_until": at + 70 * day, "paper_until": today + 73 * day, "result_on": today + 80 * day, "decides": "The mayor",
    }  # fmt: skip
