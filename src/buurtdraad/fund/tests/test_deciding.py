"""Proposing and deciding: every guard, and that a decision stays as it was taken."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test asks for as many as it needs)

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund.access import mandate_of
from buurtdraad.fund.actions.deciding import (
    HearFirst,
    NoMandate,
    NotDecidable,
    NotYourTurn,
    WrongAmount,
    choose_pot,
    decide,
    give_back,
    propose,
)
from buurtdraad.fund.actions.interests import NotFree
from buurtdraad.fund.models import Application, Decision, InterestDeclaration, PriceCap, Proposal, Question, View
from buurtdraad.fund.states import Activity, Ground, Interest, Outcome, Stage
from buurtdraad.fund.tests.decisions import WORDS, days_ago, decided, in_english, linda, pot, proposed  # noqa: F401
from buurtdraad.lib.stages import WrongStage
from buurtdraad.money.actions.committing import PotTooSmall
from buurtdraad.money.models import Commitment, Payment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def say(application, by, outcome=Outcome.GRANTED, amount="5000", ground="", **more):
    facts = {"words": WORDS, "by": by, "at": timezone.now()} | more
    return propose(application, outcome=outcome, amount=Decimal(amount), ground=ground, **facts)


def test_a_proposal_that_is_taken_over_gives_a_decision_with_its_money_and_letter(proposed, pot, priya, bas):
    made = decide(proposed(), by=bas, at=timezone.now())
    assert (made.outcome, made.amount, made.asked, made.prepared_by, made.taken_by) == ("granted", 5000, 5000, priya.uuid, bas.uuid)
    assert (made.mandate, made.at_once, made.known_on) == ("fund_decider", True, None)
    assert made.application.stage == Stage.GRANTED
    assert (made.commitment.amount, made.commitment.pot) == (5000, pot)
    pot.refresh_from_db()
    assert pot.committed == 5000
    assert made.letter.sent_on is None
    verbs = list(Event.objects.filter(room="fund").values_list("verb", flat=True))
    assert verbs == ["decision.proposed", "decision.taken"]


def test_nothing_is_owed_before_the_decision_was_made_known(decided):
    decided()
    assert not Payment.objects.exists()


# --- ready ----------------------------------------------------------------------------------------------


def test_no_decision_before_everything_is_there(make_application, declared, priya, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    Application.objects.filter(pk=made.pk).update(complete_on=None)
    with pytest.raises(NotDecidable, match="everything was there"):
        say(made, priya)


def test_what_was_complete_when_proposed_and_is_not_any_more_is_not_decided(proposed, bas):
    made = proposed()
    Application.objects.filter(pk=made.pk).update(complete_on=None)
    with pytest.raises(NotDecidable):
        decide(made, by=bas, at=timezone.now())


def test_an_application_is_only_set_aside_after_the_days_to_answer_went_by(make_application, declared, priya):
    made = make_application(stage=Stage.WAITING, costs=("5000",))
    declared(made, priya)
    facts = {"outcome": Outcome.NOT_PROCESSED, "amount": "0", "ground": Ground.INCOMPLETE}
    with pytest.raises(NotDecidable, match="wait until the last day"):
        say(made, priya, **facts)
    now = timezone.now()
    Question.objects.create(application=made, text="Wat kost het?", asked_by=priya.uuid, asked_at=now, answer_by=days_ago(1), lapsed_at=now)
    say(made, priya, **facts)
    assert made.stage == Stage.PROPOSED


def test_while_a_question_waits_nothing_else_is_proposed(make_application, declared, priya, pot):
    made = make_application(stage=Stage.WAITING, costs=("5000",), pot=pot)
    declared(made, priya)
    Application.objects.filter(pk=made.pk).update(complete_on=days_ago(0))
    with pytest.raises(WrongStage):
        say(made, priya)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.WAITING, Stage.ASSESSING, Stage.VIEW}))
def test_in_no_other_step_is_something_proposed(make_application, declared, priya, pot, stage):
    made = make_application(stage=stage, costs=("5000",), pot=pot)
    declared(made, priya)
    Application.objects.filter(pk=made.pk).update(complete_on=days_ago(0))
    with pytest.raises(WrongStage):
        say(made, priya)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.PROPOSED}))
def test_in_no_other_step_is_something_decided(proposed, bas, stage):
    made = proposed()
    Application.objects.filter(pk=made.pk).update(stage=stage)
    with pytest.raises(WrongStage):
        decide(made, by=bas, at=timezone.now())
    assert not Decision.objects.exists()
    assert not Commitment.objects.exists()


# --- who ------------------------------------------------------------------------------------------------


def test_who_has_no_mandate_for_the_amount_does_not_decide(proposed, rules, bas, joris, priya, declared):
    made = proposed()
    declared(made, joris)
    assert [bool(mandate_of(person, made)) for person in (bas, joris, priya)] == [True, False, False]
    for person in (joris, priya):
        with pytest.raises(NoMandate):
            decide(made, by=person, at=timezone.now())
    rules.mandates.filter(duty="fund_decider").update(up_to=4999)
    with pytest.raises(NoMandate):
        decide(made, by=bas, at=timezone.now())


def test_a_mandate_for_small_plans_holds_for_small_plans_in_ones_own_area(make_application, joris, samira):
    small, large = make_application(costs=("650",), small=True), make_application(costs=("650",))
    assert [bool(mandate_of(person, one)) for person in (joris, samira) for one in (small, large)] == [True, False, False, False]


def test_who_did_not_say_that_they_have_no_interest_neither_proposes_nor_decides(make_application, declared, proposed, priya, bas, pot):
    made = make_application(costs=("5000",), pot=pot)
    with pytest.raises(NotFree):
        say(made, priya)
    made = proposed()
    InterestDeclaration.objects.filter(person=bas.uuid).delete()
    with pytest.raises(NotFree):
        decide(made, by=bas, at=timezone.now())


def test_who_has_an_interest_or_asks_the_money_does_not_decide(proposed, make_application, bas, pot):
    made = proposed()
    InterestDeclaration.objects.filter(person=bas.uuid).update(says=Interest.YES)
    with pytest.raises(NotFree):
        decide(made, by=bas, at=timezone.now())
    InterestDeclaration.objects.all().delete()
    own = proposed(application=make_application(costs=("5000",), pot=pot, of=bas))
    with pytest.raises(NotFree):
        decide(own, by=bas, at=timezone.now())


def test_who_prepared_it_does_not_decide_on_it(make_application, declared, bas, linda, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, bas, linda)
    say(made, bas)
    with pytest.raises(NoMandate, match="prepared this yourself"):
        decide(made, by=bas, at=timezone.now())
    assert decide(made, by=linda, at=timezone.now()).prepared_by == bas.uuid


def test_above_the_amount_two_different_people_decide(proposed, bas, linda):
    made = proposed(costs=("12000",))
    assert decide(made, by=bas, at=timezone.now()) is None
    assert not Commitment.objects.exists()
    with pytest.raises(NoMandate, match="second person"):
        decide(made, by=bas, at=timezone.now())
    decision = decide(made, by=linda, at=timezone.now())
    assert (decision.taken_by, decision.with_whom) == (bas.uuid, linda.uuid)
    assert Event.objects.filter(verb="decision.first_yes").count() == 1


def test_a_first_yes_is_gone_when_the_proposal_goes_back(proposed, bas, linda, priya):
    made = proposed(costs=("12000",))
    decide(made, by=bas, at=timezone.now())
    give_back(made, "De kosten zijn te hoog.", by=linda, at=timezone.now())
    assert made.stage == Stage.ASSESSING
    assert made.notes.get().text == "De kosten zijn te hoog."
    say(made, priya, amount="12000")
    assert Proposal.objects.get().first_yes_by is None


# --- how much -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "amount", "ground"),
    [
        (Outcome.GRANTED, "5000.01", ""),
        (Outcome.GRANTED, "4999.99", ""),
        (Outcome.PARTLY, "5000", Ground.NOT_PAID),
        (Outcome.PARTLY, "0", Ground.NOT_PAID),
        (Outcome.PARTLY, "-1", Ground.NOT_PAID),
        (Outcome.REFUSED, "1", Ground.NOT_PAID),
    ],
)
def test_an_amount_that_does_not_go_with_the_outcome_is_refused(make_application, declared, priya, pot, outcome, amount, ground):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    with pytest.raises(WrongAmount):
        say(made, priya, outcome, amount, ground)


def test_no_grant_above_what_was_accepted_the_maximum_the_cap_or_the_year(make_application, declared, priya, rules, pot):
    made = make_application(costs=("5000", "500"), pot=pot)
    declared(made, priya)
    made.costs.filter(label="Eten en drinken").update(accepted=0, reason="Eten betaalt het fonds niet.")
    with pytest.raises(WrongAmount, match="5,000"):
        say(made, priya, amount="5500")
    PriceCap.objects.create(rules=rules, activity=Activity.GREEN, most=3000)
    with pytest.raises(WrongAmount, match="3,000"):
        say(made, priya, Outcome.PARTLY, "3000.01", Ground.TOO_HIGH)
    type(rules).objects.filter(pk=rules.pk).update(most=2000)
    with pytest.raises(WrongAmount, match="2,000"):
        say(made, priya, Outcome.PARTLY, "2000.01", Ground.TOO_HIGH)


def test_in_a_year_an_initiative_gets_at_most_what_the_rules_say(decided, make_application, declared, priya, rules, pot):
    before = decided()
    type(rules).objects.filter(pk=rules.pk).update(most_a_year=6000)
    again = make_application(costs=("3000",), pot=pot, initiative=before.application.initiative)
    declared(again, priya)
    with pytest.raises(WrongAmount, match="1,000"):
        say(again, priya, amount="3000")


def test_no_grant_above_what_is_free_in_the_pot_or_the_ceiling_around_it(proposed, bas, make_pot, make_application, pot):
    year = timezone.localdate().year
    within = make_pot("9000", name="Noordwest", year=year, area="WK034402", within=make_pot("4999.99", name="Plafond", year=year))
    made = proposed(application=make_application(costs=("5000",), pot=within))
    with pytest.raises(PotTooSmall):
        decide(made, by=bas, at=timezone.now())
    made.refresh_from_db()
    assert made.stage == Stage.PROPOSED
    assert not Decision.objects.exists()


def test_a_grant_needs_a_pot_of_its_place_and_year(make_application, declared, priya, bas, make_pot):
    year = timezone.localdate().year
    made = make_application(costs=("5000",))
    declared(made, priya, bas)
    for wrong in (make_pot(name="Overvecht", year=year, area="WK034403"), make_pot(name="Oud", year=year - 1)):
        with pytest.raises(NotDecidable, match="Choose another"):
            choose_pot(made, wrong, by=priya, at=timezone.now())
    say(made, priya)
    with pytest.raises(NotDecidable, match="First choose the pot"):
        decide(made, by=bas, at=timezone.now())


def test_less_than_was_asked_needs_a_ground_and_every_decision_words(make_application, declared, priya, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    with pytest.raises(NotDecidable, match="reason"):
        say(made, priya, Outcome.PARTLY, "100")
    with pytest.raises(NotDecidable, match="why you decide so"):
        say(made, priya, words="  ")


# --- hearing and order ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [Ground.WILL_NOT_HAPPEN, Ground.FALSE_FACTS, Ground.THREE_YEARS])
def test_on_these_grounds_the_applicant_is_heard_first(make_application, declared, priya, pot, ground):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    with pytest.raises(HearFirst):
        say(made, priya, Outcome.REFUSED, "0", ground)
    with pytest.raises(HearFirst):
        say(made, priya, Outcome.PARTLY, "100", ground)
    view = View.objects.create(
        application=made, about="Wij denken aan nee.", asked_by=priya.uuid, asked_at=timezone.now(), give_by=days_ago(1)
    )
    with pytest.raises(HearFirst):
        say(made, priya, Outcome.REFUSED, "0", ground)
    View.objects.filter(pk=view.pk).update(waived_at=timezone.now())
    say(made, priya, Outcome.REFUSED, "0", ground)
    assert made.stage == Stage.PROPOSED


def test_who_was_complete_sooner_is_decided_on_first_where_there_is_not_enough(proposed, bas, make_application, pot):
    soon = make_application(costs=("12000",), pot=pot, on=days_ago(3))
    late = proposed(costs=("9000",))
    with pytest.raises(NotYourTurn, match="sooner"):
        decide(late, by=bas, at=timezone.now())
    Application.objects.filter(pk=soon.pk).update(stage=Stage.WITHDRAWN)
    assert decide(late, by=bas, at=timezone.now()).amount == 9000


def test_the_ceiling_is_no_ground_while_there_is_enough_or_others_come_first(proposed, make_application, bas, pot):
    facts = {"outcome": Outcome.REFUSED, "amount": 0, "ground": Ground.CEILING}
    with pytest.raises(NotDecidable, match="no reason"):
        proposed(costs=("9000",), **facts)
    Application.objects.all().delete()
    type(pot).objects.update(committed=15000)
    made = proposed(costs=("9000",), **facts)
    assert decide(made, by=bas, at=timezone.now()).outcome == Outcome.REFUSED
