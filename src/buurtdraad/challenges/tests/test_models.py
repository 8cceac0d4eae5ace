import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from buurtdraad.challenges.models import Ambition, Challenge

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 1, 1)


def ambition(**facts):
    return Ambition.objects.create(**({"code": "buurt", "number": 1, "name": "De buurt", "from_on": DAY} | facts))


def challenge(of, **facts):
    return Challenge.objects.create(**({"ambition": of, "code": "armoede", "name": "Armoede", "from_on": DAY} | facts))


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "buurt", "number": 2},
        {"code": "ander", "number": 1},
        {"code": "ander", "number": 0},
        {"code": "ander", "number": 100},
        {"code": "ander", "number": 2, "until_on": DAY - datetime.timedelta(days=1)},
    ],
)
def test_an_ambition_is_once_has_a_small_number_and_ends_after_it_begins(wrong):
    ambition()
    with pytest.raises(IntegrityError), transaction.atomic():
        ambition(**wrong)


def test_a_next_programme_counts_from_one_again():
    ambition()
    assert ambition(code="volgende", from_on=datetime.date(2029, 1, 1)).number == 1


@pytest.mark.parametrize("wrong", [{}, {"code": "ander", "until_on": DAY - datetime.timedelta(days=1)}])
def test_a_challenge_is_once_and_ends_after_it_begins(wrong):
    of = ambition()
    challenge(of)
    with pytest.raises(IntegrityError), transaction.atomic():
        challenge(of, **wrong)


def test_an_ambition_with_challenges_stays():
    of = ambition()
    challenge(of)
    with pytest.raises(ProtectedError):
        of.delete()


def test_what_holds_on_a_day():
    of = ambition(until_on=datetime.date(2024, 12, 31))
    later = ambition(code="later", from_on=datetime.date(2025, 1, 1))
    assert list(Ambition.objects.on(datetime.date(2024, 12, 31))) == [of]
    assert list(Ambition.objects.on(datetime.date(2025, 1, 1))) == [later]
    assert list(Ambition.objects.not_over(datetime.date(2024, 12, 31))) == [of, later]
