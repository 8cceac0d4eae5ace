"""`/wensen/nieuw/`: from a few words to a wish, in two screens, without an account and without JavaScript."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.agendas.wishes.states import Channel, Showing, Theme
from buurtdraad.agendas.wishes.tests.filling_in import NEW, TOLD, first, hidden, opened, sent
from buurtdraad.messages.models import Contact, PhoneNumber, Slip
from buurtdraad.messages.states import Way
from buurtdraad.places.models import AreaYear

BOX = "MULTIPOLYGON(((5 52, 5.2 52, 5.2 52.2, 5 52.2, 5 52)))"


pytestmark = pytest.mark.usefixtures("typed_slowly")


# --- the whole way ---------------------------------------------------------------------------------


def test_a_visitor_tells_a_wish_in_two_screens_and_reads_when_the_answer_comes(client, areas):
    second = first(client, theme="green")
    for said in (TOLD, "Geuzenwijk", "Groen en spelen"):
        assert said in second.text
    answer = client.post(NEW, hidden(second) | {"way": "board", "step": "send"})
    assert answer.status_code == 302
    wish = Wish.objects.get()
    assert (wish.text, wish.area.code, wish.theme, wish.channel, wish.showing) == (TOLD, "BU03440241", Theme.GREEN, Channel.WEB, "waiting")
    assert wish.stems
    page = client.get(answer.url)
    number = Slip.objects.get().number
    assert wish.reference in page.text
    assert f"{number[:4]}-{number[4:]}" in page.text
    assert "/buurten/BU03440241/" in page.text
    assert TOLD not in page.text
    assert wish.givers.get().contact.way == Way.BOARD


def test_nothing_is_kept_before_sending_and_only_the_own_browser_keeps_a_page_to_go_back_to(client, areas):
    second = first(client)
    assert not Wish.objects.exists()
    assert "sessionid" not in client.cookies
    for page in (client.get(NEW), second):
        assert set(page["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_who_wants_a_call_is_called_and_gets_a_slip(client, areas):
    client.get(sent(client, way="call", phone="06 12 34 56 78", name="Mevrouw Aydin").url)
    assert PhoneNumber.objects.get().number == "0612345678"
    assert Contact.objects.get().name == "Mevrouw Aydin"
    assert Slip.objects.get().thing == "wish:ZO-1"


def test_a_visitor_with_e_mail_has_no_contact_before_the_button_in_the_mail(client, areas, mailed):
    page = client.get(sent(client, way="email", email="Nieuw@example.nl").url)
    assert "Kijk nu in uw mail" in page.text
    assert Wish.objects.get().givers.get().contact is None
    assert not Slip.objects.exists()
    client.post(f"/wensen/bevestigen/{mailed()[0]}/")
    assert Wish.objects.get().givers.get().contact.person.email == "nieuw@example.nl"


def test_who_is_signed_in_is_not_asked_how_they_hear(client, areas, kees):
    client.force_login(kees)
    second = first(client)
    assert 'name="way"' not in second.text
    client.post(NEW, hidden(second) | {"step": "send"})
    assert Wish.objects.get().givers.get().contact.person == kees


def test_change_leads_back_with_all_that_was_typed(client, areas):
    second = first(client, theme="green")
    page = client.post(NEW, hidden(second) | {"step": "change"})
    assert page.status_code == 200
    assert TOLD in page.text
    assert 'value="green" selected' in page.text
    assert not Wish.objects.exists()


def test_without_an_address_service_no_street_or_postcode_is_asked_for(client, areas):
    page = client.get(NEW).text
    assert "De naam van de buurt." in page
    assert "postcode" not in page.partition('id="id_where"')[0].rpartition("In welke buurt")[2]
    answer = client.post(NEW, {"text": TOLD, "where": "Amsterdam", "opened": opened(client, ""), "step": "next"})
    assert answer.status_code == 422
    assert "in onze gemeente" in answer.text


# --- the same again --------------------------------------------------------------------------------


def test_one_form_sent_twice_or_after_going_back_is_one_wish(client, areas):
    second = first(client)
    for _again in range(3):
        answer = client.post(NEW, hidden(second) | {"way": "call", "phone": "0612345678", "step": "send"})
        assert client.get(answer.url).status_code == 200
    back = client.post(NEW, hidden(second) | {"step": "change"})
    again = client.post(NEW, hidden(back) | {"text": TOLD, "area": "BU03440241", "step": "next"})
    client.post(NEW, hidden(again) | {"way": "none", "step": "send"})
    assert (Wish.objects.count(), Giver.objects.count(), Contact.objects.count(), Slip.objects.count()) == (1, 1, 1, 1)


def test_another_text_from_the_same_form_is_another_wish(client, areas):
    second = first(client)
    client.post(NEW, hidden(second) | {"way": "none", "step": "send"})
    client.post(NEW, hidden(second) | {"text": "En graag een prullenbak erbij.", "way": "none", "step": "send"})
    assert Wish.objects.count() == 2


def test_a_wrong_address_is_put_right_by_going_back(client, areas, mailed):
    second = first(client)
    for email in ("vreemd@example.nl", "goed@example.nl"):
        client.post(NEW, hidden(second) | {"way": "email", "email": email, "step": "send"})
    assert Wish.objects.count() == 1
    client.post(f"/wensen/bevestigen/{mailed()[-1]}/")
    assert Wish.objects.get().givers.get().contact.person.email == "goed@example.nl"


@pytest.mark.django_db(transaction=True)
def test_twenty_times_one_form_at_once_is_one_wish_with_one_contact(client, areas):
    facts = hidden(first(client)) | {"way": "call", "phone": "0612345678", "step": "send"}

    def send(_n):
        try:
            return Client().post(NEW, facts).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(send, range(20))) == {302}
    assert (Wish.objects.count(), Giver.objects.count(), Contact.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_are_twenty_wishes(client, areas):
    forms = [hidden(first(client, f"{TOLD} Nummer {n}!")) | {"way": "none", "step": "send"} for n in range(20)]

    def send(facts):
        try:
            return Client().post(NEW, facts).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(send, forms)) == {302}
    assert Wish.objects.values("reference").distinct().count() == 20


# --- where -----------------------------------------------------------------------------------------


def test_a_neighbourhood_is_found_by_its_name(client, areas):
    assert "Geuzenwijk" in first(client, code="", where="geuzen wijk".replace(" ", "")).text
    assert "Taagdreef" in first(client, code="BU03440241", where="Taagdreef").text


def test_of_several_places_one_is_picked(client, areas):
    page = first(client, code="", where="buurt ")
    assert "Schaakbuurt" in page.text
    which = first(client, code="", where="ch")
    assert which.status_code == 422
    assert "Welke bedoelt u?" in which.text
    assert "Overvecht (wijk)" in which.text
    facts = {"text": TOLD, "where": "ch", "asked": "ch", "pick": "BU03440242", "opened": opened(client), "step": "next"}
    assert hidden(client.post(NEW, facts))["area"] == "BU03440242"
    assert client.post(NEW, facts | {"pick": "GM0344"}).status_code == 422
    assert "Taagdreef" in client.post(NEW, facts | {"where": "Taagdreef"}).text


def test_what_we_do_not_know_is_chosen_from_the_list(client, areas):
    page = first(client, code="", where="Nergensstraat")
    assert page.status_code == 422
    assert '<option value="BU03440242">Schaakbuurt</option>' in page.text
    again = client.post(
        NEW,
        {"text": TOLD, "where": "Nergensstraat", "asked": "Nergensstraat", "pick": "BU03440242", "opened": opened(client), "step": "next"},
    )
    assert again.status_code == 200
    assert hidden(again)["area"] == "BU03440242"


@pytest.mark.parametrize("code", ["GM0344", "BU99999999", "'; --", "\0", "x" * 500])
def test_a_code_of_nothing_here_asks_where(client, areas, code):
    assert client.get(NEW, {"buurt": code}).status_code == 200
    assert first(client, code=code).status_code == 422


@pytest.fixture
def on_the_map(areas):
    """Geuzenwijk is a box between 52.0, 5.0 and 52.2, 5.2."""
    import shapely

    from buurtdraad.places.queries import forget_points

    AreaYear.objects.filter(area__code="BU03440241").update(boundary=shapely.to_wkb(shapely.from_wkt(BOX)))
    forget_points()
    yield
    forget_points()


def test_the_place_of_the_device_fills_in_the_neighbourhood_and_the_street(client, areas, on_the_map):
    page = client.post(NEW, {"text": TOLD, "lat": "52.1234", "lon": "5.1234", "opened": opened(client, "")})
    assert page.status_code == 200
    assert "Geuzenwijk" in page.text
    second = client.post(NEW, hidden(page) | {"text": TOLD, "step": "next"})
    client.post(NEW, hidden(second) | {"way": "none", "step": "send"})
    wish = Wish.objects.get()
    assert (wish.latitude, wish.longitude) == (52.123, 5.123)


@pytest.mark.parametrize("place", [("10", "10"), ("nan", "5"), ("x", ""), ("1e309", "5.1")])
def test_a_place_elsewhere_is_said_in_plain_words_and_dropped(client, areas, on_the_map, place):
    page = client.post(NEW, {"text": TOLD, "lat": place[0], "lon": place[1], "opened": opened(client, "")})
    assert "Deze plek ligt niet in Utrecht" in page.text
    assert TOLD in page.text
    client.post(NEW, {"text": TOLD, "area": "BU03440241", "lat": place[0], "lon": place[1], "way": "none", "step": "send"})
    assert Wish.objects.get().latitude is None


@pytest.mark.parametrize(("text", "theme"), [("De buurman maakt lawaai", ""), (TOLD, "nuisance")])
def test_about_a_person_or_trouble_there_is_no_point(client, areas, on_the_map, text, theme):
    facts = {"text": text, "theme": theme, "area": "BU03440241", "lat": "52.1", "lon": "5.1", "way": "none", "step": "send"}
    client.post(NEW, facts)
    assert Wish.objects.get().latitude is None


# --- bad input -------------------------------------------------------------------------------------


def test_too_much_is_refused_in_plain_words_and_the_first_part_stays(client, areas):
    page = first(client, "Een bank graag. " * 6500)
    assert page.status_code == 422
    assert "Dit is te lang" in page.text
    kept = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", page.text)[1]
    assert 1900 < len(kept) <= 2000
    assert first(client, kept).status_code == 200


@pytest.mark.parametrize(
    "text",
    ["😀" * 200, "שלום נבנה ספסל בפארק", "\u202eabc", "<script>alert(1)</script> <b>bank</b>", "a\r\nb", "' OR 1=1 --", "{{ 7|add:7 }}"],
)
def test_any_text_that_people_type_is_a_wish_and_comes_back_as_text(client, areas, text):
    second = first(client, text)
    assert second.status_code == 200
    assert "<script>alert(1)" not in second.text
    client.post(NEW, hidden(second) | {"text": text, "way": "none", "step": "send"})
    assert Wish.objects.get().text == text.replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "a\0b"])
def test_nothing_is_no_wish(client, areas, text):
    page = first(client, text)
    assert page.status_code == 422
    assert "alert" in page.text


def test_many_links_are_read_first_also_where_an_area_reads_afterwards(client, areas, joris):
    actions.choose(
        areas["zuilen-oost"], answer_within=7, read_first=False, comments=False, by=joris, duty="area_adviser", at=timezone.now()
    )
    sent(client, "Kijk op http://a.example en http://b.example")
    assert Wish.objects.get().showing == Showing.WAITING
    sent(client, TOLD)
    assert Wish.objects.get(text=TOLD).showing == Showing.SHOWN


def test_who_fills_in_the_unseen_field_is_refused(client, areas):
    assert first(client, homepage="http://spam.example").status_code == 422


@pytest.mark.parametrize(
    "how",
    [
        {"way": "email"}, {"way": "email", "email": "geen adres"}, {"way": "call"}, {"way": "call", "phone": "12"}, {"way": ""},
        {"way": "duif"},
    ],
)  # fmt: skip
def test_a_way_that_cannot_work_is_asked_again_and_the_words_stay(client, areas, how):
    page = sent(client, **how)
    assert page.status_code == 422
    assert hidden(page)["text"] == TOLD
    assert not Wish.objects.exists()


def test_a_signature_of_somebody_else_or_of_yesterday_shows_nothing(client, areas, settings):
    url = sent(client).url
    assert client.get(url[:-3] + "xx/").status_code == 404
    assert client.get(f"/wensen/nieuw/bedankt/{signing.dumps(['ZO-1', '', False], salt='other')}/").status_code == 404


# --- what else may help ----------------------------------------------------------------------------


def test_a_text_about_a_person_is_read_first_and_shows_the_right_desks(client, areas):
    page = first(client, "Mijn buurman Jan de Vries dealt drugs voor de deur").text
    for said in ("Wij lezen dit eerst", "112", "0900-8844", "0800-7000", "14 030"):
        assert said in page
    assert "Wij lezen dit eerst" not in first(client).text


def test_a_lamp_that_is_out_goes_to_the_report_line_and_can_be_sent_all_the_same(client, areas, settings):
    settings.CITY_REPORT_LINE_URL = "https://melding.example.nl/"
    second = first(client, "De lantaarnpaal op de hoek is kapot")
    assert "https://melding.example.nl/" in second.text
    assert "https://melding.example.nl/" not in first(client).text
    client.post(NEW, hidden(second) | {"way": "none", "step": "send"})
    assert Wish.objects.count() == 1


def test_pages_stop_a_visitor_who_goes_on_and_on(client, areas, monkeypatch):
    from buurtdraad.lib import limits

    monkeypatch.setattr(limits, "MOST_OF_AN_ADDRESS", 2)
    answers = [first(client).status_code for _n in range(3)]
    assert answers == [200, 200, 429]
