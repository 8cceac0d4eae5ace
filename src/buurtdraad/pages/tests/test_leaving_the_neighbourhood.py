"""What of a person is in the room `agendas`: on `/mijn/`, in the file, and what is left of it when they go."""

import pytest
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Joiner, Owner
from buurtdraad.agendas.agenda.states import OwnerKind
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.meetings.queries.seats import seats_of
from buurtdraad.agendas.own.actions.erasing import name_without
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.models import Wish, WishPicture
from buurtdraad.audit.actions import record
from buurtdraad.audit.models import Revision
from buurtdraad.lib.uploads import keeping
from buurtdraad.messages.actions import contact_for
from buurtdraad.pages.mine.actions import erase
from buurtdraad.pages.mine.parts import MOST_SHOWN, as_lines
from buurtdraad.pages.tests.one_person import NAME, NEEDS, REACTED, WISHED, signed_in, whole_life
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area

pytestmark = pytest.mark.django_db
SOUND, PICTURE = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


@pytest.fixture
def fatma():
    return whole_life()


@pytest.fixture
def files():
    """The folders of what she spoke in and of her picture."""
    folders = [keeping.place(key) for key in (SOUND, PICTURE)]
    for each in folders:
        each.mkdir(parents=True)
        (each / "file").write_text("x")
    return folders


def test_ones_own_page_names_all_that_one_does_in_the_neighbourhood(fatma):
    page = signed_in(fatma).get("/mijn/").text
    for words in ("Wat u insprak", "Uw bijeenkomsten", "Waar u aan meedoet", "Uw reacties", "Avond", "Groen", "Twee banken", REACTED):
        assert words in page, words


def test_a_meeting_leads_to_ones_own_sign_up(fatma):
    client = signed_in(fatma)
    (row,) = client.get("/mijn/alles/bijeenkomsten/").context["rows"]
    assert (row.words, row.state) == ("Avond", "komt")
    assert NEEDS in client.get(row.url).text


def test_what_is_of_a_draft_leads_nowhere(fatma):
    rows = signed_in(fatma).get("/mijn/alles/meedoen/").context["rows"]
    assert [(row.words, row.url, row.state) for row in rows] == [("Twee banken", "", "u zei ja"), ("Groen", "", "u doet mee")]


def test_the_numbers_and_the_yes_stay_without_her(fatma):
    meeting = SignUp.objects.get().meeting
    before = seats_of([meeting])
    erase(fatma, at=timezone.now())
    assert seats_of([meeting]) == before
    assert (SignUp.objects.get().people, SignUp.objects.get().name, SignUp.objects.get().needs) == (3, "", "")
    owner = Owner.objects.get()
    assert (owner.name, owner.said_by, owner.contact) == ("Bewoners", "", None)
    assert owner.accepted_at
    assert Agreement.objects.filter(what="Twee banken").exists()
    assert not [model for model in (Comment, Joiner, SpokenNote) if model.objects.exists()]


def test_her_sounds_and_pictures_are_destroyed_after_the_commit(fatma, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erase(fatma, at=timezone.now())
        assert all(each.exists() for each in files)
    assert not [each for each in files if each.exists()]
    assert not WishPicture.objects.exists()


def test_a_picture_with_a_wish_that_others_gave_too_stays_when_we_do_not_know_whose_it_is(fatma):
    mine = Wish.objects.get(text=WISHED)
    facts = {"wish": mine, "given_at": timezone.now(), "alt": "Een bank", "width": 1, "height": 1, "people": "nobody"}
    WishPicture.objects.create(key="c" * 32, **facts)
    kees = contact_for(Person.objects.create(name="Kees"), at=timezone.now())
    wishes.add_giver(mine, contact=kees, words="Ook", channel="phone", by=None, at=timezone.now())
    erase(fatma, at=timezone.now())
    assert [picture.key for picture in WishPicture.objects.all()] == ["c" * 32]


def test_a_picture_that_came_along_with_her_wish_before_she_signed_in_goes(fatma):
    mine = Wish.objects.get(text=WISHED)
    facts = {"wish": mine, "given_at": timezone.now(), "alt": "Een bank", "width": 1, "height": 1, "people": "nobody"}
    WishPicture.objects.create(key="c" * 32, **facts)
    erase(fatma, at=timezone.now())
    assert not WishPicture.objects.exists()


def test_what_was_spoken_in_and_written_down_stays_without_who_spoke(fatma):
    SpokenNote.objects.update(stage="written", key="", ended_at=timezone.now())
    erase(fatma, at=timezone.now())
    assert SpokenNote.objects.get().contact is None


def test_the_pages_on_which_she_stood_are_made_anew(fatma):
    before = Revision.objects.get(code="BU03440999").number
    erase(fatma, at=timezone.now())
    assert Revision.objects.get(code="BU03440999").number > before


@pytest.mark.parametrize(
    ("name", "kind", "organisation", "left"),
    [
        (NAME, OwnerKind.RESIDENT, None, "Bewoners"),
        ("Fatma uit de Wilgenstraat", OwnerKind.RESIDENT, None, "Bewoners"),
        ("Afdeling Groen", OwnerKind.MUNICIPALITY, None, "Afdeling Groen"),
        (f"{NAME.upper()}, Groen", OwnerKind.MUNICIPALITY, None, "De gemeente"),
        ("De huismeester van Portaal", OwnerKind.PARTNER, "Portaal", "De huismeester van Portaal"),
        (f"{NAME} van Portaal", OwnerKind.PARTNER, "Portaal", "Portaal"),
    ],
)
def test_a_name_of_an_organisation_stays_on_the_site_and_a_name_of_a_person_does_not(name, kind, organisation, left):
    person = Person(name=NAME)
    made = Organisation(name=organisation) if organisation else None
    assert name_without(Owner(name=name, kind=kind, organisation=made), person) == left


def test_the_page_shows_twenty_of_a_list_and_says_how_many_more_are_in_the_file(fatma):
    contact, area = contact_for(fatma, at=timezone.now()), Area.objects.get(code="BU03440999")
    for number in range(MOST_SHOWN + 36):
        wishes.give(wishes.Given(f"Boom {number} graag", area), contact=contact, by=fatma, at=timezone.now())
    client = signed_in(fatma)
    page = client.get("/mijn/gegevens/").text
    assert "En nog 37 meer. In het bestand staan ze allemaal." in page
    assert "Boom 55 graag" in page
    assert "Boom 3 graag" not in page
    assert "Boom 3 graag" in client.post("/mijn/gegevens/").text


def test_a_short_list_is_shown_whole():
    assert as_lines({"a": ["x"] * MOST_SHOWN}) == [(0, "a", ""), *[(1, "", "x")] * MOST_SHOWN]


def test_the_page_of_a_busy_adviser_stays_small():
    joris = Person.objects.create(name="Joris Bakker", password="!")
    for number in range(500):
        record("wish.shown", room="agendas", thing=f"wish:ZO-{number}", by=joris.uuid, at=timezone.now())
    client = signed_in(joris)
    page = client.get("/mijn/gegevens/").content
    assert len(page) < 100_000
    assert len(client.post("/mijn/gegevens/").json()["account"]["logboek"]) >= 500


def test_the_page_says_beforehand_what_goes_and_what_stays_of_the_neighbourhood(fatma):
    goes, _heading, stays = signed_in(fatma).get("/mijn/wissen/").text.partition("Dit blijft, zonder uw naam")
    assert "uw reacties, uw opnames en uw foto" in goes
    assert "Haal dan eerst uw naam van de lijst" in stays
