"""The share answered in time: against counting slowly, and its borders."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.promise import Promise, helpful_in, promise_of
from buurtdraad.agendas.wishes.rules import LEAST_RATINGS
from buurtdraad.agendas.wishes.states import Helped, Showing
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area
from buurtdraad.places.models import Kind as Level

DAY = datetime.date(2026, 11, 27)
TODAY = some.integers(-40, 40)


class Counted(TestCase):
    @given(some.lists(some.tuples(some.sampled_from("ab"), TODAY, some.none() | some.integers(-60 * 24, 60 * 24)), max_size=12))
    def test_the_figure_is_what_counting_slowly_gives(self, rows):
        areas = {code: Area.objects.create(code=code, kind=Level.NEIGHBOURHOOD) for code in "ab"}
        midnight = timezone.make_aware(datetime.datetime.combine(DAY, datetime.time()))
        wishes = []
        for number, (code, by, hours) in enumerate(rows):
            answered = None if hours is None else midnight + datetime.timedelta(hours=hours)
            last = DAY + datetime.timedelta(days=by)
            wishes.append((code, last, answered))
            Wish.objects.create(
                reference=f"A-{number}", area=areas[code], text="x", given_at=midnight, answer_by=last, answered_at=answered
            )
        for codes in (None, frozenset("a"), frozenset("b"), frozenset("ab"), frozenset()):
            mine = [(last, answered) for code, last, answered in wishes if codes is None or code in codes]
            on_time = sum(answered is not None and timezone.localdate(answered) <= last for last, answered in mine)
            late = sum(timezone.localdate(answered) > last if answered else last < DAY for last, answered in mine)
            assert promise_of(codes, DAY) == Promise(on_time, late, len(mine) - on_time - late)


@pytest.mark.django_db
def test_the_last_day_itself_is_in_time_and_what_is_not_on_the_site_counts(make_wish):
    wish = make_wish(showing=Showing.PRIVATE)
    assert promise_of(None, wish.answer_by) == Promise(0, 0, 1)
    assert promise_of(None, wish.answer_by + datetime.timedelta(days=1)) == Promise(0, 1, 0)


@pytest.mark.django_db
def test_whether_people_were_helped_is_told_from_ten_on(wish, joris):
    made = actions.answer([wish], text="Ja", stage=None, by=joris, at=timezone.now())
    for number in range(LEAST_RATINGS):
        assert helpful_in(frozenset({"BU03440241"})) is None
        contact = add_contact(name="Buur", way=Way.NONE, phone="", by=None, at=timezone.now(), channel="phone")
        actions.rate(made, wish, contact, helped=Helped.YES if number else Helped.NO, words="", at=timezone.now())
    assert helpful_in(frozenset({"BU03440241"})) == helpful_in(None) == (LEAST_RATINGS, LEAST_RATINGS - 1)
    assert helpful_in(frozenset({"BU03440321"})) is None
