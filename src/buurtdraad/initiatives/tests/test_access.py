"""Who sees and changes an initiative."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from buurtdraad.initiatives import access
from buurtdraad.initiatives.models import Concern
from buurtdraad.initiatives.states import Showing


@pytest.fixture
def cast(kees, joris, samira, priya):
    return kees, AnonymousUser(), joris, samira, priya


@pytest.mark.parametrize("showing", Showing.values)
def test_who_sees_and_changes_an_initiative(make_initiative, kees, cast, showing):
    made = make_initiative(of=kees, showing=showing)
    public = showing == Showing.SHOWN
    sees = [access.visible_initiatives(person).filter(pk=made.pk).exists() for person in cast]
    changes = [access.may_change(person, made) for person in cast]
    assert sees == [True, public, True, public, True]
    assert changes == [True, False, True, False, True]
    assert access.visible_initiatives(AnonymousUser()).filter(pk=made.pk).exists() is public


def test_the_browser_in_which_it_was_begun_holds_it_until_it_lets_go(make_initiative):
    made, session, nobody = make_initiative(showing=Showing.PRIVATE), SessionStore(), AnonymousUser()
    assert not access.may_change(nobody, made, session)
    access.hold(session, made)
    assert access.may_change(nobody, made, session)
    assert access.visible_initiatives(nobody, session).get() == made
    access.let_go(session, made)
    assert not access.may_change(nobody, made, session)
    assert not access.visible_initiatives(nobody, session).exists()


# voices


@pytest.mark.parametrize("on_site", [True, False])
@pytest.mark.parametrize("showing", Showing.values)
def test_who_counts_a_list_and_who_answers_a_worry_that_was_read(make_initiative, kees, cast, showing, on_site):
    made = make_initiative(of=kees, showing=showing)
    worry = Concern(initiative=made, on_site=on_site)
    assert [access.may_count(person, made) for person in cast] == [False, False, True, False, True]
    assert [access.may_answer(person, worry) for person in cast] == [on_site, False, on_site, False, on_site]


def test_an_adviser_does_not_count_a_list_of_a_plan_of_their_own(make_initiative, joris):
    assert not access.may_count(joris, make_initiative(of=joris))
