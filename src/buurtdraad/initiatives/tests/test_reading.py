"""News, pictures and prizes; and what of initiatives waits until somebody reads it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from buurtdraad.accounts.access import Reach
from buurtdraad.initiatives.actions import needs, news, plans
from buurtdraad.initiatives.models import InitiativePicture, Prize, Update
from buurtdraad.initiatives.queries.reading import waiting_to_read
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.stages import WrongStage

NOW = timezone.now()
TO_READ = "/werk/initiatieven/lezen/"
WORK = "/werk/initiatieven/"


@pytest.fixture
def home(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path


@pytest.fixture
def mine(client, make_initiative, kees, signed_in):
    """A plan on the site, and Kees of it in the browser."""
    made = make_initiative(of=kees)
    signed_in(kees)
    return made


def picture_file():
    content = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(content, "PNG")
    return SimpleUploadedFile("tuin.png", content.getvalue(), "image/png")


def seen(client, address):
    """What the address of a picture answers: status and for whom it may be kept."""
    answer = client.get(address)
    if answer.streaming:
        # To its end, which closes it; closing it here would take the connection along.
        answer.getvalue()
    return answer.status_code, answer.headers.get("Cache-Control", "")[:6]


# --- news -----------------------------------------------------------------------------------------------


def test_news_is_read_before_it_stands_on_the_site(client, mine, hamid, signed_in):
    assert client.post(f"/initiatieven/{mine.slug}/nieuws/", {"text": "De eerste boom staat."}).status_code == 302
    address = f"/initiatieven/{mine.slug}/"
    assert "De eerste boom" not in client.get(address).text
    update = Update.objects.get()
    signed_in(hamid).post(TO_READ, {"kind": "update", "which": update.pk, "deed": "show"})
    assert "De eerste boom" in client.get(address).text
    with pytest.raises(WrongStage):
        update.showing = Showing.REMOVED
        news.show_update(update, by=hamid, at=NOW)


def test_news_without_a_word_is_asked_again(client, mine):
    assert client.post(f"/initiatieven/{mine.slug}/nieuws/", {"text": " "}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Update.objects.create(initiative=mine, text="", at=NOW)


# --- pictures -------------------------------------------------------------------------------------------


def test_a_picture_is_looked_at_before_everybody_sees_it_and_goes_for_good(client, home, mine, hamid, signed_in):
    facts = {"picture": picture_file(), "alt": "Een boom", "people": "nobody"}
    assert client.post(f"/initiatieven/{mine.slug}/foto/", facts).status_code == 302
    picture = InitiativePicture.objects.get()
    address = f"/initiatieven/foto/{picture.uuid}/320/"
    assert seen(client, address)[0] == 200
    client.logout()
    assert seen(client, address)[0] == 404
    signed_in(hamid)
    assert seen(client, address)[0] == 200
    client.post(TO_READ, {"kind": "picture", "which": picture.pk, "deed": "show"})
    client.logout()
    assert seen(client, address) == (200, "public")
    assert picture.alt in client.get("/initiatieven/").text


def test_a_text_that_says_to_be_a_picture_is_refused(client, home, mine):
    facts = {"picture": SimpleUploadedFile("tuin.png", b"<svg onload=alert(1)>", "image/png"), "alt": "x", "people": "nobody"}
    assert client.post(f"/initiatieven/{mine.slug}/foto/", facts).status_code == 422
    assert not InitiativePicture.objects.exists()


# --- prizes ---------------------------------------------------------------------------------------------


def test_only_who_advises_the_area_notes_a_prize(client, mine, joris, signed_in):
    address = f"/initiatieven/{mine.slug}/prijs/"
    assert client.get(address).status_code == 403
    signed_in(joris)
    assert client.post(address, {"name": "Groene pluim", "year": "3000"}).status_code == 422
    assert client.post(address, {"name": "Groene pluim", "year": "x", "url": "javascript:alert(1)"}).status_code == 422
    assert client.post(address, {"name": "Groene pluim", "year": "2024"}).status_code == 302
    assert "Groene pluim" in client.get(f"/initiatieven/{mine.slug}/").text
    with pytest.raises(IntegrityError), transaction.atomic():
        Prize.objects.create(initiative=mine, name="Groene pluim", year=2024)
    with pytest.raises(IntegrityError), transaction.atomic():
        Prize.objects.create(initiative=mine, name="Oud", year=1066)


# --- at work --------------------------------------------------------------------------------------------


def test_who_reads_puts_it_on_the_site_or_asks_something(client, make_initiative, kees, hamid, signed_in):
    made = make_initiative(of=kees, showing=Showing.TO_READ)
    page = signed_in(hamid).get(TO_READ)
    assert made.summary in page.text
    assert client.post(TO_READ, {"kind": "plan", "which": made.pk, "deed": "back"}).status_code == 422
    assert client.post(TO_READ, {"kind": "plan", "which": made.pk, "deed": "back", "why": "Waar is het?"}).status_code == 302
    made.refresh_from_db()
    assert (made.showing, made.question) == (Showing.BACK, "Waar is het?")
    assert client.post(TO_READ, {"kind": "plan", "which": made.pk, "deed": "show", "was": "other"}).status_code == 422
    assert client.post(TO_READ, {"kind": "plan", "which": made.pk, "deed": "show", "was": plans.mark_of(made)}).status_code == 302
    made.refresh_from_db()
    assert made.showing == Showing.SHOWN


def test_who_advises_elsewhere_reads_nothing_here(client, make_initiative, samira, signed_in):
    made = make_initiative(showing=Showing.TO_READ)
    assert made.title not in signed_in(samira).get(TO_READ).text
    assert client.post(TO_READ, {"kind": "plan", "which": made.pk, "deed": "show"}).status_code == 403


def test_a_moderator_takes_it_off_the_site_and_puts_it_back(client, make_initiative, kees, hamid, signed_in):
    made = make_initiative(of=kees)
    address = f"/initiatieven/{made.slug}/"
    assert "van-de-site" not in client.get(address).text
    assert "van-de-site" in signed_in(hamid).get(address).text
    assert client.post(f"{address}van-de-site/").status_code == 422
    assert client.post(f"{address}van-de-site/", {"why": "Er staat een naam in."}).status_code == 302
    client.logout()
    assert client.get(address).status_code == 404
    assert signed_in(hamid).get(address).status_code == 200
    client.post(f"{address}van-de-site/")
    client.logout()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"kind": "plan"}, {"kind": "person", "which": "1"}, {"kind": "plan", "which": "-1", "deed": "show"}])
def test_a_forged_decision_is_not_found(client, hamid, signed_in, sent):
    assert signed_in(hamid).post(TO_READ, sent).status_code == 404


def test_all_that_waits_is_counted_in_one_query(make_initiative, kees):
    make_initiative("Een", showing=Showing.TO_READ)
    shown = make_initiative("Twee", of=kees)
    news.add_update(shown, text="Nieuws", by=kees, at=NOW)
    needs.add_need(shown, kind="hands", words="Handen", by=kees, at=NOW)
    plans.change(shown, title="Drie", by=kees, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert waiting_to_read(Reach(everywhere=True)).number == 4
    assert len(asked) == 1
    assert waiting_to_read(Reach(codes=frozenset({"BU03440321"}))).number == 0


def test_the_list_at_work_holds_what_is_in_reach_whatever_its_state(client, make_initiative, joris, samira, signed_in):
    made = make_initiative(showing=Showing.PRIVATE)
    assert made.title in signed_in(joris).get(WORK).text
    assert made.title not in signed_in(samira).get(WORK).text
    assert client.get(f"{WORK}?stap=x").status_code == 404
    assert signed_in(joris).get(f"{WORK}?zichtbaar=shown").status_code == 200
    assert made.title in client.get(f"{WORK}?q=wilgen&zichtbaar=private").text


@pytest.mark.parametrize("address", [WORK, TO_READ])
def test_the_lists_at_work_ask_as_much_for_three_as_for_one(client, make_initiative, joris, signed_in, address):
    signed_in(joris)
    counts = []
    for number in (1, 2):
        for _each in range(number):
            make_initiative(showing=Showing.TO_READ)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", [WORK, TO_READ])
def test_the_lists_at_work_are_for_who_works_there(client, areas, kees, signed_in, address):
    assert client.get(address).status_code == 302
    assert signed_in(kees).get(address).status_code == 403
