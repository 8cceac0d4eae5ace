"""More payments than fit on a page: each is reached, totals are of all, and a list of all leaves nothing out without saying so."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import Duty
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.money.actions import listing
from buurtdraad.money.models import Payment, PaymentList
from buurtdraad.money.states import PaymentStage
from buurtdraad.money.tests.conftest import NOW

pytestmark = pytest.mark.django_db
PAGE, MAKE = "/en/werk/betalen/", "/en/werk/betalen/nieuwe-lijst/"


@pytest.fixture(autouse=True)
def two_on_a_page(monkeypatch):
    monkeypatch.setattr("buurtdraad.money.views.paying.ON_A_PAGE", 2)


@pytest.fixture
def five(pot, promise, owed, areas):
    """Five payments that are due, of 10, 20, 30, 40 and 50 euros."""
    commitment = promise(pot, 1000)
    return [owed(commitment, amount, reference=f"F-{amount}") for amount in (10, 20, 30, 40, 50)]


@pytest.fixture
def pays(signed_in, ria):
    return signed_in(ria)


def listed_now() -> set[str]:
    return set(Payment.objects.filter(stage=PaymentStage.ORDERED).values_list("reference", flat=True))


def shown_on(pays, number: int) -> dict[str, list[str]]:
    """What the form of a page sends along whatever is ticked."""
    text = pays.get(PAGE, {"page": number}).text
    return {"shown": re.findall(r'name="shown" value="([^"]+)"', text), "all": re.findall(r'name="all" value="([^"]+)"', text)}


def test_every_payment_stands_on_one_page_and_the_total_is_of_all(pays, five):
    pages = [pays.get(PAGE, {"page": number}).text for number in (1, 2, 3)]
    assert [[one.reference for one in five if f"{one.reference}:" in text] for text in pages] == [
        ["F-10", "F-20"],
        ["F-30", "F-40"],
        ["F-50"],
    ]
    assert all("5 payments, €150 together." in text.replace("\u00a0", "") for text in pages)
    assert pays.get(PAGE, {"page": "x"}).status_code == pays.get(PAGE, {"page": "99"}).status_code == 200


def test_what_fits_on_one_page_is_asked_as_before(pays, pot, promise, owed):
    owed(promise(pot, 100), 10)
    text = pays.get(PAGE).text
    assert 'name="all"' not in text
    assert "payments, €" not in text
    assert "page=" not in text


def test_a_list_of_a_page_takes_what_is_ticked_there_and_leaves_the_rest_due(pays, five):
    ticked = shown_on(pays, 2)["shown"]
    assert pays.post(MAKE, {"payment": ticked[:1], "shown": ticked}).status_code == 302
    assert listed_now() == {"F-30"}
    assert Payment.objects.filter(stage=PaymentStage.DUE).count() == 4


def test_a_list_of_all_takes_every_page_without_what_was_unticked_on_this_one(pays, five):
    sent = shown_on(pays, 2)
    assert sorted(sent["shown"]) == sorted(str(one.uuid) for one in five[2:4])
    answer = pays.post(MAKE, {"all": sent["all"], "shown": sent["shown"], "payment": [str(five[2].uuid)]})
    made = PaymentList.objects.get()
    assert answer["Location"].endswith(f"{made.uuid}/")
    assert listed_now() == {"F-10", "F-20", "F-30", "F-50"}


def test_nobody_lists_money_that_they_did_not_see(pays, five, owed):
    sent = shown_on(pays, 1)
    owed(five[0].commitment, 60, reference="F-60")
    ticked = shown_on(pays, 1)["shown"]
    answer = pays.post(MAKE, {"all": sent["all"], "shown": ticked, "payment": ticked}, follow=True)
    assert "Look at it again" in answer.text
    assert listed_now() == set()
    for nonsense in ("x", "5", "5 150", "-1 0.00", "\0"):
        pays.post(MAKE, {"all": nonsense})
    assert listed_now() == set()


def test_sent_twice_it_is_one_list(pays, five):
    sent = shown_on(pays, 1)
    for _time in range(2):
        pays.post(MAKE, {"all": sent["all"], "shown": [], "payment": []})
    assert PaymentList.objects.count() == 1


def test_nothing_ticked_is_no_list_of_nothing(pays, pot, promise, owed):
    owed(promise(pot, 100), 10)
    only = Payment.objects.get()
    pays.post(MAKE, {"all": "1 10.00", "shown": [str(only.uuid)]})
    assert PaymentList.objects.count() == 0


def test_a_long_list_shows_all_accounts_page_by_page_with_the_total_of_all(signed_in, five, ria):
    made = listing.make_list(five, by=ria, at=NOW)
    bob = signed_in(member_of_staff("Bob Post", "bob@utrecht.example", None, Duty.FINANCE))
    pages = [bob.get(f"/en/werk/betalen/lijst/{made.uuid}/", {"page": number}).text for number in (1, 2, 3)]
    assert [sum(f">{one.reference}</a>" in text for one in five) for text in pages] == [2, 2, 1]
    assert all("€150" in text.replace("\u00a0", "") and "for 5 payments" in text for text in pages)
    assert bob.post(f"/en/werk/betalen/lijst/{made.uuid}/goed/").status_code == 302
    assert bob.post(f"/en/werk/betalen/lijst/{made.uuid}/geven/").status_code == 302
    assert all(one.reference in bob.get(f"/en/werk/betalen/lijst/{made.uuid}/lijst.csv").text for one in five)


def test_more_that_came_back_than_fit_says_so(pays, five):
    Payment.objects.update(stage=PaymentStage.BOUNCED)
    assert "There are more. They come here when these are done." in pays.get(PAGE).text
    Payment.objects.filter(reference__gt="F-20").update(stage=PaymentStage.DUE)
    assert "There are more." not in pays.get(PAGE).text


def test_a_second_page_asks_as_much_as_the_first(pays, five):
    counts = []
    for number in (1, 2, 3):
        with CaptureQueriesContext(connection) as asked:
            pays.get(PAGE, {"page": number})
        counts.append(len(asked))
    assert len(set(counts)) == 1
