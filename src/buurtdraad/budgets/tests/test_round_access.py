"""Who sees and makes rounds, by duty and by step."""

import pytest
from django.contrib.auth.models import AnonymousUser

from buurtdraad.budgets.access import may_make, visible_rounds
from buurtdraad.budgets.states import RoundStage

pytestmark = pytest.mark.django_db
# Those of the story, and where they make rounds: Joris advises Noordwest, Samira Overvecht, Noor the whole city.
MAKE = {"joris": True, "noor": True, "samira": False, "priya": False, "bas": False, "hamid": False, "ria": False, "kees": False}
# Who works on rounds there sees them while they are being prepared.
SEE = {"joris", "noor", "priya", "bas", "hamid"}


@pytest.mark.parametrize("who", MAKE)
@pytest.mark.parametrize("stage", RoundStage)
def test_who_sees_and_makes_a_round_of_geuzenwijk_in_each_step(request, make_round, who, stage):
    person, made = request.getfixturevalue(who), make_round(stage=stage)
    assert may_make(person, made.area) is MAKE[who]
    assert visible_rounds(person).filter(pk=made.pk).exists() == (stage != RoundStage.PREPARING or who in SEE)


@pytest.mark.parametrize("stage", RoundStage)
def test_a_visitor_sees_every_round_of_which_the_rules_are_known_and_makes_none(make_round, stage):
    made = make_round(stage=stage)
    assert not may_make(AnonymousUser(), made.area)
    assert visible_rounds(AnonymousUser()).filter(pk=made.pk).exists() == (stage != RoundStage.PREPARING)
