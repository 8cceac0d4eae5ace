"""Who works here: residents see who agreed and is there, professionals all; who leaves or withdraws is gone at once."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.lib.uploads import keeping
from buurtdraad.partners import actions
from buurtdraad.partners.actions import NotKept
from buurtdraad.partners.models import ContactPicture, LocalContact
from buurtdraad.partners.own.actions import erase
from buurtdraad.partners.own.queries import personal_data
from buurtdraad.partners.queries import contacts as queries
from buurtdraad.partners.tests.conftest import FROM
from buurtdraad.places.models import Area

pytestmark = pytest.mark.django_db
WORK, HERE, THERE = "/werk/wie-werkt-hier/", "BU03440101", "BU03440201"
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Where pictures go."""
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path / "uploads"


@pytest.fixture
def department(add):
    return add("Wijken", "GM0344", kind="department")


@pytest.fixture
def works(manager, areas, department):
    """Let somebody work here: `works("Joris", "WK034401")`; on the site, unless said otherwise."""

    def added(first_name="Joris", *codes, **facts):
        usual = {"organisation": department, "helps_with": "Een plan voor uw straat", "phone": "14 030", "does": "Gebiedsadviseur"}
        usual |= {"on_site": True, "agreed_on": FROM, "from_on": FROM}
        at = [areas[code] for code in codes or ("WK034401",)]
        return actions.add_contact(first_name=first_name, areas=at, **(usual | facts), by=manager, at=timezone.now())

    return added


def names(codes, on=TODAY):
    return [one.first_name for one in queries.on_site(codes, on=on)]


def face():
    file = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(file, "PNG")
    sent = SimpleUploadedFile("ik.png", file.getvalue(), content_type="image/png")
    return {"picture": sent, "alt": "Joris lacht", "agrees": "on"}


# --- what residents see -----------------------------------------------------------------------------


def test_residents_see_who_works_near_the_nearest_first_and_everybody_once(client, works):
    works("Ria", "GM0344")
    works("Joris", "WK034401", "zuilen-oost")
    works("Linda", "BU03440102")
    works("Samira", "WK034402")
    page = client.get("/wie-werkt-hier/BU03440102/")
    found = [(group.code, [one.first_name for one in group.people]) for group in page.context["groups"]]
    assert found == [("BU03440102", ["Linda"]), ("zuilen-oost", ["Joris"]), ("GM0344", ["Ria"])]
    assert page.text.count("<strong>Joris</strong>") == 1
    assert 'href="tel:14030"' in page.text
    assert "Gebiedsadviseur" not in page.text
    city = client.get("/wie-werkt-hier/GM0344/").text
    assert all(f"<strong>{name}</strong>" in city for name in ("Ria", "Joris", "Linda", "Samira"))


def test_the_page_of_the_area_names_them_and_keeps_the_phone_of_the_city(client, works, settings):
    settings.CITY_PHONE = "14 030"
    assert "Praat met ons" in client.get(f"/buurten/{HERE}/").text
    works("Joris", "WK034401")
    text = client.get(f"/buurten/{HERE}/").text
    assert "Praat met ons" not in text
    assert "<strong>Joris</strong>" in text
    assert f"/wie-werkt-hier/{HERE}/" in text
    assert 'De gemeente zelf: <a href="tel:14030">14 030</a>.' in text
    settings.CITY_WALK_IN = "Molenplein 4"
    text = client.get(f"/buurten/{HERE}/").text
    assert 'De gemeente zelf: <a href="tel:14030">14 030</a>, of <a href="#call">loop binnen</a>.' in text
    assert text.count('id="call"') == 1


def test_who_did_not_agree_did_not_come_yet_or_left_is_not_on_the_site(works, add):
    over = add("Gestopt", until_on=TODAY - DAY)
    works("Kees", on_site=False, agreed_on=None)
    works("Noor", from_on=TODAY + DAY)
    works("Hamid", until_on=TODAY - DAY)
    works("Emine", organisation=over)
    works("Joris", until_on=TODAY)
    assert names(["WK034401"]) == ["Joris"]
    assert names(["WK034401"], TODAY + DAY) == ["Noor"]


def test_who_leaves_today_is_off_the_site_at_once_and_the_page_is_made_anew(works, manager, client):
    one = works("Joris", until_on=None)
    actions.end_contact(one, last_day=TODAY, by=manager, at=timezone.now())
    assert names(["WK034401"]) == []
    assert "Joris" not in client.get("/wie-werkt-hier/WK034401/").text
    assert {"WK034401", "GM0344"} <= set(Event.objects.get(verb="local_contact.ended").touches)
    with pytest.raises(NotKept):
        actions.end_contact(one, last_day=TODAY, by=manager, at=timezone.now())


def test_an_area_without_people_says_whom_to_call_and_one_that_is_not_there_is_404(client, areas):
    assert "Hier staat nog niemand" in client.get(f"/wie-werkt-hier/{HERE}/").text
    assert client.get("/wie-werkt-hier/BU99999999/").status_code == 404


# --- what may never be stored -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"agreed_on": None}, {"first_name": ""}, {"helps_with": ""}, {"until_on": FROM - DAY}],
)
def test_the_database_refuses_who_did_not_agree_and_an_end_before_the_beginning(works, wrong):
    one = works()
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalContact.objects.filter(pk=one.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"agreed_on": None}, {"agreed_on": TODAY + DAY}, {"helps_with": ""}, {"until_on": FROM - DAY}])
def test_what_may_not_be_is_told_in_words(works, wrong):
    with pytest.raises(NotKept):
        works(**wrong)
    assert not LocalContact.objects.exists()


# --- for who works here -----------------------------------------------------------------------------


def sent(**more):
    usual = {"first_name": "Linda", "helps_with": "Uw woning", "phone": "030 1234567", "on_site": "on", "agreed_on": "2026-01-05"}
    return usual | {"from_on": "2024-01-01"} | more


def where_to_tick(client, code):
    form = client.get(WORK + "nieuw/").context["form"]
    return next(name for name in form.groups if code in dict(form.fields[name].choices))


def test_somebody_is_added_changed_and_ended(office, department, areas):
    tick = where_to_tick(office, HERE)
    done = office.post(WORK + "nieuw/", sent(organisation=department.pk, **{tick: [HERE]}))
    one = LocalContact.objects.get()
    assert done.url == f"{WORK}{one.uuid}/"
    assert (one.phone, [area.code for area in one.areas.all()]) == ("0301234567", [HERE])
    changed = sent(organisation=department.pk, phone="14 030", walk_in="dinsdag om 10 uur", **{tick: ["BU03440102"]})
    assert office.post(f"{WORK}{one.uuid}/wijzigen/", changed).status_code == 302
    one.refresh_from_db()
    assert (one.phone, one.walk_in, [area.code for area in one.areas.all()]) == ("14 030", "dinsdag om 10 uur", ["BU03440102"])
    assert "dinsdag om 10 uur" in office.get(f"{WORK}{one.uuid}/").text
    assert office.post(f"{WORK}{one.uuid}/stoppen/", {"last_day": f"{TODAY:%Y-%m-%d}"}).status_code == 302
    assert names(["BU03440102"]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": "Linda Mulder"},
        {"first_name": "https://x.nl"},
        {"first_name": ""},
        {"agreed_on": ""},
        {"agreed_on": f"{TODAY + DAY:%Y-%m-%d}"},
        {"helps_with": ""},
        {"phone": "bel mij"},
        {"organisation": "999999"},
        {"account": "niemand@example.org"},
        {"until_on": "2020-01-01"},
        {"areas": None},
    ],
)
def test_a_wrong_answer_is_told_and_changes_nothing(office, department, wrong):
    tick = where_to_tick(office, HERE)
    ticked = {} if "areas" in wrong else {tick: [HERE]}
    page = office.post(
        WORK + "nieuw/", sent(organisation=department.pk) | ticked | {key: text for key, text in wrong.items() if text is not None}
    )
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not LocalContact.objects.exists()


def test_an_adviser_changes_who_works_in_the_own_areas_and_ends_who_works_there_alone(client, joris, works):
    sign_in(client, joris)
    here, both, there = works("Emine", HERE), works("Kees", HERE, THERE), works("Ria", THERE)
    changes = [client.get(f"{WORK}{one.uuid}/wijzigen/").status_code for one in (here, both, there)]
    ends = [client.get(f"{WORK}{one.uuid}/stoppen/").status_code for one in (here, both, there)]
    assert (changes, ends) == ([200, 200, 403], [200, 403, 403])
    assert client.post(f"{WORK}{there.uuid}/foto/weg/").status_code == 403


@pytest.mark.parametrize("duty", list(Duty))
def test_all_staff_look_and_nobody_else(client, areas, works, duty):
    one, person = works(), someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas[HERE])
    sign_in(client, person)
    for path in (WORK, WORK + "wie-werkt-waar.csv", WORK + "aantallen/", f"{WORK}{one.uuid}/"):
        assert client.get(path).status_code == (200 if duty in STAFF else 403)


def test_professionals_find_who_does_what_where_and_take_it_along(office, works):
    works("Joris", HERE)
    works("Kees", THERE, on_site=False, agreed_on=None, does="Riool en straten")

    def found(query):
        return [row[0][0] for row in office.get(f"{WORK}?{query}").context["rows"]]

    assert found("") == ["Joris", "Kees"]
    assert found("q=riool") == ["Kees"]
    assert found("gebied=WK034401") == ["Joris"]
    assert found("q=wijken joris") == ["Joris"]
    assert found("q=niets") == []
    rows = office.get(WORK + "wie-werkt-waar.csv?q=riool").text
    assert "Kees;Wijken;Riool en straten;14 030;Naam BU03440201;nee" in rows
    assert "Joris" not in rows
    assert office.get(WORK + "?gebied=nergens").status_code == 422


def test_a_long_list_costs_as_many_queries_as_a_short_one(office, client, works):
    def cost(path):
        office.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert office.get(path).status_code == 200
        return len(captured)

    paths = (WORK, WORK + "aantallen/", f"/wie-werkt-hier/{HERE}/", f"/buurten/{HERE}/")
    works("Joris", HERE)
    few = [cost(path) for path in paths]
    for name in ("Kees", "Linda", "Noor"):
        works(name, HERE, "WK034401")
    assert [cost(path) for path in paths] == few


# --- coherence --------------------------------------------------------------------------------------


def test_the_number_of_municipal_contacts_counts_people_once_and_partners_not(office, works, add):
    works("Ria", "GM0344", on_site=False, agreed_on=None)
    works("Joris", "WK034401", "BU03440101")
    works("Kees", "zuilen-oost")
    works("Hamid", "BU03440101", until_on=TODAY - DAY)
    works("Linda", "BU03440101", organisation=add("Portaal", "WK034401"))
    counts = {count.code: count.number for count in queries.municipal_counts(on=TODAY)}
    assert counts == {"BU03440101": 2, "BU03440102": 3, "BU03440201": 2, "BU03440202": 1}
    assert all(queries.municipal_contacts(code, on=TODAY) == number for code, number in counts.items())
    rows = office.get(WORK + "aantallen/").context["rows"]
    assert rows[0][1] == 3
    assert "3 verschillende contacten" in office.get(WORK + "?gebied=BU03440102").text


def test_who_works_for_a_double_stands_with_the_whole_and_comes_apart_with_it(office, works, add, manager, areas):
    whole = add("Gemeente Utrecht", "GM0344", kind="department")
    double = add("Wijkbureau", "GM0344", kind="other", until_on=TODAY - DAY)
    one = works("Joris", "WK034401", organisation=double)
    assert names({"WK034401"}) == []
    actions.join(double, into=whole, by=manager, at=timezone.now())
    assert names({"WK034401"}) == ["Joris"]
    assert queries.municipal_contacts("WK034401", on=TODAY) == 1
    assert [row.organisation for row in queries.who_works_where(None, on=TODAY, text="utrecht")] == ["Gemeente Utrecht"]
    assert "Wijkbureau" not in office.get("/wie-werkt-hier/WK034401/").text
    page = office.get(f"{WORK}{one.uuid}/wijzigen/")
    assert "Wijkbureau" not in page.text
    organisation = page.context["form"].initial["organisation"]
    where = {where_to_tick(office, "WK034401"): ["WK034401"]}
    answer = office.post(f"{WORK}{one.uuid}/wijzigen/", sent(organisation=organisation.pk, first_name="Jan", **where))
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.first_name, one.organisation) == ("Jan", double)


# --- their own appearance ---------------------------------------------------------------------------


@pytest.fixture
def linda():
    return someone("Linda Mulder", email="linda@example.org", confirmed_at=timezone.now())


def test_who_has_an_account_sees_and_withdraws_their_appearance_at_once(client, works, linda, manager):
    one = works("Linda", person=linda)
    sign_in(client, linda, strongly=False)
    mine = f"/mijn/wie-werkt-hier/{one.uuid}/"
    assert mine in client.get("/mijn/").text
    assert "Uw naam" not in client.get(mine).text
    assert client.get(mine).status_code == 200
    assert names(["WK034401"]) == ["Linda"], "looking changes nothing"
    assert client.post(mine).status_code == 302
    assert names(["WK034401"]) == []
    assert "U staat niet meer op de site" in client.get(mine).text
    one.refresh_from_db()
    assert (one.agreed_on, one.first_name) == (None, "Linda")
    with pytest.raises(NotKept):
        actions.change_contact(one, areas=list(one.areas.all()), on_site=True, by=manager, at=timezone.now())


def test_nobody_sees_or_withdraws_the_appearance_of_somebody_else(client, works, linda):
    one = works("Linda", person=linda)
    sign_in(client, someone("Kees"))
    assert client.get(f"/mijn/wie-werkt-hier/{one.uuid}/").status_code == 404
    assert client.post(f"/mijn/wie-werkt-hier/{one.uuid}/").status_code == 404
    assert names(["WK034401"]) == ["Linda"]


def test_a_picture_stands_there_with_its_words_until_it_is_taken_away(office, works, django_capture_on_commit_callbacks):
    one = works()
    assert office.post(f"{WORK}{one.uuid}/foto/", face() | {"alt": ""}).status_code == 422
    assert "Kunt u mensen herkennen" not in office.get(f"{WORK}{one.uuid}/foto/").text
    assert office.post(f"{WORK}{one.uuid}/foto/", face() | {"agrees": ""}).status_code == 422
    assert not ContactPicture.objects.exists(), "who did not agree"
    assert office.post(f"{WORK}{one.uuid}/foto/", face()).status_code == 302
    shown = ContactPicture.objects.get()
    assert (shown.people, shown.agreed_with) == ("agreed", "Joris")
    address = f"/wie-werkt-hier/foto/{shown.uuid}/320/"
    page = Client().get("/wie-werkt-hier/WK034401/").text
    assert 'alt="Joris lacht"' in page
    assert address in page
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "image/webp"
    assert "public" not in answer.headers["Cache-Control"]
    assert answer.getvalue()
    assert keeping.place(shown.key).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(f"{WORK}{one.uuid}/foto/weg/").status_code == 302
    assert Client().get(address).status_code == 404
    assert not keeping.place(shown.key).exists()


def test_a_picture_is_only_for_who_stands_on_the_site(office, works, uploads):
    one = works(on_site=False, agreed_on=None)
    assert office.post(f"{WORK}{one.uuid}/foto/", face()).status_code == 422
    assert not ContactPicture.objects.exists()
    assert not list(uploads.glob("??/*"))


def test_erasing_takes_face_and_words_and_leaves_that_somebody_worked_there(works, linda):
    one, other = works("Linda", person=linda), works("Joris")
    assert personal_data(linda)["werkt hier"][0]["voornaam"] == "Linda"
    erase(linda, at=timezone.now())
    one.refresh_from_db()
    assert (one.first_name, one.phone, one.does, one.person_id, one.on_site, one.until_on) == ("", "", "", None, False, TODAY)
    assert one.areas.exists()
    other.refresh_from_db()
    assert other.on_site
    assert personal_data(linda) == {}
    erase(linda, at=timezone.now())


def test_who_we_no_longer_keep_cannot_be_looked_up_or_changed(office, works, linda, manager):
    one = works("Linda", person=linda)
    erase(linda, at=timezone.now())
    assert office.get(f"{WORK}{one.uuid}/").status_code == 404
    with pytest.raises(NotKept):
        actions.withdraw(one, by=manager, at=timezone.now())


# --- what is hostile --------------------------------------------------------------------------------


def test_hostile_words_are_only_text(office, client, works):
    one = works("Joris", helps_with=SCRIPT, walk_in=SCRIPT, does=SCRIPT)
    for path in (WORK, f"{WORK}{one.uuid}/", "/wie-werkt-hier/WK034401/", f"/buurten/{HERE}/", f"{WORK}{one.uuid}/wijzigen/"):
        assert SCRIPT not in office.get(path).text


def test_what_is_not_there_is_404(office):
    for path in ("{}/", "{}/wijzigen/", "{}/stoppen/", "{}/foto/", "{}/foto/weg/"):
        assert office.get(WORK + path.format("0" * 8 + "-0000-4000-8000-" + "0" * 12)).status_code == 404
    assert Area.objects.exists()
