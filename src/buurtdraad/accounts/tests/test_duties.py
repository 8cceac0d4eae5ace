"""Giving a duty, ending it, and standing in."""

import datetime
import threading

import pytest
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from buurtdraad.accounts.actions import (
    NotAdded,
    NotAppointed,
    NotEnded,
    NotGiven,
    add_person,
    appoint_stand_in,
    end_duty,
    give_duty,
    system_person,
)
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.tests.city import administrator, holds, make_city, someone
from buurtdraad.audit.models import Event

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def on(number):
    return TODAY() + datetime.timedelta(days=number)


def give(person, duty=Duty.AREA_ADVISER, area=None, *, by, first=0, last=None, why=""):
    until_on = None if last is None else on(last)
    return give_duty(person=person, duty=duty, area=area, from_on=on(first), until_on=until_on, by=by, at=timezone.now(), why=why)


def end(held, last=None, *, by):
    end_duty(held=held, last_day=None if last is None else on(last), by=by, at=timezone.now(), why="Andere baan")


@pytest.fixture
def ria():
    return administrator()


def test_a_given_duty_says_by_whom_and_why(ria):
    joris, area = someone("Joris"), make_city()["zuilen-oost"]
    held = give(joris, area=area, by=ria, why="Nieuwe collega")
    assert (held.given_by, held.area) == (ria, area)
    event = Event.objects.get()
    assert (event.verb, event.thing, event.actor, event.duty) == ("duty.given", f"person:{joris.uuid}", ria.uuid, "administrator")
    assert event.payload == {"duty": "area_adviser", "area": "zuilen-oost", "from": str(TODAY()), "why": "Nieuwe collega"}


def test_nobody_gives_a_duty_to_themselves(ria):
    with pytest.raises(NotGiven):
        give(ria, by=ria)
    assert not Event.objects.exists()


def test_an_administrator_is_one_for_the_whole_city(ria):
    with pytest.raises(NotGiven):
        give(someone(), Duty.ADMINISTRATOR, make_city()["BU03440101"], by=ria)


def test_a_job_gets_no_duty(ria):
    with pytest.raises(NotGiven):
        give(system_person("load_places"), by=ria)


@pytest.mark.parametrize(("first", "last", "fits"), [(0, 5, False), (11, None, True), (10, 12, False), (-5, -1, True), (-5, 0, False)])
def test_nobody_has_the_same_duty_twice_at_a_time(ria, first, last, fits):
    joris = someone()
    holds(joris, Duty.AREA_ADVISER, days=(0, 10))
    if fits:
        give(joris, by=ria, first=first, last=last)
    else:
        with pytest.raises(NotGiven):
            give(joris, by=ria, first=first, last=last)
    assert DutyHeld.objects.filter(person=joris).count() == 1 + fits


def test_the_same_duty_in_another_place_fits(ria):
    areas, joris = make_city(), someone()
    give(joris, area=areas["BU03440101"], by=ria)
    give(joris, area=areas["BU03440102"], by=ria)
    assert DutyHeld.objects.filter(person=joris).count() == 2


def test_days_do_not_run_backwards(ria):
    with pytest.raises(NotGiven):
        give(someone(), by=ria, first=3, last=2)


def test_a_duty_ends_after_its_last_day_or_at_once(ria):
    later, at_once = holds(someone(), Duty.RESIDENT, days=(-9, None)), holds(someone(), Duty.RESIDENT, days=(-9, None))
    end(later, 3, by=ria)
    end(at_once, by=ria)
    later.refresh_from_db()
    at_once.refresh_from_db()
    assert (later.until_on, at_once.until_on) == (on(3), on(-1))
    assert set(Event.objects.values_list("verb", "payload__why")) == {("duty.ended", "Andere baan")}


@pytest.mark.parametrize("first", [0, 5])
def test_a_duty_of_which_no_day_has_passed_is_withdrawn(ria, first):
    end(holds(someone(), Duty.RESIDENT, days=(first, None)), by=ria)
    assert not DutyHeld.objects.filter(duty=Duty.RESIDENT).exists()
    assert Event.objects.get().verb == "duty.withdrawn"


@pytest.mark.parametrize(("days", "last"), [((-9, -1), None), ((-9, None), -3), ((-9, 2), 5)])
def test_a_duty_is_not_ended_in_the_past_nor_made_longer(ria, days, last):
    with pytest.raises(NotEnded):
        end(holds(someone(), Duty.RESIDENT, days=days), last, by=ria)


def test_the_second_of_two_who_end_a_duty_is_told_so(ria):
    held = holds(someone(), Duty.RESIDENT, days=(-3, None))
    end(held, by=ria)
    with pytest.raises(NotEnded):
        end(held, by=ria)
    assert Event.objects.count() == 1


def test_who_stands_in_stops_when_the_duty_ends(ria):
    held = holds(someone("Joris"), Duty.AREA_ADVISER, days=(-30, None))
    now = holds(someone("Samira"), Duty.AREA_ADVISER, days=(-3, 10), stand_in_for=held)
    holds(someone("Noor"), Duty.AREA_ADVISER, days=(20, 30), stand_in_for=held)
    end(held, 5, by=ria)
    now.refresh_from_db()
    assert now.until_on == on(5)
    assert held.stand_ins.count() == 1
    assert sorted(Event.objects.values_list("verb", flat=True)) == ["duty.ended", "duty.ended", "duty.withdrawn"]


# --- the last administrator -----------------------------------------------------------------------


@pytest.mark.parametrize("last", [None, 0, 30])
def test_the_last_administrator_stays(ria, last):
    with pytest.raises(NotEnded):
        end(ria.duties.get(), last, by=ria)
    assert ria.duties.get().until_on is None


@pytest.mark.parametrize(
    "other",
    [
        lambda ria: holds(someone(), Duty.ADMINISTRATOR, days=(-5, 10)),
        lambda ria: holds(someone(), Duty.ADMINISTRATOR, days=(5, None)),
        lambda ria: holds(someone(is_active=False), Duty.ADMINISTRATOR, days=(-5, None)),
        lambda ria: holds(someone(), Duty.ADMINISTRATOR, days=(-5, 5), stand_in_for=ria.duties.get()),
    ],
)
def test_somebody_who_is_administrator_for_a_while_does_not_replace_the_last_one(ria, other):
    other(ria)
    with pytest.raises(NotEnded):
        end(ria.duties.get(), by=ria)


def test_an_administrator_goes_when_there_is_another(ria):
    administrator("Tweede")
    end(ria.duties.get(), by=ria)
    assert ria.duties.get().until_on == on(-1)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_end_each_other_at_once_one_stays():
    pair = [administrator("Een"), administrator("Twee")]
    start, refused = threading.Barrier(2), []

    def ends(by, held):
        try:
            start.wait()
            end(held, by=by)
        except NotEnded as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ends, args=(by, other.duties.get())) for by, other in [pair, pair[::-1]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert DutyHeld.objects.filter(until_on=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_gives_one_duty():
    ria, joris = administrator(), someone()
    start, refused = threading.Barrier(4), []

    def gives():
        try:
            start.wait()
            give(joris, by=ria)
        except NotGiven as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=gives) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), joris.duties.count()) == (3, 1)


# --- standing in ----------------------------------------------------------------------------------


def stand_in(held, person, first, last, *, by):
    return appoint_stand_in(held=held, person=person, from_on=on(first), until_on=on(last), by=by, at=timezone.now())


def test_a_stand_in_has_the_same_duty_in_the_same_place(ria):
    area, joris, samira = make_city()["zuilen-oost"], someone("Joris"), someone("Samira")
    held = holds(joris, Duty.AREA_ADVISER, area, days=(-30, None))
    given = stand_in(held, samira, 1, 14, by=ria)
    assert (given.duty, given.area, given.stand_in_for, given.from_on, given.until_on) == (held.duty, area, held, on(1), on(14))
    event = Event.objects.get()
    assert (event.verb, event.thing) == ("duty.stand_in", f"person:{samira.uuid}")
    assert event.payload["instead_of"] == str(joris.uuid)


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (5, 11), (-6, 3), (3, 2)])
def test_nobody_stands_in_outside_the_time_of_the_duty(ria, first, last):
    held = holds(someone(), Duty.AREA_ADVISER, days=(-5, 10))
    with pytest.raises(NotAppointed):
        stand_in(held, someone(), first, last, by=ria)


def test_nobody_stands_in_for_themselves_nor_appoints_themselves(ria):
    joris = someone()
    held = holds(joris, Duty.AREA_ADVISER)
    for person in (joris, ria):
        with pytest.raises(NotAppointed):
            stand_in(held, person, 1, 2, by=ria)


def test_nobody_stands_in_for_a_stand_in(ria):
    held = holds(someone(), Duty.AREA_ADVISER)
    second = stand_in(held, someone(), 1, 9, by=ria)
    with pytest.raises(NotAppointed):
        stand_in(second, someone(), 1, 2, by=ria)


# --- somebody new -----------------------------------------------------------------------------------


def test_an_address_is_somebodys_once(ria):
    add_person(name="Joris", email="Joris@Example.nl", by=ria, at=timezone.now())
    with pytest.raises(NotAdded):
        add_person(name="Ander", email="joris@example.NL", by=ria, at=timezone.now())
    assert Person.objects.get(name="Joris").email == "joris@example.nl"
    assert "joris" not in str(Event.objects.values_list("thing", "payload")).lower()


# --- who hears of it ---------------------------------------------------------------------------------


def mails():
    jobs = ProcrastinateJob.objects.filter(task_name="messages.post").order_by("id")
    return [(job.args["to"], job.args["text"]) for job in jobs]


def test_who_gets_a_duty_is_told_what_where_and_how_to_begin(ria):
    joris = someone("Joris", email="joris@example.nl")
    give(joris, area=make_city()["zuilen-oost"], by=ria)
    [(to, text)] = mails()
    assert to == "joris@example.nl"
    for words in ("Taak: wijkadviseur.", "Plek: Naam zuilen-oost.", "er is geen einddatum", "/inloggen/", "tweede stap"):
        assert words in text


def test_a_resident_needs_no_second_step_and_without_an_address_there_is_no_mail(ria):
    give(someone("Kees", email="kees@example.nl"), Duty.RESIDENT, by=ria)
    give(someone("Zonder"), by=ria)
    [(_to, text)] = mails()
    assert "tweede stap" not in text


@pytest.mark.parametrize(("last", "says"), [(None, "Deze taak is vandaag gestopt."), (3, "Uw laatste dag is")])
def test_who_loses_a_duty_is_told(ria, last, says):
    end(holds(someone(email="joris@example.nl"), Duty.AREA_ADVISER, days=(-9, None)), last, by=ria)
    [(_to, text)] = mails()
    assert says in text


def test_both_are_told_of_a_stand_in(ria):
    joris, samira = someone("Joris", email="joris@example.nl"), someone("Samira", email="samira@example.nl")
    stand_in(holds(joris, Duty.AREA_ADVISER), samira, 1, 9, by=ria)
    told = dict(mails())
    assert "U vervangt Joris." in told["samira@example.nl"]
    assert "Vervanger: Samira." in told["joris@example.nl"]
