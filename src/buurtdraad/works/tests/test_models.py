"""What may never be stored about a work."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from buurtdraad.works.models import Buurtcheck, Milestone, WorkAnswers, WorkMoney
from buurtdraad.works.states import MOVES, NEEDS_REASON, Stage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"title": ""}, "work_has_title_and_department"),
        ({"from_on": TODAY + datetime.timedelta(days=200)}, "work_ends_after_it_begins"),
        ({"stage": Stage.PAUSED}, "work_that_stops_says_why"),
        ({"stage": Stage.DONE}, "work_done_has_a_day"),
        ({"decision": "Wie betaalt het onderhoud?"}, "work_decision_has_a_day"),
    ],
)
def test_a_sheet_that_cannot_be_true_is_refused(make_work, said, name):
    with pytest.raises(IntegrityError, match=name):
        make_work(**said)


@pytest.mark.parametrize(
    ("amounts", "name"),
    [
        ({"planned": -1}, "work_money_not_negative"),
        ({"committed": 5, "spent": 6}, "work_money_spent_was_committed"),
        ({"year": 1999}, "work_money_year_is_a_year"),
    ],
)
def test_money_that_cannot_be_true_is_refused(make_work, amounts, name):
    with pytest.raises(IntegrityError, match=name):
        WorkMoney.objects.create(work=make_work(), source="municipality", **({"year": 2026} | amounts))


def test_a_milestone_waits_not_for_itself(make_work):
    step = Milestone.objects.create(work=make_work(), what="Kabels verleggen", due_on=TODAY)
    with pytest.raises(IntegrityError, match="milestone_waits_not_for_itself"):
        Milestone.objects.filter(pk=step.pk).update(after=step)


def test_what_a_work_answers_is_one_thing(make_work):
    with pytest.raises(IntegrityError, match="work_answers_one_thing"):
        WorkAnswers.objects.create(work=make_work(), since=timezone.now())


def test_a_check_that_is_finished_has_three_answers(areas):
    with pytest.raises(IntegrityError, match="check_finished_is_answered"):
        Buurtcheck.objects.create(title="Speelplekken", department="Ruimte", made_at=timezone.now(), finished_at=timezone.now())


def test_the_table_of_moves_is_complete():
    assert set(MOVES) == set(Stage)
    assert set(NEEDS_REASON) < set(Stage)
