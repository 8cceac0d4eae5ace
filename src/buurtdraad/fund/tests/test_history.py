"""What may be the same asked twice: the words, the people, and the account, of which only that it is the same is said."""

import pytest
from django.utils import timezone

from buurtdraad.fund.models import Application, Payee
from buurtdraad.fund.queries.history import doubles, history
from buurtdraad.fund.queries.written import on_paper
from buurtdraad.initiatives.models import Initiative, Opinion
from buurtdraad.initiatives.states import Says
from buurtdraad.messages.models import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
IBAN = "NL91ABNA0417164300"


@pytest.fixture
def two(make_application, make_initiative, kees, emine):
    """A garden of Kees, and boxes of somebody else at another address."""
    first = make_application(number="F-2026-0001", initiative=make_initiative("Wilgentuin", of=kees))
    other = make_application(number="F-2026-0002", initiative=make_initiative("Muziek in de straat"))
    Initiative.objects.filter(pk=other.initiative_id).update(summary="Een koor zingt op zondag.")
    Application.objects.filter(pk=other.pk).update(applicant_address="Elders 9, Utrecht", applicant_name="Iemand anders")
    return first, other


def whys(application):
    return [(double.application.number, double.why) for double in doubles(Application.objects.get(pk=application.pk))]


def test_one_account_for_two_who_ask_is_told_and_the_number_is_not(two, priya, signed_in):
    first, other = two
    assert not whys(first)
    for one in two:
        Payee.objects.create(application=one, holder="Kees", iban=IBAN)
    assert (other.number, "Hetzelfde rekeningnummer, van iemand met een andere naam.") in whys(first)
    page = signed_in(priya).get(f"/werk/fonds/{first.uuid}/").content.decode()
    assert "Hetzelfde rekeningnummer, van iemand met een andere naam." in page
    assert IBAN not in page
    Application.objects.filter(pk=other.pk).update(applicant_name=first.applicant_name)
    assert (other.number, "Hetzelfde rekeningnummer.") in whys(first)


def test_a_card_or_no_account_is_like_nobody_elses(two):
    first, _other = two
    for one in two:
        Payee.objects.create(application=one, card=True)
    assert not whys(first)


def test_the_same_address_is_told_whatever_its_capitals(two):
    first, other = two
    Initiative.objects.filter(pk=other.initiative_id).update(summary="Een koor zingt op zondag.")
    Application.objects.filter(pk=other.pk).update(applicant_address=first.applicant_address.upper())
    assert dict(whys(first))[other.number] == "Hetzelfde adres."


def test_what_a_plan_asked_before_stands_apart_from_doubles(two, make_application):
    first, _other = two
    again = make_application(number="F-2026-0003", initiative=first.initiative)
    found = history(first)
    assert [one.number for one in found.of_plan] == [again.number]


def test_the_summary_says_what_the_neighbours_think_once_enough_of_them_said_it(two):
    first, _other = two
    now = timezone.now()

    def lines():
        return [line for part in on_paper(first, whole_account=False) for line in part.lines]

    assert not [words for name, words in lines() if "voor" in words and "tegen" in words]
    for _number in range(30):
        contact = Contact.objects.create(created_at=now)
        Opinion.objects.create(initiative=first.initiative, contact=contact, says=Says.FOR, given_at=now)
    assert any("30 voor" in words for _name, words in lines())
