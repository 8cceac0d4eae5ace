"""A plan that won becomes an agreement with an owner or a plan of its makers, with its money; what is left goes by the rules."""

# ruff: noqa: F811 (a fixture is named like what it is)
import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import Promise, TopicFacts
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.states import OwnerKind
from buurtdraad.budgets.actions.becoming import Doer, NotHere, give_to_makers, give_to_topic
from buurtdraad.budgets.models import BudgetPlan, PlanPicture, RoundMoney, Winner
from buurtdraad.budgets.queries.tracking import left_over
from buurtdraad.budgets.sharing import months_later, of_hundred, shared_back
from buurtdraad.budgets.states import Leftover
from buurtdraad.budgets.tests.after import adopted, counted, made_by, now, plan_of, today  # noqa: F401
from buurtdraad.initiatives.models import Initiative, InitiativePicture
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.lib.uploads.keeping import forget, kept, place
from buurtdraad.money.actions.pots import PotKept, take_out
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.states import Kind

pytestmark = pytest.mark.django_db


def winner_of(round_, number):
    return Winner.objects.select_related("plan__round", "agreement", "commitment").get(plan__round=round_, plan__number=number)


@pytest.fixture
def topic_of(areas, joris):
    """A topic of the agenda of an area that counts now, of these wishes."""

    def make(area="zuilen-oost", wishes=()):
        draft = agendas.make_draft(areas[area], by=joris, at=now())
        topic = agendas.add_topic(draft, TopicFacts("Groen en ontmoeten"), by=joris, at=now())
        agendas.choose_wishes(topic, list(wishes), by=joris, at=now())
        agendas.adopt(draft, adopted_by="De avond met bewoners", valid_from=today(), by=joris, at=now())
        topic.refresh_from_db()
        return topic

    return make


def municipal(round_, number, *wishes):
    BudgetPlan.objects.filter(round=round_, number=number).update(by_municipality=True)
    plan_of(round_, number).wishes.set(wishes)


# --- by itself -----------------------------------------------------------------------------------------


def test_a_plan_from_an_initiative_goes_on_there(adopted, make_initiative, kees):
    initiative = make_initiative("Wilgentuin", of=kees)
    round_ = adopted(before=lambda one: one.plans.filter(number=1).update(initiative=initiative))
    commitment = winner_of(round_, 1).commitment
    assert (commitment.initiative, commitment.amount, commitment.kind) == (initiative, Decimal(3000), Kind.BUDGET)
    assert commitment.told_on == today()
    initiative.refresh_from_db()
    assert initiative.stage == Stage.DOING


def test_a_plan_from_an_agreement_goes_on_there(adopted, topic_of, joris):
    agreement = agendas.add_agreement(topic_of(), Promise("Twee banken"), by=joris, at=now())
    round_ = adopted(before=lambda one: one.plans.filter(number=2).update(agreement=agreement))
    won = winner_of(round_, 2)
    assert (won.agreement, won.commitment.agreement) == (agreement, agreement)


def test_a_plan_of_residents_becomes_theirs_with_all_that_was_written(adopted, kees, make_wish):
    wish = make_wish("Een bank op de Wilgenhof.")

    def of_kees(round_):
        made_by(plan_of(round_, 1), kees)
        plan_of(round_, 1).wishes.add(wish)
        round_.plans.filter(number=1).update(story="Wij willen groen.", place="de Wilgenhof")

    round_ = adopted(before=of_kees)
    made = Initiative.objects.get(title="Plan 1")
    assert (made.showing, made.stage, made.story, made.place) == (Showing.SHOWN, Stage.DOING, "Wij willen groen.", "de Wilgenhof")
    assert [one.contact.person for one in made.members.all()] == [kees]
    assert [one.wish for one in made.answers_wishes.all()] == [wish]
    assert plan_of(round_, 1).initiative == made
    assert winner_of(round_, 1).commitment.initiative == made


def test_a_maker_whose_name_is_no_first_name_stays_unnamed_on_the_site(adopted, kees):
    adopted(before=lambda round_: made_by(plan_of(round_, 1), kees, name="Stichting 1-2-3 (KvK 12345678)"))
    member = Initiative.objects.get(title="Plan 1").members.get()
    assert (member.name, member.agreed_at) == ("", None)


def test_a_plan_of_the_municipality_comes_under_the_topic_of_its_wish(adopted, topic_of, make_wish, bas):
    wish = make_wish()
    topic = topic_of(wishes=[wish])
    round_ = adopted(before=lambda one: municipal(one, 1, wish), months_to_do=6)
    agreement = winner_of(round_, 1).agreement
    assert agreement.topic == topic
    assert (agreement.what, agreement.amount, agreement.money_source) == ("Plan 1", 3000, round_.name)
    assert agreement.due_on == months_later(today(), 6)
    owner = agreement.owners.get()
    assert owner.kind == OwnerKind.MUNICIPALITY
    assert owner.accepted_at
    assert owner.said_by == "het college"


def test_a_plan_that_costs_nothing_becomes_something_without_money(adopted):
    round_ = adopted(1, costs=("0", "5000"))
    won = winner_of(round_, 1)
    assert won.commitment is None
    assert plan_of(round_, 1).initiative
    assert not Commitment.objects.exists()


# --- as somebody says ----------------------------------------------------------------------------------


def test_a_plan_of_the_municipality_without_a_topic_waits_and_keeps_its_money(adopted):
    round_ = adopted(before=lambda one: municipal(one, 1))
    assert winner_of(round_, 1).commitment is None
    # 10,000 less the 5,000 that was promised and the 3,000 that waits.
    assert left_over(round_) == Decimal(2000)


def test_somebody_says_under_which_topic_and_who_sees_to_it(adopted, topic_of, noor):
    topic = topic_of()
    round_ = adopted(before=lambda one: municipal(one, 1))
    agreement = give_to_topic(winner_of(round_, 1), topic, Doer("De Vechtoever", OwnerKind.PARTNER), by=noor, at=now())
    won = winner_of(round_, 1)
    assert (won.agreement, won.commitment.agreement, won.commitment.amount) == (agreement, agreement, Decimal(3000))
    # A partner says yes itself.
    assert agreement.owners.get().accepted_at is None


def test_a_topic_of_another_place_is_refused(adopted, topic_of, noor):
    round_ = adopted(before=lambda one: municipal(one, 1))
    with pytest.raises(NotHere):
        give_to_topic(winner_of(round_, 1), topic_of("WK034403"), Doer("Iemand", OwnerKind.RESIDENT), by=noor, at=now())
    assert not Agreement.objects.exists()


def test_a_plan_is_given_once(adopted, topic_of, noor):
    topic = topic_of()
    round_ = adopted(before=lambda one: municipal(one, 1))
    won = winner_of(round_, 1)
    give_to_makers(won, by=noor, at=now())
    with pytest.raises(WrongStage):
        give_to_topic(won, topic, Doer("Iemand", OwnerKind.RESIDENT), by=noor, at=now())
    round_.pot.refresh_from_db()
    assert round_.pot.committed == Decimal(8000)


def test_the_picture_of_a_plan_comes_along_once_somebody_looked_at_it(adopted, kees, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    given_at = now() - datetime.timedelta(days=30)

    def with_pictures(round_):
        for number, shown in ((1, True), (2, False)):
            made_by(plan_of(round_, number), kees)
            with kept({"320.webp": b"picture"}) as key:
                PlanPicture.objects.create(
                    plan=plan_of(round_, number),
                    key=key,
                    given_at=given_at,
                    alt="Een plein",
                    width=320,
                    height=320,
                    people="nobody",
                    shown=shown,
                )

    round_ = adopted(before=with_pictures)
    (picture,) = InitiativePicture.objects.all()
    assert (picture.initiative, picture.alt, picture.showing) == (plan_of(round_, 1).initiative, "Een plein", Showing.SHOWN)
    # It is no picture of what came of it.
    assert picture.given_at == given_at
    before = plan_of(round_, 1).picture.key
    assert picture.key != before
    forget(before)
    assert (place(picture.key) / "320.webp").read_bytes() == b"picture"


# --- what is left --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("leftover", "back"), [(Leftover.BACK, Decimal(2000)), (Leftover.NEXT, Decimal(0)), (Leftover.STAY, Decimal(0))])
def test_what_is_left_goes_where_the_rules_say(adopted, make_pot, leftover, back):
    city = make_pot("50000", name="Stad")
    round_ = adopted(before=lambda one: RoundMoney.objects.create(round=one, pot=city, amount=Decimal(10000), at=now()), leftover=leftover)
    city.refresh_from_db()
    assert city.amount == Decimal(50000) + back
    assert left_over(round_) == Decimal(2000) - back
    # What stays is for who keeps the pot. Where money goes back, what a plan sets free later does too.
    assert bool(Pot.objects.get(pk=round_.pot_id).kept_for) == (leftover == Leftover.BACK)
    assert differences() == []


def test_money_for_which_a_plan_waits_is_kept_until_somebody_does_it(adopted, noor):
    round_ = adopted(before=lambda one: municipal(one, 1), leftover=Leftover.NEXT)
    with pytest.raises(PotKept):
        take_out(round_.pot, Decimal(1), why="Anders", by=noor, at=now())
    give_to_makers(winner_of(round_, 1), by=noor, at=now())
    take_out(round_.pot, Decimal(2000), why="Naar de volgende ronde", by=noor, at=now())
    assert differences() == []


def test_a_closed_pot_gets_nothing_back(adopted, make_pot):
    def from_two(round_):
        for name, amount, closed in (("Stad", "4000", None), ("Fonds", "6000", now())):
            pot = make_pot("1000", name=name)
            type(pot).objects.filter(pk=pot.pk).update(closed_at=closed)
            RoundMoney.objects.create(round=round_, pot=pot, amount=Decimal(amount), at=now())

    round_ = adopted(before=from_two, leftover=Leftover.BACK)
    assert {one.pot.name: one.back for one in round_.sources.all()} == {"Stad": Decimal(2000), "Fonds": Decimal(0)}


@pytest.mark.parametrize(
    ("numbers", "shares"), [((1, 1, 1), [34, 33, 33]), ((57, 33, 8, 0), [58, 34, 8, 0]), ((0, 0), [0, 0]), ((1, 5), [17, 83])]
)
def test_parts_of_a_hundred_are_a_hundred_together(numbers, shares):
    assert of_hundred([Fraction(number) for number in numbers]) == shares


def test_what_goes_back_is_shared_to_the_cent():
    thirds = [Decimal(100), Decimal(100), Decimal(100)]
    assert sum(shared_back(Decimal("100.01"), thirds)) == Decimal("100.01")
    assert shared_back(Decimal(500), [Decimal(1), Decimal(2)]) == [Decimal(1), Decimal(2)]
    assert shared_back(Decimal(5), []) == []
