"""What waits after decisions: who told no account for the money, and letters that have to go out, by indexes of their own."""

# ruff: noqa: F811 (a fixture is named like what it is)

import pytest
from django.db import connection

from buurtdraad.fund.models import Application, InterestDeclaration, Letter, Payee
from buurtdraad.fund.queries.after import waiting_for
from buurtdraad.fund.states import Interest, Stage
from buurtdraad.fund.tests.decisions import linda  # noqa: F401
from buurtdraad.fund.tests.granted import IBAN, big_pot, decide_on, granted  # noqa: F401

pytestmark = pytest.mark.django_db
SMALL = ("500",)


@pytest.fixture
def waiting(priya):
    return lambda: waiting_for(priya, most=50).no_account


def test_a_known_grant_without_an_account_waits(granted, decide_on, waiting):
    told = granted(costs=SMALL).application
    decide_on(costs=SMALL, account=False)  # its letter did not go out
    untold, emptied, card = (granted(costs=SMALL, account=False).application for _each in range(3))
    Payee.objects.create(application=emptied)
    Payee.objects.create(application=card, card=True)
    assert [one.pk for one in waiting()] == [untold.pk, emptied.pk]
    assert told.pk not in {one.pk for one in waiting()}
    Payee.objects.filter(application=emptied).update(holder="K. Vermeer", iban=IBAN)
    Application.objects.filter(pk=untold.pk).update(stage=Stage.REVOKED)
    assert waiting() == []


def test_who_has_an_interest_does_not_see_it_there(granted, waiting, priya):
    untold = granted(costs=SMALL, account=False).application
    assert [one.pk for one in waiting()] == [untold.pk]
    InterestDeclaration.objects.filter(application=untold, person=priya.uuid).update(says=Interest.YES)
    assert waiting() == []


@pytest.mark.parametrize(
    ("index", "found"),
    [
        ("letter_to_send", lambda person: Letter.objects.filter(about__in=Letter.AFTER, sent_on=None).order_by("made_at", "pk")),
        ("interest_yes", lambda person: InterestDeclaration.objects.filter(person=person.uuid, says=Interest.YES).order_by()),
    ],
)
def test_what_is_asked_in_a_list_is_what_the_index_holds(index, found, priya):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in found(priya).explain()
