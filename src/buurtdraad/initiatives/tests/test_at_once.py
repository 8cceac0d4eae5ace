"""Many at once: one form is one plan, one title is many addresses, and of two who decide one succeeds."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.initiatives.actions import needs, plans, showing
from buurtdraad.initiatives.models import HelpOffer, Initiative
from buurtdraad.initiatives.rules import RESERVED, slug_from, slugs_for
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.refusal import Refused

NOW = timezone.now()


def all_at_once(deed, number):
    """What `deed(0)` to `deed(number - 1)` give, each on its own connection; a refusal is its class."""

    def one(turn):
        try:
            return deed(turn)
        except Refused as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@given(title=st.text(min_size=1, max_size=120))
def test_every_title_has_an_address_that_is_no_word_of_ours(title):
    first, second = (slug for slug, _turn in zip(slugs_for(title), range(2), strict=False))
    assert first != second
    for slug in (first, second):
        assert slug not in RESERVED
        assert slug_from(slug) == slug
        assert len(slug) <= 80


@pytest.mark.django_db(transaction=True)
def test_one_form_that_is_sent_twenty_times_at_once_is_one_plan(areas):
    facts = {"title": "Een bank", "area": areas["BU03440241"], "theme": "green", "contact": None, "by": None, "at": NOW}
    assert len(set(all_at_once(lambda _turn: plans.make(**facts, mark="one form").pk, 20))) == 1
    assert Initiative.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_plans_with_one_title_at_once_have_twenty_addresses(areas):
    facts = {"title": "Een bank", "area": areas["BU03440241"], "theme": "green", "contact": None, "by": None, "at": NOW}
    assert len(set(all_at_once(lambda _turn: plans.make(**facts).slug, 20))) == 20


@pytest.mark.django_db(transaction=True)
def test_of_two_who_read_it_at_once_one_decides(make_initiative, joris):
    made = make_initiative(showing=Showing.TO_READ)

    def decide(turn):
        mine = Initiative.objects.select_related("area").get(pk=made.pk)
        mine.showing = Showing.TO_READ  # as both saw it
        if turn % 2:
            return plans.show(mine, by=joris, at=NOW)
        return showing.send_back(mine, question="Waar?", by=joris, at=NOW)

    assert all_at_once(decide, 2).count(None) == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_offers_at_once_are_one(make_initiative, emine):
    made = make_initiative()
    all_at_once(lambda _turn: needs.offer_help(made, contact=emine, by=None, at=NOW).pk, 50)
    assert HelpOffer.objects.count() == 1
