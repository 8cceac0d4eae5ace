from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from buurtdraad.audit.models import Event
from buurtdraad.money.actions import pots
from buurtdraad.money.actions.committing import NotFree, WrongPlace, commit, release
from buurtdraad.money.actions.ledger import NoMoney
from buurtdraad.money.actions.pots import NoPot, PotClosed, PotTooSmall
from buurtdraad.money.models import Commitment, Entry, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.queries.pots import free_in, pots_of
from buurtdraad.money.states import EntryKind, Kind, Source
from buurtdraad.money.tests.conftest import NOW
from buurtdraad.partners.models import Kind as OrganisationKind
from buurtdraad.partners.models import Organisation
from buurtdraad.running.cluster import APP

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(areas, bas):
    """Opens pots as somebody does: `opened("Geuzenwijk", area="BU03440241", within=ceiling)`."""

    def make(name="Initiatievenfonds", *, source=Source.FUND, year=2026, area="GM0344", **more):
        return pots.open_pot(name=name, source=source, year=year, area=areas[area], by=bas, at=NOW, **more)

    return make


def test_a_pot_starts_empty_and_holds_what_was_put_in_less_what_was_taken_out(opened, bas):
    pot = opened()
    assert (pot.amount, free_in(pot)) == (0, 0)
    pots.put_in(pot, Decimal("20000.50"), why="Begroting 2026", by=bas, at=NOW)
    pots.take_out(pot, Decimal("0.50"), why="Afgerond", by=bas, at=NOW)
    assert (pot.amount, free_in(pot)) == (Decimal(20000), Decimal(20000))
    assert list(Entry.objects.values_list("kind", "amount", "by")) == [
        (EntryKind.PUT_IN, Decimal("20000.50"), bas.uuid),
        (EntryKind.TAKEN_OUT, Decimal("0.50"), bas.uuid),
    ]
    assert not differences()


def test_each_deed_with_money_is_one_event_with_the_amount_and_without_a_name(opened, bas, promise):
    pot = opened()
    pots.put_in(pot, Decimal(500), why="Begroting", by=bas, at=NOW)
    release(promise(pot, 300), Decimal(100), why="Goedkoper", by=bas, at=NOW)
    events = Event.objects.filter(room="money")
    assert [event.verb for event in events] == ["pot.opened", "pot.filled", "money.committed", "money.released"]
    assert [event.payload.get("amount") for event in events] == [None, "500", "300", "100"]
    assert "BU03440241" in events[2].touches
    assert {event.duty for event in events} == {"fund_decider"}


@pytest.mark.parametrize("amount", ["0", "-5", "0.001"])
def test_no_amount_of_nothing_or_less_and_no_part_of_a_cent_moves(pot, bas, promise, amount):
    for deed in (
        lambda: pots.put_in(pot, Decimal(amount), why="", by=bas, at=NOW),
        lambda: pots.take_out(pot, Decimal(amount), why="", by=bas, at=NOW),
        lambda: promise(pot, amount),
    ):
        with pytest.raises(NoMoney):
            deed()
    assert Entry.objects.count() == 1


def test_what_is_promised_cannot_be_taken_out(pot, promise, bas):
    promise(pot, 11900)
    with pytest.raises(PotTooSmall, match=r"8\.100"):
        pots.take_out(pot, Decimal("8100.01"), why="", by=bas, at=NOW)
    pots.take_out(pot, Decimal(8100), why="", by=bas, at=NOW)
    assert free_in(pot) == 0


def test_one_cent_over_the_pot_is_refused_and_nothing_is_written(pot, promise):
    promise(pot, "19999.99")
    with pytest.raises(PotTooSmall):
        promise(pot, "0.02")
    promise(pot, "0.01")
    assert Commitment.objects.count() == 2
    assert not differences()


def test_what_lies_within_a_ceiling_counts_there_too_and_cannot_pass_it(make_pot, promise, bas):
    ceiling = make_pot("1000", name="Plafond")
    west, east = (make_pot("800", name=name, within=ceiling) for name in ("West", "Oost"))
    first = promise(west, 600)
    with pytest.raises(PotTooSmall, match="Plafond"):
        promise(east, 500)
    east.refresh_from_db()
    assert (east.committed, free_in(east), free_in(west)) == (0, 400, 200)
    promise(east, 400)
    release(first, Decimal(600), why="Gaat niet door", by=bas, at=NOW)
    ceiling.refresh_from_db()
    assert (ceiling.committed, first.amount) == (400, 0)
    assert not differences()


def test_each_euro_stands_once_in_the_ledger_however_many_ceilings_it_counts_in(make_pot, promise):
    ceiling = make_pot("1000", name="Plafond")
    promise(make_pot("800", name="West", within=ceiling), 600)
    assert Entry.objects.filter(kind=EntryKind.COMMITTED).count() == 1


def test_a_closed_pot_or_ceiling_promises_nothing_more_and_can_be_opened_again(make_pot, promise, bas):
    ceiling = make_pot("1000", name="Plafond")
    west = make_pot("800", name="West", within=ceiling)
    pots.close_pot(ceiling, by=bas, at=NOW)
    pots.close_pot(ceiling, by=bas, at=NOW)
    assert Event.objects.filter(verb="pot.closed").count() == 1
    assert free_in(west) == 0
    with pytest.raises(PotClosed):
        promise(west, 1)
    for deed in (pots.put_in, pots.take_out):
        with pytest.raises(PotClosed):
            deed(ceiling, Decimal(1), why="", by=bas, at=NOW)
    pots.open_again(ceiling, by=bas, at=NOW)
    promise(west, 1)


def test_money_of_a_neighbourhood_does_not_go_elsewhere(make_pot, promise):
    geuzenwijk = make_pot("800", name="Geuzenwijk", area="BU03440241")
    with pytest.raises(WrongPlace):
        promise(geuzenwijk, 10, area="BU03440321")
    promise(geuzenwijk, 10, area="zuilen-oost")
    promise(make_pot("800", name="Noordwest", area="WK034402"), 10, area="BU03440242")


def test_a_pot_lies_in_a_ceiling_of_its_own_year_and_its_own_area_only(opened, bas):
    ceiling = opened("Noordwest", area="WK034402")
    assert opened("Geuzenwijk", area="BU03440241", within=ceiling).within == ceiling
    with pytest.raises(NoPot):
        opened("Later", year=2027, area="BU03440241", within=ceiling)
    with pytest.raises(NoPot):
        opened("Taagdreef", area="BU03440321", within=ceiling)
    pots.close_pot(ceiling, by=bas, at=NOW)
    with pytest.raises(NoPot):
        opened("Te laat", area="BU03440241", within=ceiling)


def test_a_name_is_used_once_a_year_and_a_partner_is_named(opened, bas):
    pot = opened()
    with pytest.raises(NoPot):
        opened()
    other = opened(year=2027)
    pots.change_pot(other, name="Fonds", about="Voor plannen", by=bas, at=NOW)
    assert (other.name, other.about) == ("Fonds", "Voor plannen")
    with pytest.raises(NoPot):
        pots.change_pot(opened("Fonds"), name=pot.name, about="", by=bas, at=NOW)
    with pytest.raises(NoPot):
        opened("Vechtoever", source=Source.PARTNER)
    vechtoever = Organisation.objects.create(name="De Vechtoever", kind=OrganisationKind.HOUSING, from_on="2020-01-01")
    assert opened("Vechtoever", source=Source.PARTNER, organisation=vechtoever).organisation == vechtoever


def test_pots_are_asked_by_area_and_year(make_pot):
    mine, _other = make_pot(area="BU03440241"), make_pot(name="Elders", area="BU03440321")
    make_pot(area="BU03440241", year=2025)
    assert list(pots_of(["BU03440241"], 2026)) == [mine]
    assert pots_of(["BU03440241"]).count() == 2


def test_what_is_paid_or_on_its_way_cannot_be_set_free(pot, promise, owed, bas):
    commitment = promise(pot, 1000)
    owed(commitment, 400)
    with pytest.raises(NotFree, match="600"):
        release(commitment, Decimal("600.01"), why="", by=bas, at=NOW)
    release(commitment, Decimal(600), why="Goedkoper", by=bas, at=NOW)
    assert commitment.amount == 400


@pytest.mark.django_db(transaction=True)
def test_of_fifty_promises_at_once_exactly_as_many_are_made_as_fit_under_the_ceiling(make_pot, make_initiative, areas, bas):
    ceiling = make_pot("10000", name="Plafond")
    parts = [make_pot("8000", name=f"Deel {number}", within=ceiling) for number in range(4)]
    initiative = make_initiative()

    def at_once(number):
        try:
            commit(
                Pot.objects.get(pk=parts[number % 4].pk), amount=Decimal("700.01"), kind=Kind.GRANT,
                area=areas["BU03440241"], initiative=initiative, by=bas, at=NOW,
            )  # fmt: skip
        except PotTooSmall:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        made = list(pool.map(at_once, range(50)))
    ceiling.refresh_from_db()
    assert (made.count(True), made.count(False)) == (14, 36)
    assert ceiling.committed == Decimal("9800.14")
    assert not differences()


def test_the_ledger_cannot_be_altered_or_shortened(pot):
    for deed in (lambda: Entry.objects.update(amount=1), lambda: Entry.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="the ledger only grows"), transaction.atomic():
            deed()


@pytest.mark.parametrize("deed", ["UPDATE money_entry SET amount = 1", "DELETE FROM money_entry", "TRUNCATE money_entry"])
def test_the_web_role_has_no_right_to_alter_the_ledger(pot, deed):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        cursor.execute(deed)


def test_the_web_role_can_promise_money(pot, promise):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        promise(pot, 5)
        cursor.execute("RESET ROLE")
    assert Entry.objects.count() == 2


def test_a_row_that_differs_from_the_ledger_is_found(pot, promise):
    commitment = promise(pot, 100)
    Pot.objects.filter(pk=pot.pk).update(amount=21000)
    Commitment.objects.filter(pk=commitment.pk).update(amount=99)
    assert {(one.thing, one.what, one.kept, one.ledger) for one in differences()} == {
        (pot.thing, "amount", Decimal(21000), Decimal(20000)),
        (commitment.thing, "amount", Decimal(99), Decimal(100)),
    }


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"committed": 20001}, "pot_not_overspent"),
        ({"committed": -1}, "pot_not_overspent"),
        ({"paid": 1}, "pot_paid_within_committed"),
        ({"year": 1999}, "pot_year"),
        ({"source": Source.PARTNER}, "pot_of_partner_says_whose"),
    ],
)
def test_the_database_keeps_a_pot_whole(pot, broken, named):
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Pot.objects.filter(pk=pot.pk).update(**broken)


def test_the_database_keeps_a_pot_out_of_itself_and_its_name_once(pot, make_pot):
    with pytest.raises(IntegrityError, match="pot_not_within_itself"), transaction.atomic():
        Pot.objects.filter(pk=pot.pk).update(within=pot)
    with pytest.raises(IntegrityError, match="pot_once"), transaction.atomic():
        make_pot()


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"amount": -1}, "commitment_not_negative"),
        ({"paid": 101}, "commitment_not_overpaid"),
        ({"initiative": None}, "commitment_for_one_thing"),
    ],
)
def test_the_database_keeps_a_promise_whole(pot, promise, broken, named):
    commitment = promise(pot, 100)
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(**broken)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({"kind": EntryKind.PUT_IN, "amount": 0}, "entry_positive"),
        ({"kind": EntryKind.PAID, "amount": 1}, "entry_of_a_commitment_or_the_pot"),
    ],
)
def test_the_database_keeps_a_line_of_the_ledger_whole(pot, line, named):
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Entry.objects.create(pot=pot, at=NOW, **line)
