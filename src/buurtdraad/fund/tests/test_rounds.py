"""Rounds: what was announced stays, who is in one, points, the order, and proposals while the money lasts."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test asks for as many as it needs)

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund import access
from buurtdraad.fund.actions.awarding import propose_in_order
from buurtdraad.fund.actions.interests import NotFree
from buurtdraad.fund.actions.rounds import (
    Frozen,
    NotImpartial,
    NotNow,
    RoundFacts,
    WrongOrder,
    add_criterion,
    announce,
    change,
    close,
    drop,
    drop_criterion,
    open_round,
    record_ranking,
    see_to_days,
    take_back_ranking,
    take_in,
)
from buurtdraad.fund.actions.scoring import WrongPoints, give_points, rank_by_points
from buurtdraad.fund.models import Criterion, InterestDeclaration, Round, RoundEntry, Score
from buurtdraad.fund.states import Interest, RankedBy, RoundStage, Stage
from buurtdraad.fund.tests.decisions import WORDS, days_ago, in_english, linda, pot  # noqa: F401
from buurtdraad.fund.tests.rounds import LAST, announced, at_day, closed, in_order, points  # noqa: F401
from buurtdraad.lib.stages import WrongStage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]

# --- announced, open, closed ---------------------------------------------------------------------------


def test_what_was_announced_can_change_until_the_round_opens(announced, bas, pot):
    made = announced()
    facts = RoundFacts("Ronde A", days_ago(30), days_ago(5), days_ago(-60))
    change(made, facts, pot=pot, by=bas, at=at_day(35))
    drop_criterion(made.criteria.last(), by=bas, at=at_day(35))
    assert (made.name, made.closes_on, made.criteria.count()) == ("Ronde A", days_ago(5), 1)
    open_round(made, by=bas, at=at_day(30))
    deeds = (
        lambda: change(made, facts, pot=pot, by=bas, at=at_day(20)),
        lambda: add_criterion(made, name="Nieuw", by=bas, at=at_day(20)),
        lambda: drop_criterion(made.criteria.get(), by=bas, at=at_day(20)),
        lambda: drop(made, by=bas, at=at_day(20)),
    )
    for deed in deeds:
        with pytest.raises(Frozen):
            deed()


def test_what_counts_is_frozen_in_the_database_too(announced, bas):
    made = announced()
    open_round(made, by=bas, at=at_day(30))
    deeds = (
        lambda: Criterion.objects.update(weight=9),
        lambda: Criterion.objects.all().delete(),
        lambda: Criterion.objects.create(round=made, name="Nieuw"),
    )
    for deed in deeds:
        with pytest.raises(ProgrammingError, match="what counts stays"), transaction.atomic():
            deed()


def test_an_announcement_can_be_taken_back(announced, bas):
    drop(announced(), by=bas, at=at_day(35))
    assert not Round.objects.exists()
    assert Event.objects.filter(verb="round.dropped").count() == 1


@pytest.mark.parametrize(("opens", "closes", "decides"), [(10, 20, 5), (20, 10, 10), (20, 10, 15)])
def test_days_in_the_wrong_order_are_refused(rules, pot, bas, opens, closes, decides):
    with pytest.raises(NotNow):
        announce(RoundFacts("R", days_ago(opens), days_ago(closes), days_ago(decides)), rules=rules, pot=pot, by=bas, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(rules=rules, name="R", opens_on=days_ago(opens), closes_on=days_ago(closes), decide_by=days_ago(decides))


def test_names_of_rounds_criteria_and_places_stand_once(closed, announced, bas):
    made, (first, second, _third) = closed()
    with pytest.raises(NotNow):
        announced()
    for deed in (
        lambda: Round.objects.create(rules=made.rules, name=made.name, opens_on=days_ago(3), closes_on=days_ago(2), decide_by=days_ago(1)),
        lambda: RoundEntry.objects.create(round=made, application=first),
        lambda: [RoundEntry.objects.filter(application=one).update(place=1) for one in (first, second)],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    other = announced(name="Ronde 2")
    with pytest.raises(NotNow):
        add_criterion(other, name="Voor iedereen", by=bas, at=timezone.now())
    for wrong in ({"name": "Voor iedereen"}, {"name": "Nul", "weight": 0}, {"name": "Niets", "most": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Criterion.objects.create(round=other, **wrong)


def test_a_round_opens_on_its_day_with_criteria_and_closes_when_its_last_day_is_over(announced, bas):
    made = announced()
    with pytest.raises(NotNow):
        open_round(made, by=bas, at=at_day(31))
    made.criteria.all().delete()
    with pytest.raises(NotNow, match="what counts"):
        open_round(made, by=bas, at=at_day(30))
    add_criterion(made, name="Groen", by=bas, at=at_day(30))
    open_round(made, by=bas, at=at_day(30))
    with pytest.raises(NotNow):
        close(made, by=bas, at=at_day(LAST))
    close(made, by=bas, at=at_day(LAST - 1))
    with pytest.raises(WrongStage):
        close(made, by=bas, at=timezone.now())


def test_the_clock_opens_and_closes_rounds_by_their_day(announced):
    made = announced()
    bare = announced(name="Zonder")
    bare.criteria.all().delete()
    assert [see_to_days(at=at_day(ago)) for ago in (31, 30, 30, LAST, LAST - 1)] == [0, 1, 0, 0, 1]
    made.refresh_from_db()
    bare.refresh_from_db()
    assert (made.stage, bare.stage) == (RoundStage.CLOSED, RoundStage.ANNOUNCED)


def test_only_who_was_complete_on_the_closing_day_is_in_it(announced, make_application, pot, bas, make_pot):
    there = make_application(pot=pot, on=days_ago(LAST))
    too_late = make_application(pot=pot, on=days_ago(LAST - 1))
    incomplete = make_application(pot=pot, on=days_ago(LAST), stage=Stage.CHECKING)
    elsewhere = make_application(pot=make_pot("5", name="Anders", year=timezone.localdate().year), on=days_ago(LAST))
    small = make_application(pot=pot, on=days_ago(LAST), small=True, costs=("500",))
    over = make_application(pot=pot, on=days_ago(LAST), stage=Stage.REFUSED)
    made = announced()
    open_round(made, by=bas, at=at_day(30))
    assert close(made, by=bas, at=timezone.now()) == 1
    assert [entry.application for entry in made.entries.all()] == [there]
    there.refresh_from_db()
    assert (there.round_on, there.pot) == (days_ago(LAST), pot)
    for one in (too_late, incomplete, elsewhere, small, over):
        one.refresh_from_db()
        assert one.round_on is None


def test_who_was_seen_late_to_be_complete_in_time_is_taken_in_before_the_order_is_made(closed, make_application, pot, bas):
    made, plans = closed(ranked_by=RankedBy.JURY)
    late = make_application(pot=pot, on=days_ago(LAST))
    with pytest.raises(NotNow, match="take them in"):
        record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    assert take_in(made, by=bas, at=timezone.now()) == 1
    assert made.entries.filter(application=late).exists()


def test_what_the_rules_put_in_rounds_goes_by_one_without_a_pot(announced, make_application, rules, bas):
    type(rules).objects.update(rounds_above=10000)
    large, little = (make_application(costs=(each,), on=days_ago(LAST)) for each in ("12000", "9000"))
    made = announced()
    open_round(made, by=bas, at=at_day(30))
    assert close(made, by=bas, at=timezone.now()) == 1
    assert made.entries.get().application == large
    assert little.pot is None


# --- points --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", RoundStage.values)
def test_who_gives_points_and_makes_proposals_in_which_step(closed, kees, joris, samira, priya, bas, noor, ria, stage):
    made, (plan, *_others) = closed()
    Round.objects.filter(pk=made.pk).update(stage=stage)
    made.refresh_from_db()
    people = (kees, joris, samira, priya, bas, noor, ria)
    scoring, ranked = stage == "closed", stage == "ranked"
    assert [access.may_score(person, made, plan) for person in people] == [False, scoring, False, scoring, scoring, False, False]
    assert [access.may_award(person, made) for person in people] == [False, False, False, ranked, ranked, False, False]
    assert [access.may_keep_round(person, made.pot) for person in people] == [False, False, False, False, True, True, False]


def test_who_has_an_interest_gives_no_points_and_makes_no_order(closed, priya, bas):
    made, plans = closed()
    InterestDeclaration.objects.filter(application=plans[0], person__in=(priya.uuid, bas.uuid)).update(says=Interest.YES)
    with pytest.raises(NotFree):
        points(made, plans[0], (5, 5), priya)
    InterestDeclaration.objects.filter(application=plans[1], person=priya.uuid).delete()
    with pytest.raises(NotFree, match="First say"):
        points(made, plans[1], (5, 5), priya)
    points(made, plans[2], (5, 5), priya)
    with pytest.raises(NotImpartial):
        record_ranking(made, in_order(plans), how="Zo", by=bas, at=timezone.now())


def test_points_are_within_the_most_on_every_criterion_and_change_until_the_order_is_known(closed, priya):
    made, (plan, *_others) = closed()
    first = made.criteria.first()
    for wrong in ({first: (5, "")}, dict.fromkeys(made.criteria.all(), (6, "")), dict.fromkeys(made.criteria.all(), (-1, ""))):
        with pytest.raises(WrongPoints):
            give_points(made, plan, wrong, by=priya, at=timezone.now())
    points(made, plan, (1, 1), priya)
    points(made, plan, (4, 3), priya)
    assert sorted(Score.objects.values_list("points", flat=True)) == [3, 4]
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(criterion=first, application=plan, given_by=priya.uuid, points=1, at=timezone.now())


def test_the_order_is_the_weighted_mean_and_equal_points_go_by_a_published_seed(closed, priya, joris, bas):
    made, plans = closed()
    for plan, of in zip(plans, [(3, 3), (5, 2), (3, 3)], strict=True):
        points(made, plan, of, priya)
    with pytest.raises(NotNow):  # Joris gave points for one, and one without any would have no place
        Score.objects.filter(application=plans[0]).delete()
        rank_by_points(made, by=bas, at=timezone.now())
    points(made, plans[0], (2, 3), priya)
    points(made, plans[0], (4, 3), joris)
    entries = rank_by_points(made, by=bas, at=timezone.now())
    assert (entries[0].application, entries[0].points) == (plans[1], Decimal("4.00"))
    assert [entry.points for entry in entries] == [Decimal(4), Decimal(3), Decimal(3)]
    made.refresh_from_db()
    event = Event.objects.get(verb="round.ranked")
    assert made.seed == event.payload["seed"]
    assert event.payload["order"] == [str(entry.application.uuid) for entry in entries]
    assert made.how == "2 beoordelaars gaven punten."
    with pytest.raises(WrongStage):
        points(made, plans[0], (5, 5), priya)
    with pytest.raises(WrongStage):
        rank_by_points(made, by=bas, at=timezone.now())


def test_an_order_of_residents_holds_every_plan_once(closed, make_application, bas):
    made, plans = closed(ranked_by=RankedBy.JURY)
    other = make_application(on=days_ago(1))
    for wrong in ([], plans[:2], [*plans, plans[0]], [*plans[:2], other]):
        with pytest.raises(WrongOrder):
            record_ranking(made, in_order(wrong), how="Een avond", by=bas, at=timezone.now())
    with pytest.raises(NotNow, match="how"):
        record_ranking(made, in_order(plans), how=" ", by=bas, at=timezone.now())
    with pytest.raises(WrongStage):
        rank_by_points(made, by=bas, at=timezone.now())
    record_ranking(made, in_order(plans[::-1]), how="12 bewoners kozen.", by=bas, at=timezone.now())
    assert [entry.application for entry in made.entries.order_by("place")] == plans[::-1]
    assert (made.stage, made.how) == (RoundStage.RANKED, "12 bewoners kozen.")


def test_an_order_that_was_wrong_is_taken_back_with_why_until_there_is_a_proposal(closed, priya, bas):
    made, plans = closed()
    for plan, of in zip(plans, [(3, 3), (5, 2), (1, 1)], strict=True):
        points(made, plan, of, priya)
    rank_by_points(made, by=bas, at=timezone.now())
    for wrong in (" ", ""):
        with pytest.raises(NotNow, match="why"):
            take_back_ranking(made, why=wrong, by=bas, at=timezone.now())
    seed = made.seed
    take_back_ranking(made, why="De punten van Linda ontbraken.", by=bas, at=timezone.now())
    assert (made.stage, made.seed, made.ranked_at) == (RoundStage.CLOSED, "", None)
    assert made.how.endswith("De punten van Linda ontbraken.")
    assert set(made.entries.values_list("place", "points", "why")) == {(None, None, "")}
    assert Score.objects.count() == 6
    assert Event.objects.get(verb="round.ranking_taken_back").payload["seed"] == seed
    with pytest.raises(WrongStage):
        take_back_ranking(made, why="Nog eens", by=bas, at=timezone.now())
    rank_by_points(made, by=bas, at=timezone.now())
    assert "ontbraken" not in made.how
    propose_in_order(made, by=priya, at=timezone.now())
    with pytest.raises(NotNow, match="proposals"):
        take_back_ranking(made, why="Toch anders", by=bas, at=timezone.now())


def test_who_has_an_interest_takes_no_order_back(closed, bas):
    made, plans = closed(ranked_by=RankedBy.JURY)
    record_ranking(made, in_order(plans), how="Een avond", by=bas, at=timezone.now())
    InterestDeclaration.objects.filter(application=plans[0], person=bas.uuid).update(says=Interest.YES)
    with pytest.raises(NotImpartial):
        take_back_ranking(made, why="Fout", by=bas, at=timezone.now())
