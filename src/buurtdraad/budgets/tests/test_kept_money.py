"""Money of a round moves by deeds of that round alone, whoever keeps its pot."""

# ruff: noqa: F811 (a fixture is named like what it is)

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.budgets.actions import rounds
from buurtdraad.budgets.tests.preparing import in_english, prepared  # noqa: F401
from buurtdraad.money.actions import pots
from buurtdraad.money.actions.committing import commit
from buurtdraad.money.actions.pots import PotKept
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.queries.pots import free_in
from buurtdraad.money.states import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


def test_who_keeps_pots_moves_nothing_out_of_a_round_nor_into_it_and_reads_where_it_can(prepared, noor, bas, signed_in, make_initiative):
    made = prepared(ready=True)
    rounds.announce(made, by=noor, at=timezone.now())
    made.refresh_from_db()
    for deed in (
        lambda: pots.take_out(made.pot, Decimal(1), why="", by=noor, at=timezone.now()),
        lambda: pots.put_in(made.pot, Decimal(1), why="", by=noor, at=timezone.now()),
        lambda: pots.close_pot(made.pot, by=noor, at=timezone.now()),
        lambda: commit(
            made.pot, amount=Decimal(1), kind=Kind.AGREEMENT, area=made.area, initiative=make_initiative(), by=noor, at=timezone.now()
        ),
    ):
        with pytest.raises(PotKept, match="on the page of that round"):
            deed()
    visitor = signed_in(noor)
    answer = visitor.post(f"/werk/geld/pot/{made.pot.uuid}/eruit/", {"amount": "500", "why": "Anders"})
    assert (answer.status_code, free_in(made.pot)) == (422, 10000)
    assert "op de pagina van die ronde" in answer.text
    page = visitor.get(f"/werk/geld/pot/{made.pot.uuid}/").text
    assert f"/werk/geld/pot/{made.pot.uuid}/eruit/" not in page
    rounds.stop(made, why="Te weinig plannen.", by=noor, at=timezone.now())
    pots.put_in(made.pot, Decimal(1), why="", by=noor, at=timezone.now())
    assert not differences()
