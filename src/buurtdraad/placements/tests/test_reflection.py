"""A reflection is its writer's alone, whatever role somebody has; what looks like a client's name is marked and never refused."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.models import Event
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.placements.actions.after import NotThere, keep_reflection, remove_reflection
from buurtdraad.placements.actions.shifts import attended
from buurtdraad.placements.models import Reflection, Thanks
from buurtdraad.placements.own.actions.after import erase
from buurtdraad.placements.own.queries.after import personal_data
from buurtdraad.placements.states import Stage
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import HOSTILE, NOW

pytestmark = pytest.mark.django_db
SECRET = "Mevrouw Fatma huilde toen de brief van de belasting kwam."


@pytest.fixture
def kept(placement, tom):
    return keep_reflection(placement, words=SECRET, by=tom, at=NOW)


def path(placement, rest="terugblik/"):
    return f"/stages/{placement.uuid}/{rest}"


def test_its_writer_reads_changes_and_throws_it_away(client, signed_in, tom, placement):
    signed_in(tom, second_factor=False)
    client.post(path(placement), {"words": "Ik schaamde mij voor ons formulier."})
    assert "Ik schaamde mij" in client.get(path(placement)).text
    client.post(path(placement), {"words": "Ik leerde veel."})
    assert Reflection.objects.get().words == "Ik leerde veel."
    client.post(path(placement, "terugblik/weg/"))
    client.post(path(placement, "terugblik/weg/"))
    assert not Reflection.objects.exists()


def test_it_is_asked_before_it_is_thrown_away(client, signed_in, tom, kept, placement):
    signed_in(tom, second_factor=False)
    assert "Uw terugblik weggooien?" in client.get(path(placement, "terugblik/weg/")).text
    assert Reflection.objects.exists()


def test_it_stays_its_writers_when_a_host_notes_later_that_they_were_not_there(client, signed_in, tom, kept, placement):
    attended(placement, came=False, by=None, at=NOW)
    signed_in(tom, second_factor=False)
    page = client.get(path(placement, "terugkijken/")).text
    assert ("dat u er niet was" in page, "Deel een les" in page) == (True, False)
    assert SECRET in client.get(path(placement)).text.replace("&#x27;", "'")
    assert client.get(path(placement, "les/")).status_code == 404
    client.post(path(placement), {"words": "Ik leerde veel."})
    assert Reflection.objects.get().words == "Ik leerde veel."
    client.post(path(placement, "terugblik/weg/"))
    assert not Reflection.objects.exists()


def test_a_name_of_a_client_is_marked_with_advice_and_kept_all_the_same(client, signed_in, tom, placement):
    signed_in(tom, second_factor=False)
    assert client.post(path(placement), {"words": SECRET}).status_code == 302
    page = client.get(path(placement)).text
    assert "<mark>Mevrouw Fatma</mark>" in page
    assert "U mag ze laten staan" in page
    client.post(path(placement), {"words": "Ik leerde veel."})
    assert "U mag ze laten staan" not in client.get(path(placement)).text


@pytest.mark.parametrize("words", ["", " ", "x" * 5001])
def test_nothing_and_too_much_are_refused(client, signed_in, tom, placement, words):
    signed_in(tom, second_factor=False)
    assert client.post(path(placement), {"words": words}).status_code == 422
    assert not Reflection.objects.exists()


@pytest.mark.parametrize("duty", [*Duty, None])
def test_nobody_else_gets_at_it_from_any_role(areas, kept, placement, duty):
    """Each role, the duty held in the whole city and with a second factor, over each address of the room and the lists for staff."""
    other = member_of_staff("Noor de Graaf", "noor@elders.example", None, duty or Duty.RESIDENT)
    client = Client()
    client.force_login(other)
    session = client.session
    session["second_factor"] = timezone.now().isoformat()
    session.save()
    for rest in ("terugblik/", "terugkijken/", "les/", "bedankt/"):
        assert client.get(path(placement, rest)).status_code == 404
        assert client.post(path(placement, rest), {"words": "Nu van mij"}).status_code in {404, 405}
    assert client.post(path(placement, "terugblik/weg/")).status_code == 404
    for page in pages_of_the_room():
        assert SECRET not in client.get(page).text, page
    assert Reflection.objects.get().words == SECRET


def pages_of_the_room():
    """The addresses without parameters of this room, and where staff and persons see lists."""
    ours = next(each for each in walk(get_resolver().url_patterns) if getattr(each, "namespace", "") == "placements")
    written = [str(pattern.pattern) for pattern in ours.url_patterns if "<" not in str(pattern.pattern)]
    return [*(f"/{each}" for each in written), "/werk/", "/mijn/", "/logboek/"]


def walk(patterns):
    for one in patterns:
        yield one
        yield from walk(getattr(one, "url_patterns", []))


def test_who_asked_and_did_not_come_has_nothing_to_look_back_on(client, signed_in, tom, make_placement):
    waits = make_placement(tom, stage=Stage.CONFIRMED)
    signed_in(tom, second_factor=False)
    assert client.get(path(waits)).status_code == 404
    with pytest.raises(NotThere):
        keep_reflection(waits, words="x", by=tom, at=NOW)


def test_an_action_for_another_is_refused_too(placement, kept, noor):
    for deed in (lambda: keep_reflection(placement, words="x", by=noor, at=NOW), lambda: remove_reflection(placement, by=noor, at=NOW)):
        with pytest.raises(NotThere):
            deed()


def test_the_record_says_that_there_is_one_and_not_what(kept):
    assert Event.objects.filter(verb="reflection.kept").exists()
    assert "Fatma" not in str(list(Event.objects.values_list("thing", "payload")))


def test_it_stands_in_ones_own_data_and_goes_with_the_account(kept, tom, noor):
    assert personal_data(tom)["terugblikken"][0]["tekst"] == SECRET
    assert personal_data(noor) == {}
    erase(tom, at=NOW)
    assert not Reflection.objects.exists()


def test_hostile_words_stay_words(client, signed_in, tom, placement):
    signed_in(tom, second_factor=False)
    client.post(path(placement), {"words": HOSTILE})
    assert HOSTILE not in client.get(path(placement)).text


def test_there_is_one_for_a_placement_and_thanks_say_something(placement, kept):
    for row in (Reflection(placement=placement, words="Nog een", at=NOW), Thanks(placement=placement, words="", at=NOW)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
