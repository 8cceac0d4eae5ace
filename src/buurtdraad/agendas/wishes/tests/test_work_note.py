"""Joris writes down what somebody says at the door or on the phone; sent twice it is one, and it joins what is there."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.actions import Note
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.states import Channel, Showing
from buurtdraad.audit.models import Event
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact, PhoneNumber
from buurtdraad.messages.states import Way

PATH = "/werk/notitie/"


def note(**changed):
    said = {
        "mark": str(uuid.uuid4()), "text": "Een bankje op de Wilgenhof", "area": "BU03440241", "channel": "door",
        "name": "Mevrouw Aydin", "phone": "06 12345678",
    }  # fmt: skip
    return said | changed


def test_a_note_at_the_door_is_a_wish_that_is_not_on_the_site(signed_in, joris):
    client = signed_in(joris)
    said = client.post(PATH, note(), follow=True)
    wish = Wish.objects.get()
    giver = wish.givers.get()
    assert (wish.channel, wish.showing, wish.reference) == (Channel.DOOR, Showing.PRIVATE, "ZO-1")
    assert (giver.contact.name, giver.contact.way, giver.written_by) == ("Mevrouw Aydin", Way.CALL, joris.uuid)
    assert "Het is opgeschreven als ZO-1" in said.text
    assert '<option value="BU03440241" selected' in said.text
    assert f"/werk/wensen/{wish.reference}/" in said.text


@pytest.mark.parametrize(("name", "phone", "way"), [("", "06 12345678", Way.CALL), ("Mevrouw Aydin", "", Way.BOARD), ("", "", None)])
def test_how_they_hear_follows_from_what_they_leave(name, phone, way, signed_in, joris):
    signed_in(joris).post(PATH, note(name=name, phone=phone))
    contact = Giver.objects.get().contact
    assert (contact.way if contact else None) == way


def test_three_givers_by_three_channels_are_one_wish(wish, kees, signed_in, joris):
    now = timezone.now()
    actions.add_giver(wish, contact=contact_for(kees, at=now), words="Een bankje graag!", channel=Channel.WEB, by=kees, at=now)
    signed_in(joris).post(PATH, note(**{"with": wish.reference}, name="Ria"))
    assert Wish.objects.count() == 1
    assert {giver.channel for giver in wish.givers.all()} == {Channel.PHONE, Channel.WEB, Channel.DOOR}
    assert people_of([wish]) == {wish.pk: 3}
    assert wish.givers.get(channel=Channel.DOOR).words == "Een bankje op de Wilgenhof"
    assert Event.objects.get(verb="wish.also_given").thing == f"wish:{wish.reference}"


def test_looking_keeps_what_was_typed_and_shows_what_is_like_it(wish, make_wish, signed_in, joris):
    make_wish("Er wordt te hard gereden in de Lindestraat")
    make_wish("Een bankje op de Wilgenhof", area="BU03440321")
    page = signed_in(joris).post(PATH, note(deed="look")).text
    assert "Hoort bij ZO-1" in page
    assert page.count("Hoort bij Z") == 1
    assert "Hoort bij OV" not in page
    assert "06 12345678" in page
    assert Wish.objects.count() == 3
    part = signed_in(joris).post(PATH, note(deed="look"), headers={"HX-Request": "true"}).text
    assert "Hoort bij ZO-1" in part
    assert "<html" not in part


def test_the_same_note_twice_is_one_also_for_the_script(signed_in, joris, wish):
    client, said = signed_in(joris), note()
    first = client.post(PATH, said, headers={"Accept": "application/json"}).json()
    assert client.post(PATH, said, headers={"Accept": "application/json"}).json() == first
    assert client.post(PATH, said | {"with": wish.reference}, headers={"Accept": "application/json"}).json() == first
    assert Wish.objects.count() == 2
    assert PhoneNumber.objects.count() == 2
    joined = note(**{"with": wish.reference})
    for _ in range(2):
        assert client.post(PATH, joined, headers={"Accept": "application/json"}).json()["reference"] == wish.reference
    assert wish.givers.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("joins", [True, False])
def test_ten_at_once_with_one_mark_are_one(joins, areas, joris, make_wish):
    onto = make_wish() if joins else None
    mark = str(uuid.uuid4())

    def write(_n):
        try:
            said = Note("Een bankje", areas["BU03440241"], Channel.DOOR, "Mevrouw Aydin", "06 12345678")
            return actions.note(said, onto=onto, by=joris, at=timezone.now(), mark=mark).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(write, range(10)))) == 1
    assert Wish.objects.count() == 1
    assert Contact.objects.filter(phone__isnull=False).count() == 1
    assert Giver.objects.filter(mark=mark).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "x" * 2001}, {"area": "BU03440321"}, {"channel": "web"}, {"mark": "x"}, {"phone": "12"}, {"with": "OV-9"}],
)
def test_what_is_wrong_is_said_and_nothing_is_written(wrong, signed_in, joris):
    said = signed_in(joris).post(PATH, note(**wrong))
    assert said.status_code == 422
    answer = signed_in(joris).post(PATH, note(**wrong), headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert not Wish.objects.exists()
    assert not Contact.objects.exists()


def test_a_note_of_another_area_is_not_taken(signed_in, samira, wish):
    assert signed_in(samira).post(PATH, note()).status_code == 422
    assert signed_in(samira).post(PATH, note(area="BU03440321", **{"with": wish.reference})).status_code == 422
    assert wish.givers.count() == 1
