"""A programme of two ambitions, and who works with it."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, someone
from buurtdraad.challenges.actions import add_ambition, add_challenge

FROM, UNTIL = datetime.date(2024, 1, 1), datetime.date(2028, 12, 31)


def samira():
    """The programme manager."""
    person = someone("Samira El Idrissi")
    holds(person, Duty.PROGRAMME_MANAGER)
    return person


def make_programme(by):
    """An ambition with one challenge, and an ambition with none."""
    at = timezone.now()
    first = add_ambition(name="De buurt eerst", number=1, text="Wij beginnen daar.", from_on=FROM, until_on=UNTIL, by=by, at=at)
    second = add_ambition(name="Maatwerk", number=2, from_on=FROM, until_on=UNTIL, by=by, at=at)
    challenge = add_challenge(ambition=first, name="Minder armoede", goal="Rondkomen.", owner="Werk", from_on=FROM, by=by, at=at)
    return first, second, challenge
