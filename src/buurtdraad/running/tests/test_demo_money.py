"""Plans and money in the demo city: what waits on the first day, what a click of Bas does, and "Begin opnieuw"."""

import datetime
from decimal import Decimal

import pytest
from django.db.models import F
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import may_decide
from buurtdraad.fund.models import Application, Decision
from buurtdraad.fund.queries.applications import costs_of
from buurtdraad.fund.queries.clock import days_left
from buurtdraad.fund.queries.ease import ease_since
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.support import support_of
from buurtdraad.money.models import Commitment, Payment, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.states import PaymentStage
from buurtdraad.running.demo.actions import begin_again
from buurtdraad.running.demo.purse import FUND

pytestmark = pytest.mark.django_db


def the_request():
    return Application.objects.get(initiative__slug="wilgentuin")


def free():
    pot = Pot.objects.get(name=FUND, year=the_request().complete_on.year)
    return pot.free


def sums():
    pots = {(str(pot), pot.amount, pot.committed, pot.paid) for pot in Pot.objects.all()}
    return pots, sorted(Application.objects.values_list("number", "stage", "asked")), set(Initiative.objects.on_site().values_list("slug"))


def test_the_numbers_of_the_wilgentuin_are_those_of_the_story(first_day):
    request = the_request()
    voices = support_of(request.initiative).voices
    assert (voices.says_for, voices.against, voices.neutral) == (84, 6, 14)
    assert sum(line.amount for line in request.costs.all()) == 15_600
    assert (request.asked, request.accepted, request.proposal.amount) == (12_400, 11_900, 11_900)
    assert costs_of(request) == 15_100
    assert 7 <= days_left(request, timezone.localdate()) <= 11
    assert "Alexandertuin" in first_day.get("/initiatieven/wilgentuin/").text
    assert "Overvecht" in first_day.get("/fonds/").text
    assert "Samen eten in de Vogelenbuurt" in first_day.get(f"/fonds/register/?jaar={timezone.localdate().year - 1}").text


def test_bas_decides_in_one_click_and_the_thread_names_the_money(first_day):
    request, before = the_request(), free()
    priya, bas = (Person.objects.get(demo_role=slug) for slug in ("priya", "bas"))
    assert (may_decide(priya, request), may_decide(bas, request)) == (False, True)
    address = f"/werk/fonds/{request.uuid}/besluit/"
    first_day.post("/demo/kijk-als/priya/")
    assert first_day.post(address).status_code == 403
    first_day.post("/demo/kijk-als/bas/")
    assert first_day.post(address).status_code == 302
    decision = Decision.objects.get(application=request)
    assert before - free() == decision.amount == Decimal(11_900)
    day = timezone.localdate().isoformat()
    sent = first_day.post(f"/werk/fonds/brieven/{decision.uuid}/", {"sent_by": "post", "on": day})
    decision.refresh_from_db()
    assert (sent.status_code, decision.known_on) == (302, timezone.localdate())
    first_day.post("/demo/stop/")
    assert "11.900" in first_day.get("/wensen/ZO-42/").text
    money = first_day.get("/geld/BU03440241/").text
    assert "11.900" in money
    assert "/wensen/ZO-42/" in money
    assert "Vermeer" not in money


def test_begin_again_books_every_euro_back_and_gives_the_same_first_day(first_day):
    was = sums()
    first_day.post("/demo/kijk-als/bas/")
    first_day.post(f"/werk/fonds/{the_request().uuid}/besluit/")
    begin_again()
    begin_again()
    assert sums() == was
    assert differences() == []
    assert set(Commitment.objects.filter(amount=0).values_list("initiative__showing", flat=True)) == {"private"}


def test_nothing_in_the_demo_is_paid_late(first_day):
    today = timezone.localdate()
    assert not Payment.objects.filter(stage=PaymentStage.DUE, due_on__lt=today).exists()
    assert not Payment.objects.filter(paid_on__gt=F("due_on")).exists()
    # Who pays has something to do on the first day.
    assert Payment.objects.filter(stage=PaymentStage.DUE).exists()


def test_how_easy_asking_is_can_be_said_of_the_demo(first_day):
    figures = ease_since(timezone.localdate() - datetime.timedelta(days=365), at=timezone.now())
    assert 5 <= figures.minutes <= 25
    assert figures.screens in {6, 7}
    assert figures.how
    assert figures.words
