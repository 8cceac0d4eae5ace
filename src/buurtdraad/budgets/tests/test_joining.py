"""Plans joined and split by consent of all makers, and who likes a plan."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.budgets.actions import joining, liking
from buurtdraad.budgets.actions.plan_record import NotNow
from buurtdraad.budgets.models import BudgetPlan, Consent, Like, Maker
from buurtdraad.budgets.states import CHANGE_MOVES, ChangeStage, PlanStage, RoundStage
from buurtdraad.messages.actions import add_contact, contact_for
from buurtdraad.messages.states import Way

NOW = timezone.now()


@pytest.fixture
def mailed(db):
    """The paths below `/budgetten/link/` in the mails that wait, the first one first."""

    def all_of():
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id")
            texts = [row[0] or "" for row in cursor.fetchall()]
        return [f"/budgetten/link/{text.split('/budgetten/link/')[1].split()[0]}" for text in texts if "/budgetten/link/" in text]

    return all_of


@pytest.fixture
def round_(make_round, kees, samira):
    """A round with plan 1 of Kees, plan 2 of Samira, and plan 3 of the municipality."""
    made = make_round(stage=RoundStage.GATHERING, likes_needed=2)
    for number, person in ((1, kees), (2, samira)):
        person.confirmed_at = NOW
        type(person).objects.filter(pk=person.pk).update(confirmed_at=NOW)
        Maker.objects.create(
            plan=made.plans.get(number=number), contact=contact_for(person, at=NOW), name=person.name.split()[0], agreed_at=NOW
        )
    return made


def join(client, round_, *numbers, title="Tuin met bank"):
    others = [round_.plans.get(number=number).pk for number in numbers]
    form = {"plans": others, "title": title, "words": "Samen is het goedkoper."}
    return client.post(f"/budgetten/{round_.slug}/1/samen/", form)


def test_the_table_of_moves_is_complete():
    assert set(CHANGE_MOVES) == set(ChangeStage)


def test_plans_go_on_as_one_when_all_makers_said_yes_by_the_link_in_their_mail(client, round_, kees, signed_in, mailed):
    signed_in(kees)
    assert join(client, round_, 2).status_code == 302
    client.logout()
    (address,) = mailed()
    assert "Tuin met bank" in client.get(address).content.decode()
    assert round_.plans.count() == 3
    assert client.post(address, {"says": "misschien"}).status_code == 200
    assert client.post(address, {"says": "yes"}).status_code == 200
    one, two, new = round_.plans.filter(number__in=[1, 2, 4])
    assert (one.stage, two.stage, one.into, two.into) == (PlanStage.JOINED, PlanStage.JOINED, new, new)
    assert (new.stage, new.cost, new.shown) == (PlanStage.PROPOSED, Decimal(8000), False)
    assert sorted(maker.name for maker in new.makers.all()) == ["Kees", "Samira"]
    assert client.post(address, {"says": "yes"}).status_code == 404


def test_one_no_keeps_everything_as_it_is(client, round_, kees, signed_in, mailed):
    signed_in(kees)
    join(client, round_, 2)
    client.post(mailed()[0], {"says": "no"})
    assert set(round_.plans.values_list("stage", flat=True)) == {PlanStage.PROPOSED}
    assert join(client, round_, 2).status_code == 302  # it can be asked again


def test_a_plan_is_in_one_proposal_at_a_time_and_who_asked_takes_it_back(client, round_, kees, signed_in, mailed):
    signed_in(kees)
    join(client, round_, 2)
    assert join(client, round_, 3).status_code == 422
    assert client.post(f"/budgetten/{round_.slug}/1/voorstel-weg/").status_code == 302
    with pytest.raises(BadLink):
        joining.asked_of(mailed()[0].split("/")[-2], at=NOW)


def test_staff_write_down_what_a_maker_without_mail_said(client, round_, joris, signed_in):
    plan = round_.plans.get(number=3)
    Maker.objects.create(plan=plan, contact=add_contact(name="Emine", way=Way.NONE, by=None, at=NOW))
    change = joining.ask_split(plan, titles=["Bank", "Boom"], words="Het zijn twee dingen.", by=joris, at=NOW)
    consent = change.consents.get()
    signed_in(joris)
    assert "Emine" in client.get(f"/werk/budgetten/{round_.slug}/plannen/3/").content.decode()
    assert client.post(f"/werk/budgetten/{round_.slug}/plannen/3/gezegd/{consent.pk}/", {"says": "yes"}).status_code == 302
    parts = BudgetPlan.objects.filter(out_of=plan)
    assert [part.title for part in parts] == ["Bank", "Boom"]
    assert all(part.cost is None and part.makers.count() == 1 for part in parts)


def test_a_plan_without_makers_is_split_at_once_and_its_initiative_goes_on_in_the_first_part(round_, joris, make_initiative):
    plan, initiative = round_.plans.get(number=3), make_initiative()
    BudgetPlan.objects.filter(pk=plan.pk).update(initiative=initiative)
    joining.ask_split(plan, titles=["Bank", "Boom"], words="Twee dingen.", by=joris, at=NOW)
    assert [part.initiative for part in BudgetPlan.objects.filter(out_of=plan)] == [initiative, None]


@pytest.mark.parametrize("titles", ["", "Bank", "Bank\nBank", "a\nb\nc\nd\ne\nf\ng", "x" * 121 + "\nBank"])
def test_parts_have_two_to_six_different_names(client, round_, kees, signed_in, titles):
    signed_in(kees)
    assert client.post(f"/budgetten/{round_.slug}/1/splitsen/", {"titles": titles, "words": "x"}).status_code == 422


def test_on_the_list_nothing_is_joined(make_round, joris):
    plans = list(make_round(stage=RoundStage.READY).plans.all())
    with pytest.raises(NotNow):
        joining.ask_join(plans[:2], title="x", words="x", by=joris, at=NOW)


def test_a_maker_is_asked_once(round_, joris):
    change = joining.ask_split(round_.plans.get(number=1), titles=["Bank", "Boom"], words="x", by=joris, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(change=change, maker=change.consents.get().maker)


# --- likes -----------------------------------------------------------------------------------------------


def test_a_visitor_likes_a_plan_by_a_mail_and_counts_once(client, round_, mailed):
    url = f"/budgetten/{round_.slug}/1/goed-plan/"
    assert client.post(url, {"email": "geen"}).status_code == 422
    for _each in range(2):
        assert client.post(url, {"email": "emine@example.nl"}).status_code == 200
    assert not Like.objects.exists()
    for address in mailed():
        client.get(address)
        assert client.post(address).status_code == 200
    assert Like.objects.count() == 1


def test_who_is_signed_in_likes_it_at_once_and_takes_it_back_but_not_their_own(client, round_, kees, signed_in):
    signed_in(kees)
    url = f"/budgetten/{round_.slug}/2/goed-plan/"
    client.post(url)
    assert Like.objects.count() == 1
    client.post(url)
    assert not Like.objects.exists()
    assert client.post(f"/budgetten/{round_.slug}/1/goed-plan/").status_code == 409


def test_likes_are_not_asked_where_the_rules_do_not_or_the_time_is_over(client, make_round, emine):
    for facts in ({"stage": RoundStage.GATHERING}, {"stage": RoundStage.VOTING, "likes_needed": 2}):
        plan = make_round(**facts).plans.first()
        assert client.get(f"/budgetten/{plan.round.slug}/1/goed-plan/").status_code == 404
        with pytest.raises(NotNow):
            liking.like(plan, contact=emine, at=NOW)


def test_somebody_likes_a_plan_once(round_, emine):
    plan = round_.plans.get(number=1)
    Like.objects.create(plan=plan, contact=emine, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Like.objects.create(plan=plan, contact=emine, at=NOW)
