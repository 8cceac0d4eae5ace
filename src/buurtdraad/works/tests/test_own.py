"""What somebody gets of their own, what goes when they are erased, and what waits for them at work."""

import datetime
import json

import pytest
from django.utils import timezone

from buurtdraad.pages import work as at_work
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.own.actions import destroy_asked, erase, forget_owners
from buurtdraad.works.own.past import asked_due, owners_due
from buurtdraad.works.own.queries import personal_data
from buurtdraad.works.states import Stage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def titles(person):
    return [(item.title, item.days_left) for item in at_work.waiting_for(person, on=TODAY).items]


def test_a_person_gets_their_sheets_and_nothing_of_another(make_work, tom):
    make_work("Van Tom", confirmed_by="Tom van Dijk", confirmed_at=timezone.now())
    make_work("Van Noor", owner_email="noor@utrecht.example", owner_name="Noor")
    WorkAsked.objects.create(email="tom@utrecht.example", month=TODAY, at=timezone.now())
    text = json.dumps(personal_data(tom), default=str)
    assert "Van Tom" in text
    assert "tom@utrecht.example" in text
    assert "gevraagd om te bevestigen" in text
    assert "Noor" not in text


def test_erasing_takes_name_and_address_away_and_leaves_the_work(make_work, tom):
    make_work("Van Tom", confirmed_by="Tom van Dijk", confirmed_at=timezone.now())
    make_work("Van Noor", owner_email="noor@utrecht.example", owner_name="Noor", confirmed_by="Noor", confirmed_at=timezone.now())
    WorkAsked.objects.create(email="tom@utrecht.example", month=TODAY, at=timezone.now())
    erase(tom, at=timezone.now())
    erase(tom, at=timezone.now())
    assert personal_data(tom) == {}
    mine, other = Work.objects.order_by("-title")
    assert (mine.owner_name, mine.owner_email, mine.confirmed_by, mine.department) == ("", "", "", "Stadsbedrijven")
    assert (other.owner_name, other.confirmed_by) == ("Noor", "Noor")
    assert not WorkAsked.objects.exists()


def test_who_led_a_work_goes_a_year_after_its_end_and_the_work_and_its_department_stay(make_work):
    long_ago, lately = TODAY - 400 * DAY, TODAY - 300 * DAY
    done = make_work("Klaar", stage=Stage.DONE, done_on=long_ago, confirmed_by="Tom van Dijk")
    make_work("Net klaar", stage=Stage.DONE, done_on=lately)
    stopped = make_work("Gestopt", stage=Stage.STOPPED, why="Geen geld.")
    Work.objects.filter(pk=stopped.pk).update(changed_at=timezone.now() - 400 * DAY)
    make_work("Loopt nog", stage=Stage.BUSY)
    nobody = make_work("Van niemand", stage=Stage.DONE, done_on=long_ago, owner_name="", owner_email="")
    assert {work.title for work in owners_due(TODAY)} == {"Klaar", "Gestopt"}
    ids = list(Work.objects.values_list("pk", flat=True))
    assert forget_owners(ids, on=TODAY) == 2
    assert forget_owners(ids, on=TODAY) == 0
    done.refresh_from_db()
    assert (done.owner_name, done.owner_email, done.confirmed_by, done.department) == ("", "", "", nobody.department)
    assert Work.objects.exclude(owner_email="").count() == 2


def test_that_somebody_was_asked_about_their_sheets_goes_after_a_year():
    for ago in (400, 300):
        WorkAsked.objects.create(email=f"tom{ago}@utrecht.example", month=TODAY, at=timezone.now() - ago * DAY)
    ids = list(asked_due(TODAY).values_list("pk", flat=True))
    assert destroy_asked(ids, on=TODAY) == 1
    assert WorkAsked.objects.get().email == "tom300@utrecht.example"


def test_somebody_without_an_address_owns_nothing(make_work, tom):
    make_work(owner_email="")
    tom.email = None
    tom.save()
    assert personal_data(tom) == {}
    erase(tom, at=timezone.now())
    assert titles(tom) == []


def test_the_owner_sees_what_is_late_and_what_needs_a_decision_the_most_urgent_first(make_work, tom, noor):
    make_work("Op tijd")
    make_work("Te laat", until_on=TODAY - 3 * DAY)
    make_work("Besluit", decision="Wie betaalt?", decision_by=TODAY + 9 * DAY)
    make_work("Besluit later", decision="Wie betaalt?", decision_by=TODAY + 99 * DAY)
    make_work("Klaar", stage=Stage.DONE, done_on=TODAY, until_on=TODAY - DAY)
    make_work("Onderhoud", kind="maintenance", until_on=TODAY - DAY)
    make_work("Van Noor", until_on=TODAY - DAY, owner_email="noor@utrecht.example")
    assert titles(tom) == [
        ("Hoe staat het met Te laat? De laatste dag is voorbij.", -3),
        ("Er is een besluit nodig over Besluit: Wie betaalt?", 9),
    ]
    assert [title for title, _days in titles(noor)] == ["Hoe staat het met Van Noor? De laatste dag is voorbij."]


def test_the_owner_finds_the_own_projects_on_the_own_page(make_work, tom, signed_in):
    make_work("Van Tom")
    assert "Van Tom" in signed_in(tom).get("/mijn/").text
