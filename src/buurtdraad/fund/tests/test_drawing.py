"""The draw on the overflow day, and fifty grants at once against one ceiling."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test asks for as many as it needs)

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund.actions.deciding import NotYourTurn, decide
from buurtdraad.fund.actions.drawing import NothingToDraw, NotImpartial, draw
from buurtdraad.fund.models import Application, Decision, Draw, InterestDeclaration, Proposal
from buurtdraad.fund.queries.deciding import overflow_day
from buurtdraad.fund.queries.to_decide import pots_running_out
from buurtdraad.fund.states import Interest, Stage
from buurtdraad.fund.tally import drawn
from buurtdraad.fund.tests.decisions import WORDS, days_ago, in_english, linda, pot, proposed  # noqa: F401
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.queries.ledger import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def three(proposed):
    """Three of 9,000 on one day, where there is 20,000."""
    return [proposed(costs=("9000",)) for _number in range(3)]


def test_on_the_overflow_day_nobody_is_granted_before_the_draw(three, bas, pot):
    assert overflow_day(pot) == days_ago(0)
    assert pots_running_out() == [pot]
    with pytest.raises(NotYourTurn, match="draw"):
        decide(three[0], by=bas, at=timezone.now())


def test_the_draw_gives_the_order_and_anybody_can_repeat_it(three, bas, pot):
    held = draw(pot, by=bas, at=timezone.now())
    assert held.order == drawn([str(one.uuid) for one in three], held.seed)
    event = Event.objects.get(verb="pot.drawn")
    assert (event.payload["seed"], event.payload["order"]) == (held.seed, held.order)
    first, second, last = (Application.objects.get(uuid=uuid) for uuid in held.order)
    with pytest.raises(NotYourTurn, match="sooner"):
        decide(last, by=bas, at=timezone.now())
    assert [decide(one, by=bas, at=timezone.now()).amount for one in (second, first)] == [9000, 9000]
    assert pots_running_out() == []


def test_a_draw_is_held_once_and_only_when_it_is_needed(three, bas, pot, make_pot):
    with pytest.raises(NothingToDraw):
        draw(make_pot("100", name="Leeg", year=timezone.localdate().year), by=bas, at=timezone.now())
    held = draw(pot, by=bas, at=timezone.now())
    with pytest.raises(NothingToDraw):
        draw(pot, by=bas, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(pot=pot, on=held.on, seed="x", order=[], drawn_by=bas.uuid, drawn_at=timezone.now())


def test_a_draw_never_changes(three, bas, pot):
    draw(pot, by=bas, at=timezone.now())
    for deed in (lambda: Draw.objects.update(seed="x"), lambda: Draw.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="stays as it was taken"), transaction.atomic():
            deed()


def test_who_has_an_interest_in_one_of_them_does_not_draw(three, bas, pot):
    InterestDeclaration.objects.filter(application=three[1], person=bas.uuid).update(says=Interest.YES)
    with pytest.raises(NotImpartial):
        draw(pot, by=bas, at=timezone.now())


def test_a_ceiling_around_two_pots_is_given_out_in_one_order(proposed, make_application, make_pot, bas):
    year = timezone.localdate().year
    ceiling = make_pot("10000", name="Plafond", year=year)
    here, there = (make_pot("10000", name=name, year=year, within=ceiling) for name in ("Hier", "Daar"))
    soon = make_application(costs=("6000",), pot=here, on=days_ago(2))
    late = proposed(application=make_application(costs=("6000",), pot=there))
    with pytest.raises(NotYourTurn):
        decide(late, by=bas, at=timezone.now())
    Application.objects.filter(pk=soon.pk).update(stage=Stage.REFERRED)
    assert decide(late, by=bas, at=timezone.now()).amount == 6000


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_exactly_those_who_come_first_get_money(make_application, declared, make_pot, rules, priya, bas):
    """Fifty of EUR 1,000 that were complete on one day, against a ceiling of EUR 20,000: the first twenty of the draw."""
    ceiling = make_pot("20000", year=timezone.localdate().year)
    of_one = make_application(costs=("1000",), pot=ceiling).initiative
    for _number in range(49):
        make_application(costs=("1000",), pot=ceiling, initiative=of_one)
    everybody = list(Application.objects.all())
    for one in everybody:
        declared(one, bas)
        Proposal.objects.create(
            application=one, outcome="granted", amount=Decimal(1000), words=WORDS, made_by=priya.uuid, made_at=timezone.now()
        )
    Application.objects.update(stage=Stage.PROPOSED)
    order = draw(ceiling, by=bas, at=timezone.now()).order

    def at_once(uuid):
        try:
            return decide(Application.objects.get(uuid=uuid), by=bas, at=timezone.now()) is not None
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        said = list(pool.map(at_once, order))
    ceiling.refresh_from_db()
    granted = {str(uuid) for uuid in Decision.objects.values_list("application__uuid", flat=True)}
    assert said.count(True) == len(granted) == 20
    assert granted == set(order[:20])
    assert ceiling.committed == 20000
    assert not differences()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_on_one_proposal_at_once_one_does(make_application, declared, pot, priya, bas, linda):
    made = make_application(costs=("5000",), pot=pot, stage=Stage.PROPOSED)
    declared(made, bas, linda)
    Proposal.objects.create(
        application=made, outcome="granted", amount=Decimal(5000), words=WORDS, made_by=priya.uuid, made_at=timezone.now()
    )
    type(made.rules).objects.update(four_eyes_above=10000)

    def at_once(person):
        try:
            return decide(Application.objects.get(pk=made.pk), by=person, at=timezone.now()) is not None
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(at_once, (bas, linda))) == [False, True]
    assert Decision.objects.count() == 1
