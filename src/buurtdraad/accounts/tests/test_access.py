"""Where a duty holds, for whom, on which day, and at what cost."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from buurtdraad.accounts.access import (
    ADMINISTRATOR,
    SIGNED_IN,
    areas_of,
    duty_for,
    has_duty,
    is_staff,
    may_give_duty,
    strongly_signed_in,
    with_duty,
)
from buurtdraad.accounts.acting import middleware
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.tests.city import CITY, CODES, INSIDE, MEMBERS, WORKING_AREA, administrator, holds, make_city, someone
from buurtdraad.places.models import AreaYear

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 6, 15)


def lies_in(place, given_in):
    """Slow and obvious: whether a duty given in one area holds in another."""
    if given_in in ("", CITY) or place == given_in:
        return True
    return place in INSIDE.get(given_in, ()) or (given_in == WORKING_AREA and place in MEMBERS)


def asking(person, *, strongly):
    """A request as views get it, behind the middleware."""
    request = RequestFactory().get("/")
    request.user, request.session = person, SessionStore()
    if strongly:
        request.session["second_factor"] = "2026-06-15T09:00:00+02:00"
    seen = []
    middleware(seen.append)(request)
    return seen[0]


class TestTree(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.areas = make_city()

    @given(
        held=st.lists(st.tuples(st.sampled_from(Duty), st.sampled_from(["", *CODES]), st.integers(-3, 3), st.integers(0, 4)), max_size=5),
        asked=st.tuples(st.sampled_from(Duty), st.sampled_from(CODES)),
    )
    def test_a_duty_holds_where_and_when_a_slow_calculation_says_so(self, held, asked):
        person = someone()
        rows = {(duty, code, start): days for duty, code, start, days in held}
        for (duty, code, start), days in rows.items():
            first = TODAY + datetime.timedelta(days=start)
            DutyHeld.objects.create(
                person=person,
                duty=duty,
                area=self.areas.get(code),
                from_on=first,
                until_on=first + datetime.timedelta(days=days),
                given_at=timezone.now(),
            )
        duty, place = asked
        where = [code for (of, code, start), days in rows.items() if of == duty and start <= 0 <= start + days]
        expected = {at for at in CODES if any(lies_in(at, code) for code in where)}
        assert has_duty(person, duty, area=place, on=TODAY) == (place in expected)
        assert {at for at in CODES if at in areas_of(person, duty, on=TODAY)} == expected


@pytest.fixture
def areas():
    return make_city()


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("strongly", [True, False])
def test_a_duty_of_staff_counts_only_with_a_second_factor(duty, strongly):
    person = someone()
    holds(person, duty)
    request = asking(person, strongly=strongly)
    counts = strongly or duty not in STAFF
    assert with_duty(duty).holds(request) is counts
    assert has_duty(request.user, duty) is counts
    assert is_staff(request.user) is (duty in STAFF)


def test_a_rule_of_two_duties_holds_for_each():
    rule = with_duty(Duty.RESIDENT, Duty.AREA_ADVISER)
    resident, adviser = someone(), someone()
    holds(resident, Duty.RESIDENT)
    holds(adviser, Duty.AREA_ADVISER)
    assert rule.holds(asking(resident, strongly=False))
    assert not rule.holds(asking(adviser, strongly=False))
    assert rule.holds(asking(adviser, strongly=True))


def test_somebody_unknown_has_no_duty_and_no_second_factor():
    request = asking(AnonymousUser(), strongly=True)
    assert not strongly_signed_in(request)
    assert not SIGNED_IN.holds(request)
    assert not ADMINISTRATOR.holds(request)
    assert not has_duty(request.user, *Duty)


def test_a_closed_account_has_no_duty():
    person = someone(is_active=False)
    holds(person, Duty.RESIDENT)
    assert not has_duty(person, Duty.RESIDENT)


@pytest.mark.parametrize(("days", "counts"), [((0, None), True), ((-5, 0), True), ((1, None), False), ((-5, -1), False), ((0, 0), True)])
def test_a_duty_counts_from_its_first_day_until_and_with_its_last(days, counts):
    person = someone()
    holds(person, Duty.RESIDENT, days=days)
    assert has_duty(person, Duty.RESIDENT) is counts


def test_a_stand_in_has_the_duty_in_those_days_only():
    adviser, stand_in = someone(), someone()
    held = holds(adviser, Duty.AREA_ADVISER, days=(-30, None))
    holds(stand_in, Duty.AREA_ADVISER, days=(2, 4), stand_in_for=held)
    today = timezone.localdate()
    on = [number for number in range(7) if has_duty(stand_in, Duty.AREA_ADVISER, on=today + datetime.timedelta(days=number))]
    assert on == [2, 3, 4]
    assert has_duty(adviser, Duty.AREA_ADVISER, on=today + datetime.timedelta(days=3))


def test_the_duty_that_somebody_acts_from_is_the_first_that_holds_there(areas):
    person = someone()
    holds(person, Duty.AREA_MANAGER, areas["WK034401"])
    holds(person, Duty.FUND_HANDLER)
    wanted = (Duty.AREA_MANAGER, Duty.FUND_HANDLER)
    assert duty_for(person, *wanted, area=areas["BU03440101"]) == "area_manager"
    assert duty_for(person, *wanted, area="BU03440201") == "fund_handler"
    assert duty_for(person, Duty.FINANCE, area="BU03440201") == ""


def test_a_neighbourhood_that_moved_to_another_district_follows_it(areas):
    AreaYear.objects.create(
        area=areas["BU03440101"], year=2026, name="Naam", parent=areas["WK034402"], municipality=areas[CITY], loaded_at=timezone.now()
    )
    person = someone()
    holds(person, Duty.AREA_ADVISER, areas["WK034402"])
    assert has_duty(person, Duty.AREA_ADVISER, area="BU03440101")
    other = someone()
    holds(other, Duty.AREA_ADVISER, areas["WK034401"])
    assert not has_duty(other, Duty.AREA_ADVISER, area="BU03440101")


def test_all_questions_of_a_request_cost_two_queries(areas, django_assert_num_queries):
    person = someone()
    for code in ("WK034401", WORKING_AREA, "BU03440202"):
        holds(person, Duty.AREA_ADVISER, areas[code])
    request = asking(Person.objects.get(pk=person.pk), strongly=True)
    with django_assert_num_queries(2):
        for _ in range(3):
            with_duty(Duty.AREA_ADVISER).holds(request)
            areas_of(request.user, Duty.AREA_ADVISER)
            for code in CODES:
                has_duty(request.user, *Duty, area=code)


def test_an_administrator_gives_duties_to_others_only():
    ria, other = administrator(), someone()
    assert may_give_duty(ria, to=other)
    assert not may_give_duty(ria, to=ria)
    assert not may_give_duty(other, to=ria)


def test_who_asks_is_asked_of_the_session_only_when_a_view_wants_to_know():
    request = RequestFactory().get("/")
    request.session = SessionStore()

    class Alarm:
        is_authenticated = property(lambda self: pytest.fail("nobody asked who is signed in"))

    request.user = Alarm()
    middleware(lambda request: None)(request)
    assert not request.session.accessed
