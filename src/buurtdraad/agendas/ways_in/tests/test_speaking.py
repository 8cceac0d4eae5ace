"""Speaking in a wish: who can, what is kept, what is refused."""

import pytest
from django.core import signing
from django.utils import timezone

from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.actions.speaking import WrittenDown
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.tests.conftest import kept, sound_file
from buurtdraad.agendas.wishes.actions import answer
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Kind, Stage, Theme
from buurtdraad.audit.models import Event
from buurtdraad.lib.spam import SALT
from buurtdraad.lib.tests import sounding
from buurtdraad.messages.models import PhoneNumber, Slip
from buurtdraad.messages.rules import as_written
from buurtdraad.messages.states import Way

PAGE = "/wensen/inspreken/"


def asked(**changed):
    opened = signing.TimestampSigner(salt=SALT).sign("form-1")
    facts = {"area": "BU03440241", "way": "call", "name": "Mevrouw Aydin", "phone": "06 12345678", "opened": opened}
    return facts | {"sound": sound_file()} | changed


def test_a_visitor_speaks_in_a_wish_and_somebody_calls(client, areas, home):
    answer = client.post(PAGE, asked(), follow=True)
    assert answer.redirect_chain[-1][0].startswith("/wensen/inspreken/bedankt/call/?briefje=")
    note = SpokenNote.objects.get()
    assert (note.area, note.kind, note.seconds, note.stage) == (areas["BU03440241"], "webm", 3, "waiting")
    assert (note.contact.way, note.contact.name) == (Way.CALL, "Mevrouw Aydin")
    assert PhoneNumber.objects.get().number == "0612345678"
    assert [path.name for path in kept(home)] == ["sound.webm"]
    assert not Wish.objects.exists()
    assert Event.objects.get(verb="note.spoken").channel == "spoken"


def test_one_form_sent_twice_is_one_note(client, areas, home):
    opened = asked()["opened"]
    for _each in range(2):
        client.post(PAGE, asked(opened=opened))
    assert SpokenNote.objects.count() == len(kept(home)) == 1


def test_who_is_signed_in_is_not_asked_how_and_hears_as_they_chose(signed_in, kees, areas):
    client = signed_in(kees, second_factor=False)
    assert "way" not in client.get(PAGE).context["form"].fields
    client.post(PAGE, {"area": "BU03440241", "sound": sound_file(), "opened": asked()["opened"]})
    assert SpokenNote.objects.get().contact.person == kees


def test_who_leaves_nothing_still_gets_a_number_that_later_shows_the_wish(client, areas, joris):
    page = client.post(PAGE, asked(way="none", name="", phone=""), follow=True)
    assert page.redirect_chain[-1][0].startswith("/wensen/inspreken/bedankt/none/?briefje=")
    slip = Slip.objects.get()
    assert as_written(slip.number) in page.text
    note = SpokenNote.objects.get()
    assert (note.contact.name, note.contact.way) == ("", Way.NONE)
    assert "Er is nog geen nieuws" in client.post("/nakijken/", {"number": slip.number}).text
    wish = actions.write_down(note, WrittenDown("Een bank", Kind.WISH, Theme.GREEN), by=joris, duty="", at=timezone.now())
    answer([wish], text="Die komt er.", stage=Stage.CHOSEN, by=joris, at=timezone.now())
    assert Slip.objects.get().thing == f"wish:{wish.reference}"
    assert f"Wens {wish.reference}: Gekozen" in client.post("/nakijken/", {"number": slip.number}).text


def test_a_number_in_the_address_that_we_did_not_sign_is_not_shown(client):
    assert "WENS-42AA" not in client.get("/wensen/inspreken/bedankt/none/?briefje=WENS42AA").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sound": sound_file(sounding.HTML)}, "sound"),
        ({"sound": sound_file(sounding.HTML, "x.mp3", "audio/mpeg")}, "sound"),
        ({"sound": sound_file(b"")}, "sound"),
        ({"sound": sound_file(sounding.wav(400, 100))}, "sound"),
        ({"sound": ""}, "sound"),
        ({"area": ""}, "area"),
        ({"area": "BU99999999"}, "area"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"way": "email"}, "way"),
        ({"homepage": "x"}, "homepage"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_kept(client, areas, home, changed, field):
    answer = client.post(PAGE, asked(**changed))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert ("Kies uw opname opnieuw" in answer.text) == (field != "sound")
    assert not SpokenNote.objects.exists()
    assert not kept(home)


def test_a_sound_above_the_limit_is_refused(client, areas, settings):
    settings.UPLOAD_MB = 1
    answer = client.post(PAGE, asked(sound=sound_file(sounding.wav(200, 8000))))
    assert "te groot" in answer.content.decode()


def test_only_this_page_may_use_the_microphone_and_play_what_it_recorded(client, areas):
    page = client.get(PAGE)
    assert page["Permissions-Policy"] == "camera=(), microphone=(self)"
    assert "media-src 'self' blob:" in page["Content-Security-Policy"]
    other = client.get("/nakijken/")
    assert "microphone=()" in other["Permissions-Policy"]
    assert "blob:" not in other["Content-Security-Policy"]


def test_who_would_rather_talk_finds_the_way(client, areas):
    assert f'href="{PAGE}?buurt=BU03440241"' in client.get("/wensen/nieuw/?buurt=BU03440241").text
    assert f'href="{PAGE}"' in client.get("/wensen/").text


def test_the_choice_of_an_area_is_kept_from_where_one_came(client, areas):
    assert 'value="BU03440242" selected' in client.get(f"{PAGE}?buurt=BU03440242").content.decode()


def test_an_evening_of_thirty_people_gets_through_and_a_flood_does_not(client, areas):
    codes = [client.post(PAGE, asked(sound=sound_file(sounding.HTML))).status_code for _each in range(41)]
    assert codes[:40] == [422] * 40
    assert codes[40] == 429
