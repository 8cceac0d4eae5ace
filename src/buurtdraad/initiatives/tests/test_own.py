"""What this room has of a person: to take along, erased, and forgotten when its time is past. Numbers stay."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.initiatives.actions import concerns, people, plans, support
from buurtdraad.initiatives.models import Concern, HelpOffer, Initiative, Member, Opinion, Update
from buurtdraad.initiatives.own import actions, queries
from buurtdraad.initiatives.queries import past
from buurtdraad.initiatives.queries.support import support_of
from buurtdraad.initiatives.states import Says, Showing, Stage
from buurtdraad.messages.actions import contact_for

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
YEAR = datetime.timedelta(days=370)


@pytest.fixture
def lived(make_initiative, kees, joris):
    """A plan on the site of Kees, in which he has everything."""
    plan, contact = make_initiative(of=kees), contact_for(kees, at=NOW)
    support.give_opinion(plan, says=Says.AGAINST, contact=contact, by=kees, at=NOW)
    for words in ("Te druk", "Niet gelezen"):
        worry = concerns.give(plan, words=words, contact=contact, by=kees, at=NOW)
    concerns.show(Concern.objects.exclude(pk=worry.pk).get(), by=joris, at=NOW)
    HelpOffer.objects.create(initiative=plan, contact=contact, name="Kees", words="Bel mij", offered_at=NOW)
    Update.objects.create(initiative=plan, text="Op de site", showing=Showing.SHOWN, given_by=kees.uuid, at=NOW)
    Update.objects.create(initiative=plan, text="Nog niet", given_by=kees.uuid, at=NOW)
    return plan


def test_somebody_takes_along_all_that_we_have_of_them(lived, kees, joris):
    found = queries.personal_data(kees)
    assert set(found) == {"plannen", "nieuws", "aangeboden hulp", "wat u van plannen vindt", "zorgen"}
    assert found["wat u van plannen vindt"][0]["mening"] == "Tegen"
    assert {one["tekst"] for one in found["zorgen"]} == {"Te druk", "Niet gelezen"}
    assert queries.personal_data(joris) == {}


def test_erasing_keeps_the_numbers_and_what_stands_on_the_site(lived, kees):
    actions.erase(kees, at=NOW)
    assert support_of(lived).against == 1
    assert [one.words for one in Concern.objects.all()] == ["Te druk"]
    assert [one.text for one in Update.objects.all()] == ["Op de site"]
    assert HelpOffer.objects.get().words == ""
    assert Member.objects.get().name == ""
    assert queries.personal_data(kees) == {}
    assert Initiative.objects.get().title == "Wilgentuin"


def test_a_plan_that_was_theirs_alone_loses_its_words_and_one_of_more_people_keeps_them(make_initiative, kees, joris):
    alone, shared = (make_initiative(title, of=kees, showing=Showing.PRIVATE) for title in ("Alleen", "Samen"))
    people.add_member(shared, contact_for(joris, at=NOW), by=kees, at=NOW)
    actions.erase(kees, at=NOW)
    alone.refresh_from_db()
    shared.refresh_from_db()
    assert (alone.summary, shared.title) == ("", "Samen")
    assert alone.title != "Alleen"


FORGETS = (
    (past.members_due, actions.forget_members, 1), (past.offers_due, actions.forget_offers, 1),
    (past.opinions_due, actions.forget_opinions, 1), (past.concerns_due, actions.forget_concerns, 2),
)  # fmt: skip


@pytest.mark.parametrize(("due", "forget", "number"), FORGETS)
def test_people_of_a_plan_are_forgotten_a_year_after_it_ended_and_not_before(lived, joris, due, forget, number):
    assert not due(TODAY + 3 * YEAR).exists()
    plans.move_to(lived, Stage.STOPPED, why="Het ging niet", by=joris, at=NOW)
    ids = list(due(TODAY + YEAR).values_list("pk", flat=True))
    assert len(ids) == number
    assert not due(TODAY + datetime.timedelta(days=360)).exists()
    assert forget(ids, on=TODAY) == 0
    assert forget(ids, on=TODAY + YEAR) == number
    assert not due(TODAY + YEAR).exists()
    assert Opinion.objects.count() == 1
    assert forget(ids, on=TODAY + YEAR) == 0


def test_what_is_taken_up_again_is_not_over(lived, joris):
    plans.move_to(lived, Stage.STOPPED, why="Het ging niet", by=joris, at=NOW)
    plans.move_to(lived, Stage.IDEA, by=joris, at=NOW)
    assert not past.members_due(TODAY + YEAR).exists()


def test_each_line_of_somebody_leads_to_where_they_change_it(lived, kees):
    assert queries.plan_row(queries.plans_of(kees)[0]).url.endswith("/werken/")
    assert queries.opinion_row(queries.opinions_of(kees)[0]).url.endswith("/wat-vindt-u/")
    Initiative.objects.update(showing=Showing.PRIVATE)
    assert queries.opinion_row(queries.opinions_of(kees)[0]).url == ""
    assert queries.offer_row(queries.offers_of(kees)[0]).url == ""
