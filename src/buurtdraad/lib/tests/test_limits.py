import datetime
import threading

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from buurtdraad.lib import limits
from buurtdraad.lib.limits import TooOften, address_of, forget_old, limited, limited_address
from buurtdraad.lib.models import Allowance
from buurtdraad.lib.tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 24, 20, 0, tzinfo=datetime.UTC)
QUARTER = datetime.timedelta(minutes=15)


def minutes(number):
    return AT + datetime.timedelta(minutes=number)


def guess(key="code", at=AT):
    limited("guess", key, most=5, within=QUARTER, at=at)


def test_five_may_be_tried_and_the_sixth_waits_with_a_number_of_minutes():
    for _ in range(5):
        guess()
    with pytest.raises(TooOften, match="3 minu") as refusal:
        guess()
    assert (refusal.value.minutes, refusal.value.wait) == (3, 180)


@pytest.mark.parametrize(
    ("wait", "words"), [(1, "1 minuut "), (59, "59 minuten "), (60, "1 uur "), (61, "2 uur "), (480, "8 uur "), (8 * 60 - 0.5, "8 uur ")]
)
def test_from_an_hour_on_it_says_so_in_hours(wait, words):
    said = str(TooOften(datetime.timedelta(minutes=wait)))
    assert f" {words}" in said
    assert ("minu" in said) == (wait < 60)


def test_who_waits_as_long_as_was_said_gets_on():
    for _ in range(5):
        guess()
    for tried in (1, 2, 2.9):
        with pytest.raises(TooOften):
            guess(at=minutes(tried))
    guess(at=minutes(3))
    with pytest.raises(TooOften):
        guess(at=minutes(3.1))


def test_a_guesser_who_never_stops_gets_ten_tries_in_the_first_quarter_and_twenty_an_hour_after():
    def passed(until):
        count = 0
        for second in range(until * 60):
            try:
                guess("other", at=AT + datetime.timedelta(seconds=second))
                count += 1
            except TooOften:
                pass
        return count

    assert passed(15) <= 5 + 5


def test_one_account_does_not_hold_up_another_nor_one_limit_another():
    for _ in range(5):
        guess()
    guess("other code")
    limited("something else", "code", most=1, within=QUARTER, at=AT)


def test_an_evening_of_thirty_people_behind_one_address_goes_on(monkeypatch):
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.10")
    for second in range(30 * 8):  # each eight forms in ten minutes
        monkeypatch.setattr(limits.timezone, "now", lambda second=second: AT + datetime.timedelta(seconds=2.5 * second))
        limited_address("report", request)


def test_a_machine_on_one_address_is_stopped():
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.10")
    with pytest.raises(TooOften):
        for _ in range(1000):
            limited_address("report", request)
    limited_address("report", RequestFactory().post("/", REMOTE_ADDR="192.0.2.11"))


def test_no_address_and_no_account_is_kept():
    limited("sign in", "192.0.2.10", most=5, within=QUARTER)
    limited("sign in", "kees@example.org", most=5, within=QUARTER)
    kept = " ".join(Allowance.objects.values_list("key", flat=True))
    assert "192" not in kept
    assert "kees" not in kept


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("192.0.2.10", "192.0.2.10"),
        ("::ffff:192.0.2.10", "192.0.2.10"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_household_is_one_address(told, address):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=told)) == address


def test_an_address_that_a_visitor_claims_is_not_believed():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.10", HTTP_X_FORWARDED_FOR="203.0.113.1")
    assert address_of(request) == "192.0.2.10"


def test_what_limits_nobody_any_more_is_removed():
    guess()
    guess("late", at=minutes(60))
    assert forget_old(at=minutes(30)) == 1
    assert Allowance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_exactly_as_many_as_may():
    passed = []

    def try_once():
        try:
            limited("at once", "code", most=5, within=datetime.timedelta(hours=1))
            passed.append(1)
        except TooOften:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=try_once) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert len(passed) == 5


def test_the_count_says_how_long_to_wait_also_for_a_limit_of_one():
    limited("one", "a", most=1, within=datetime.timedelta(seconds=30), at=timezone.now())
    with pytest.raises(TooOften) as refusal:
        limited("one", "a", most=1, within=datetime.timedelta(seconds=30), at=timezone.now())
    assert refusal.value.minutes == 1
    assert 1 <= refusal.value.wait <= 30
