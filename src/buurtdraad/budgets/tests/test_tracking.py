"""How it goes with chosen plans: told from what they became, until the last euro and the last picture; then the round is done."""

# ruff: noqa: F811 (a fixture is named like what it is)
import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.budgets.actions.tracking import NotFinished, close, see_to_plans
from buurtdraad.budgets.models import BudgetRound, RulesSheet, Winner
from buurtdraad.budgets.queries.tracking import CHOSEN, CLOSED, DOING, READY, came_of, tracked
from buurtdraad.budgets.states import Leftover, RoundStage
from buurtdraad.budgets.tests.after import adopted, counted, made_by, now, plan_of, today  # noqa: F401
from buurtdraad.budgets.tests.test_becoming import municipal
from buurtdraad.initiatives.actions import plans
from buurtdraad.initiatives.models import Initiative, InitiativePicture
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.lib.uploads.models import People
from buurtdraad.money.actions.committing import release
from buurtdraad.money.models import Commitment

pytestmark = pytest.mark.django_db


def rows_of(round_):
    return {one.winner.plan.number: one for one in tracked(round_, today=today())}


def picture(initiative, *, at=None, showing=Showing.SHOWN):
    return InitiativePicture.objects.create(
        initiative=initiative, key=f"k{InitiativePicture.objects.count()}", given_at=at or now(), alt="De bank", width=640, height=480,
        people=People.NOBODY, showing=showing,
    )  # fmt: skip


def finish(title, *, by, paid=True, pictured=True):
    """The plan of residents with this title is done: paid, with a picture."""
    initiative = Initiative.objects.get(title=title)
    plans.move_to(initiative, Stage.DONE, result="De bank staat er.", by=by, at=now())
    commitment = Commitment.objects.get(initiative=initiative)
    if paid:
        # Cheaper than thought, and nobody sent a bill.
        release(commitment, commitment.amount, why="Gesponsord", by=by, at=now())
    if pictured:
        picture(initiative)
    return initiative


# --- how it goes ---------------------------------------------------------------------------------------


def test_a_plan_is_followed_from_what_it_became(adopted, kees, bas):
    round_ = adopted(before=lambda one: made_by(plan_of(one, 1), kees))
    row = rows_of(round_)[1]
    assert (row.step, row.who, row.promised, row.paid) == (DOING, "Kees", Decimal(3000), Decimal(0))
    finish("Plan 1", by=bas)
    row = rows_of(round_)[1]
    assert (row.step, row.result, row.picture.alt) == (READY, "De bank staat er.", "De bank")


def test_a_plan_for_which_nobody_is_named_waits(adopted):
    row = rows_of(adopted(before=lambda one: municipal(one, 1)))[1]
    assert (row.step, row.waits, row.finished) == (CHOSEN, True, False)


def test_a_plan_that_is_not_on_the_site_is_not_named_to_everybody(adopted, kees):
    round_ = adopted(before=lambda one: made_by(plan_of(one, 1), kees))
    Initiative.objects.filter(title="Plan 1").update(showing=Showing.REMOVED, why="Geheim")
    row = rows_of(round_)[1]
    assert (row.who, row.why, row.url, row.picture_url) == ("", "", "", "")


@pytest.mark.parametrize("costs", [("3000",), ("3000", "2000", "1000")])
def test_one_plan_and_three_cost_the_same_queries(adopted, kees, costs):
    round_ = adopted(*range(1, len(costs) + 1), costs=costs)
    round_ = type(round_).objects.select_related("pot").get(pk=round_.pk)
    with CaptureQueriesContext(connection) as asked:
        tracked(round_, today=today())
    assert len(asked) == 4


# --- until the last euro and the last picture ---------------------------------------------------------


def test_a_plan_is_rounded_off_by_itself_when_all_is_there(adopted, bas):
    round_ = adopted()
    finish("Plan 1", by=bas)
    assert see_to_plans(at=now()) == 1
    assert rows_of(round_)[1].step == CLOSED
    assert Winner.objects.get(plan__round=round_, plan__number=2).closed_on is None
    assert see_to_plans(at=now()) == 0


@pytest.mark.parametrize("lacks", ["paid", "pictured"])
def test_without_the_last_euro_or_the_last_picture_it_stays_open(adopted, bas, lacks):
    adopted()
    finish("Plan 1", by=bas, **{lacks: False})
    assert see_to_plans(at=now()) == 0


def test_a_picture_of_before_or_that_nobody_looked_at_is_not_the_last(adopted, bas):
    adopted()
    initiative = finish("Plan 1", by=bas, pictured=False)
    picture(initiative, at=now() - datetime.timedelta(days=2))
    assert see_to_plans(at=now()) == 0
    picture(initiative, showing=Showing.TO_READ)
    assert see_to_plans(at=now()) == 0


def test_what_does_not_go_on_needs_no_picture(adopted, bas):
    round_ = adopted()
    initiative = Initiative.objects.get(title="Plan 1")
    plans.move_to(initiative, Stage.STOPPED, why="De school gaat dicht.", by=bas, at=now())
    assert see_to_plans(at=now()) == 0
    release(Commitment.objects.get(initiative=initiative), Decimal(3000), why="Gaat niet door", by=bas, at=now())
    assert see_to_plans(at=now()) == 1
    assert rows_of(round_)[1].why == "De school gaat dicht."


def test_when_all_plans_are_rounded_off_the_round_is_done(adopted, bas):
    round_ = adopted(leftover=Leftover.NEXT)
    finish("Plan 1", by=bas), finish("Plan 2", by=bas)
    assert see_to_plans(at=now()) == 2
    round_.refresh_from_db()
    assert round_.stage == RoundStage.DONE


def test_somebody_rounds_a_plan_off_with_words(adopted, bas):
    round_ = adopted()
    finish("Plan 1", by=bas, pictured=False)
    won = Winner.objects.get(plan__round=round_, plan__number=1)
    with pytest.raises(NotFinished):
        close(won, words=" ", by=bas, at=now())
    close(won, words="Niemand wilde op de foto.", by=bas, at=now())
    assert (won.closed_on, won.closed_words) == (today(), "Niemand wilde op de foto.")
    with pytest.raises(WrongStage):
        close(won, words="Nog een keer", by=bas, at=now())


def test_money_that_was_not_paid_keeps_a_plan_open(adopted, bas):
    round_ = adopted()
    with pytest.raises(NotFinished, match=r"3.000|3,000"):
        close(Winner.objects.get(plan__round=round_, plan__number=1), words="Klaar", by=bas, at=now())


# --- what came of it -----------------------------------------------------------------------------------


def test_what_came_of_a_round_is_told_once_its_result_is_known(adopted, counted, bas):
    assert came_of(["BU03440241"]) == []
    counted(name="Nog niet vastgesteld")
    assert came_of(["BU03440241"]) == []
    round_ = adopted(name="Buurtbudget 2023")
    finish("Plan 1", by=bas)
    see_to_plans(at=now())
    (one,) = came_of(["BU03440241"])
    assert (one.slug, one.plans, one.done) == (round_.slug, 2, 1)
    assert came_of(["BU03440321"]) == []


def test_a_round_of_elsewhere_did_nothing_here(make_round):
    round_ = make_round(stage=RoundStage.ADOPTED, announced_at=None)
    BudgetRound.objects.filter(pk=round_.pk).update(elsewhere="Assen, 2025")
    RulesSheet.objects.filter(round=round_).update(announced_at=now())
    assert came_of(None) == []


def test_a_round_in_which_people_vote_comes_first_and_says_so(make_round):
    voting = make_round("Buurtbudget nu", stage=RoundStage.VOTING)
    make_round("Buurtbudget eerder", stage=RoundStage.ADOPTED)
    first, second = came_of(["BU03440241"], most=2)
    assert (first.slug, first.voting, second.voting) == (voting.slug, True, False)
    assert came_of(["BU03440321"]) == []
