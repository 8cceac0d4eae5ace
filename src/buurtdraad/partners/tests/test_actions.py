"""Deeds with partners: the rows, the record without anything of a person, and what is refused."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.tests.city import someone
from buurtdraad.audit.models import Event
from buurtdraad.partners import actions
from buurtdraad.partners.models import Organisation, Representative
from buurtdraad.partners.tests.conftest import FROM

pytestmark = pytest.mark.django_db
LAST = datetime.date(2026, 6, 30)


def last_event():
    return Event.objects.last()


def test_an_organisation_is_added_with_its_areas_and_challenges(add, challenge, manager):
    portaal = add("Portaal", "WK034401", "zuilen-oost", challenges=[challenge])
    assert set(portaal.areas.values_list("code", flat=True)) == {"WK034401", "zuilen-oost"}
    assert list(portaal.challenges.all()) == [challenge]
    event = last_event()
    assert (event.verb, event.thing, event.duty, event.actor) == (
        "organisation.added",
        f"organisation:{portaal.uuid}",
        "programme_manager",
        manager.uuid,
    )
    assert set(event.touches) == {"WK034401", "zuilen-oost", "GM0344"}


def test_a_name_is_there_once_whatever_its_capitals(add):
    add("Portaal")
    with pytest.raises(actions.NotKept, match="deze naam"):
        add("portaal")
    assert Organisation.objects.count() == 1


def test_a_change_touches_the_areas_of_before_and_after(add, areas, manager):
    portaal = add("Portaal", "BU03440101")
    facts = {"areas": [areas["BU03440202"]], "challenges": []}
    actions.change_organisation(portaal, **facts, by=manager, at=timezone.now())
    assert list(portaal.areas.values_list("code", flat=True)) == ["BU03440202"]
    assert {"BU03440101", "BU03440202"} <= set(last_event().touches)
    assert last_event().payload == {"fields": ["areas"]}
    before = Event.objects.count()
    actions.change_organisation(portaal, **facts, name="Portaal", by=manager, at=timezone.now())
    assert Event.objects.count() == before


def test_a_change_to_a_name_that_is_there_is_refused_and_changes_nothing(add, manager):
    add("Portaal")
    other = add("Bo-Ex", "WK034401")
    with pytest.raises(actions.NotKept):
        actions.change_organisation(other, name="PORTAAL", areas=[], challenges=[], by=manager, at=timezone.now())
    other.refresh_from_db()
    assert (other.name, other.areas.count()) == ("Bo-Ex", 1)


def test_who_speaks_for_an_organisation_ends_with_it(add, speaks, manager):
    portaal = add()
    now, later = speaks(portaal), speaks(portaal, "Noor", from_on=LAST + datetime.timedelta(days=9))
    before = speaks(portaal, "Hamid", until_on=FROM)
    actions.end_organisation(portaal, last_day=LAST, by=manager, at=timezone.now())
    for one in (now, later, before):
        one.refresh_from_db()
    assert (now.until_on, later.until_on, before.until_on) == (LAST, later.from_on, FROM)
    with pytest.raises(actions.NotKept, match="al gestopt"):
        actions.end_organisation(portaal, last_day=LAST, by=manager, at=timezone.now())
    assert Organisation.objects.filter(name="Portaal").exists()


def test_nothing_of_a_person_stands_in_the_record(add, speaks, manager):
    one = speaks(add())
    actions.change_representative(one, areas=[], name="Kees de Vries", email="k@portaal.example", by=manager, at=timezone.now())
    actions.end_representative(one, last_day=LAST, by=manager, at=timezone.now())
    events = Event.objects.filter(verb__startswith="representative.")
    assert [event.verb for event in events] == ["representative.added", "representative.changed", "representative.ended"]
    assert not any(word in str([event.payload for event in events]) for word in ("Kees", "portaal.example", "31301234567"))
    assert events[1].payload["fields"] == ["email", "name"]


def test_the_account_comes_along_by_a_confirmed_address_only(add, speaks, manager):
    unconfirmed = someone("Linda", email="linda@example.org")
    confirmed = someone("Noor", email="noor@example.org", confirmed_at=timezone.now())
    portaal = add()
    assert speaks(portaal, "Linda", email=unconfirmed.email).person is None
    one = speaks(portaal, "Noor", email="NOOR@example.org")
    assert (one.person, one.email) == (confirmed, "noor@example.org")
    actions.change_representative(one, areas=[], name="Noor", email="ander@example.org", by=manager, at=timezone.now())
    one.refresh_from_db()
    assert one.person is None
    someone("Noor", email="ander@example.org", confirmed_at=timezone.now())
    actions.change_representative(one, areas=[], name="Noor", email="ander@example.org", by=manager, at=timezone.now())
    one.refresh_from_db()
    assert one.person.email == "ander@example.org"


def test_days_that_run_backwards_are_refused(add, speaks, manager):
    early = FROM - datetime.timedelta(days=1)
    portaal = add()
    one = speaks(portaal)
    for wrong in (
        lambda: add("Ander", until_on=early),
        lambda: speaks(portaal, "Noor", until_on=early),
        lambda: actions.end_representative(one, last_day=early, by=manager, at=timezone.now()),
        lambda: actions.change_representative(one, areas=[], until_on=early, by=manager, at=timezone.now()),
    ):
        with pytest.raises(actions.NotKept, match="laatste dag"):
            wrong()


def test_what_is_past_its_time_is_emptied_and_stays_as_a_row(add, speaks, manager):
    from buurtdraad.partners.queries.organisations import representatives_due

    on = datetime.date(2026, 12, 1)
    gone = speaks(add(), until_on=datetime.date(2025, 11, 30))
    recent = speaks(gone.organisation, "Noor", until_on=datetime.date(2025, 12, 1))
    running = speaks(gone.organisation, "Hamid")
    assert list(representatives_due(on)) == [gone]
    assert actions.destroy_representatives([gone.pk, recent.pk, running.pk], on=on) == 1
    assert not representatives_due(on).exists()
    gone.refresh_from_db()
    assert (gone.name, gone.email, gone.phone, gone.role) == ("", "", "", "directeur")
    assert "niet meer bewaren" in str(gone)
    with pytest.raises(actions.NotKept, match="niet meer"):
        actions.change_representative(gone, areas=[], name="Kees", by=manager, at=timezone.now())
    assert Representative.objects.exclude(name="").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_one_name_at_once_one_is_told(add, manager):
    said, start = [], threading.Barrier(2)

    def one():
        start.wait()
        try:
            add("Portaal")
            said.append("added")
        except actions.NotKept as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(said)[1] == "added"
    assert "deze naam" in sorted(said)[0]
    assert Organisation.objects.count() == 1
