"""How it was for the host, by the link in the mail; and thanks, that are mailed to them."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.signing_in.actions.links import make_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.placements.actions.after import SaidAlready, say_how_it_was
from buurtdraad.placements.actions.feelings import ask_after
from buurtdraad.placements.models import Host, HostFeedback, Shift, Thanks
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import DAY, HOSTILE, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(placement, token_in):
    """Of the mail to the host."""
    ask_after(placement.shift, at=NOW)
    return token_in("/gastheer/")


@pytest.fixture
def as_tom(client, signed_in, tom):
    return signed_in(tom, second_factor=False)


def test_the_host_is_asked_after_the_shift_and_tells_by_the_link(client, placement, token, signed_in, noor):
    page = f"/gastheer/{token}/terugkijken/"
    shift = placement.shift
    assert f"{page}{shift.uuid}/" in client.get(page).text
    form = client.get(f"{page}{shift.uuid}/").text
    assert "Tom" not in form
    assert client.post(f"{page}{shift.uuid}/", {"words": "Fijn"}).status_code == 422
    assert "Dank u wel" in client.post(f"{page}{shift.uuid}/", {"again": "yes", "words": f"Fijne hulp {HOSTILE}"}).text
    assert "U hebt al verteld" in client.post(f"{page}{shift.uuid}/", {"again": "no", "words": ""}).text
    assert "Er is nu niets te vertellen" in client.get(page).text
    assert HostFeedback.objects.get().again is True
    signed_in(noor)
    told = client.get("/werk/stages/gastheren-vertellen/").text
    assert "Fijne hulp" in told
    assert HOSTILE not in told
    assert "Tom" not in told


def test_words_about_a_person_are_asked_about_and_the_organiser_takes_them_away(client, placement, token, signed_in, noor):
    page = f"/gastheer/{token}/terugkijken/{placement.shift.uuid}/"
    sent = {"again": "yes", "words": "Wat hielp Tom goed mee."}
    refused = client.post(page, sent)
    assert (refused.status_code, "“Tom”" in refused.text) == (422, True)
    thanked = client.post(page, sent | {"looked": "on"}).text
    assert f'href="/gastheer/{token}/"' in thanked
    path = f"/werk/stages/gastheren-vertellen/{HostFeedback.objects.get().pk}/weg/"
    assert client.get(path).status_code == 302
    signed_in(noor)
    assert "Wat hielp Tom" in client.get(path).text
    assert "Wat hielp Tom" not in client.post(path, follow=True).text
    assert (HostFeedback.objects.get().words, HostFeedback.objects.get().again) == ("", True)


def test_a_link_for_something_else_too_old_or_of_another_host_does_nothing(client, placement, host):
    at = NOW - 40 * DAY
    wrong = [
        make_link(Purpose.AGREE_PLACEMENT, host.thing, valid_for=DAY, at=NOW).token,
        make_link(Purpose.HOST_SHIFTS, host.thing, valid_for=DAY, at=at, facts={"email": host.contact_email}).token,
        "onbekend",
    ]
    for token in wrong:
        assert client.get(f"/gastheer/{token}/terugkijken/").status_code == 404
        assert client.post(f"/gastheer/{token}/terugkijken/{placement.shift.uuid}/", {"again": "yes"}).status_code == 404
    facts = {
        "organisation": host.organisation,
        "area": host.area,
        "address": "Elders",
        "tasks": "Inpakken",
        "from_on": host.from_on,
        "contact_email": "inpakken@example.nl",
    }
    other = Host.objects.create(name="Voedselbank", **facts)
    facts = {"email": "inpakken@example.nl"}
    token = make_link(Purpose.HOST_SHIFTS, other.thing, valid_for=DAY, at=NOW, facts=facts).token
    assert client.get(f"/gastheer/{token}/terugkijken/").status_code == 200
    assert client.get(f"/gastheer/{token}/terugkijken/{placement.shift.uuid}/").status_code == 404
    assert not HostFeedback.objects.exists()


def test_the_link_to_look_back_is_the_link_of_the_host_and_ends_with_its_contact(client, placement, token):
    assert f'href="/gastheer/{token}/terugkijken/"' in client.get(f"/gastheer/{token}/").text
    assert f'href="/gastheer/{token}/"' in client.get(f"/gastheer/{token}/terugkijken/").text
    Host.objects.update(contact_email="nieuw@example.nl")
    refused = client.get(f"/gastheer/{token}/terugkijken/")
    assert (refused.status_code, 'href="/gastheer/"' in refused.text) == (404, True)


def test_who_organises_tells_for_a_host_that_uses_no_link(client, signed_in, noor, placement):
    signed_in(noor)
    client.post(f"/gastheer/{placement.shift.host.uuid}/terugkijken/{placement.shift.uuid}/", {"again": "yes", "words": ""})
    assert HostFeedback.objects.get().shift == placement.shift


def test_of_a_shift_that_is_to_come_nothing_is_told(make_shift):
    with pytest.raises(SaidAlready):
        say_how_it_was(make_shift(stage="offered"), again=True, words="", at=NOW)


def test_a_host_without_an_address_is_not_mailed(placement, mails):
    Host.objects.update(contact_email="")
    ask_after(Shift.objects.get(), at=NOW)
    assert not [text for _to, text in mails() if "/gastheer/" in text]


def test_who_was_there_thanks_once_and_the_host_gets_it_with_a_first_name(as_tom, placement, mails, token):
    client = as_tom
    path = f"/stages/{placement.uuid}/bedankt/"
    assert client.post(path, {"words": ""}).status_code == 422
    client.post(path, {"words": "Dank voor de soep"})
    assert client.post(path, {"words": "Nog eens"}).status_code == 422
    to, text = mails()[-1]
    assert (to, "Dank voor de soep" in text, "Tom" in text, "van Dijk" in text) == ("keuken@example.nl", True, True, False)
    assert Thanks.objects.count() == 1
    client.logout()
    assert "Dank voor de soep" in client.get(f"/gastheer/{token}/terugkijken/").text


@pytest.mark.parametrize("duty", Duty)
def test_only_who_organises_reads_what_hosts_tell_and_takes_the_numbers(client, signed_in, areas, duty):
    signed_in(member_of_staff("Kees Vermeer", "kees@elders.example", None, duty))
    for page in ("/werk/stages/gastheren-vertellen/", "/werk/stages/aantallen.csv"):
        assert (client.get(page).status_code == 200) is (duty == Duty.PROGRAMME_MANAGER)


def test_what_one_did_afterwards_stands_on_ones_own_page(client, signed_in, tom, placement):
    signed_in(tom, second_factor=False)
    assert "U was bij Buurtmaaltijd De Dreef: kijk terug" in client.get("/mijn/").text
    client.post(f"/stages/{placement.uuid}/bedankt/", {"words": "Dank voor de soep"})
    page = client.get("/mijn/").text
    assert "kijk terug" not in page
    assert "gastheer bedankt" in page
    assert f'href="/stages/{placement.uuid}/terugkijken/"' in page


def test_feedback_is_told_once_for_a_shift(placement):
    say_how_it_was(placement.shift, again=True, words="", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        HostFeedback.objects.create(shift=placement.shift, again=False, at=NOW + datetime.timedelta(days=1))
