"""The pages about duties: finding, giving, ending, standing in, and the person's own."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.tests.city import administrator, holds, make_city, sign_in, someone
from buurtdraad.audit.models import Event

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}",
    "' OR 1=1 --",
    "\u202egnp.exe",
    "=cmd|'/c calc'!A1",
]
LANGUAGES = ["", "/en", "/nl-x-simpel"]


@pytest.fixture
def ria():
    return administrator(email="ria@example.nl")


@pytest.fixture
def office(client, ria):
    return sign_in(client, ria)


def tomorrow(more=0):
    return (timezone.localdate() + datetime.timedelta(days=1 + more)).isoformat()


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_list_shows_who_does_what_where(office, prefix):
    holds(someone("Joris Bakker"), Duty.AREA_ADVISER, make_city()["zuilen-oost"])
    page = office.get(f"{prefix}/werk/taken/")
    assert page.status_code == 200
    assert "Joris Bakker" in page.text
    assert "Naam zuilen-oost" in page.text


def test_people_and_places_are_found(office):
    areas = make_city()
    holds(someone("Joris Bakker", email="joris@example.nl"), Duty.AREA_ADVISER, areas["WK034401"])
    holds(someone("Samira El Idrissi"), Duty.MODERATOR)
    someone("Kees Vermeer")

    def names(query):
        text = office.get(f"/werk/taken/?{query}").text
        return {name for name in ("Joris Bakker", "Samira El Idrissi", "Kees Vermeer") if name in text}

    assert names("q=joris") == {"Joris Bakker"}
    assert names("q=joris@example.nl") == {"Joris Bakker"}
    assert names("q=WK034401") == {"Joris Bakker"}
    assert names("q=kees") == {"Kees Vermeer"}
    assert names("taak=moderator") == {"Samira El Idrissi"}
    assert names("plaats=BU03440101") == {"Joris Bakker", "Samira El Idrissi"}
    assert names("plaats=BU03440201&volgorde=plaats") == {"Samira El Idrissi"}
    assert names("q=niemand") == set()


@pytest.mark.parametrize("query", ["taak=keizer", "plaats=BU99999999", "volgorde=id;drop", "q=" + "x" * 101, "q=%00"])
def test_nonsense_in_the_search_is_told_in_words(office, query):
    page = office.get(f"/werk/taken/?{query}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x", "1e9"])
def test_a_page_that_is_not_there_gives_one_that_is(office, page):
    assert office.get(f"/werk/taken/?page={page}").status_code == 200


def test_a_long_list_costs_as_many_queries_as_a_short_one(office):
    areas = list(make_city().values())

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            assert office.get("/werk/taken/").status_code == 200
        return len(captured)

    for number in range(3):
        holds(someone(f"Iemand {number}"), Duty.RESIDENT, areas[number])
    short = cost()
    people = Person.objects.bulk_create([Person(name=f"Nog iemand {number}") for number in range(300)])
    rows = [
        DutyHeld(person=person, duty=Duty.RESIDENT, area=areas[number % len(areas)], from_on=timezone.localdate(), given_at=timezone.now())
        for number, person in enumerate(people)
    ]
    DutyHeld.objects.bulk_create(rows)
    assert cost() == short <= 12


def test_a_duty_is_given_in_the_browser(office, ria):
    make_city()
    joris = someone("Joris Bakker")
    address = f"/werk/taken/{joris.uuid}/geven/"
    assert office.get(address).status_code == 200
    done = office.post(
        address, {"duty": "area_adviser", "area": "zuilen-oost", "from_on": timezone.localdate().isoformat(), "why": "Nieuw"}, follow=True
    )
    assert done.redirect_chain == [(f"/werk/taken/{joris.uuid}/", 302)]
    assert "Naam zuilen-oost" in done.text
    held = joris.duties.get()
    assert (held.duty, held.area.code, held.given_by, held.until_on) == ("area_adviser", "zuilen-oost", ria, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"duty": "keizer"},
        {"duty": ""},
        {"area": ""},
        {"area": "BU99999999"},
        {"from_on": "2020-01-01"},
        {"from_on": "9999-12-31"},
        {"from_on": "gisteren"},
        {"until_on": "2020-01-01"},
        {"why": "x" * 301},
        {"why": "bel Jan op 06 12 34 56 78"},
        {"why": "jan@example.nl vroeg het"},
        {"why": "\0"},
        {"duty": "administrator", "area": "zuilen-oost"},
    ],
)
def test_a_wrong_answer_is_told_and_changes_nothing(office, wrong):
    make_city()
    joris = someone()
    good = {"duty": "area_adviser", "area": "stad", "from_on": timezone.localdate().isoformat(), "why": ""}
    page = office.post(f"/werk/taken/{joris.uuid}/geven/", good | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not joris.duties.exists()


def test_the_whole_city_is_chosen_and_never_the_default(office):
    joris = someone()
    address, given = f"/werk/taken/{joris.uuid}/geven/", {"duty": "area_adviser", "from_on": timezone.localdate().isoformat()}
    page = office.post(address, given)
    assert "Kies een plek, of de hele stad." in page.text
    assert not joris.duties.exists()
    assert office.post(address, given | {"area": "stad"}).status_code == 302
    assert joris.duties.get().area is None


def test_nobody_opens_a_duty_for_themselves(office, ria):
    assert office.get(f"/werk/taken/{ria.uuid}/geven/").status_code == 403
    assert office.post(f"/werk/taken/{ria.uuid}/geven/", {"duty": "finance", "from_on": tomorrow()}).status_code == 403


def test_a_duty_is_ended_after_a_question(office):
    held = holds(someone("Joris"), Duty.AREA_ADVISER, days=(-5, None))
    address = f"/werk/taken/{held.pk}/stoppen/"
    assert "Joris" in office.get(address).text
    held.refresh_from_db()
    assert held.until_on is None
    assert office.post(address, {"last_day": ""}).status_code == 422, "why is asked"
    assert office.post(address, {"last_day": tomorrow(), "why": "Andere baan"}).status_code == 302
    held.refresh_from_db()
    assert held.until_on.isoformat() == tomorrow()


def test_who_ends_a_duty_for_the_second_time_reads_that_it_is_done(office):
    over, fresh = holds(someone(), Duty.AREA_ADVISER, days=(-5, None)), holds(someone(), Duty.RESIDENT)
    for held in (over, fresh):
        address = f"/werk/taken/{held.pk}/stoppen/"
        assert office.post(address, {"why": "Andere baan"}).status_code == 302
        assert "Deze taak is al gestopt." in office.post(address, {"why": "Andere baan"}, follow=True).text
    assert "Deze taak is al gestopt." in office.get(f"/werk/taken/{over.pk}/stoppen/", follow=True).text


def test_a_duty_that_ended_on_its_first_day_stands_under_before(office):
    joris, area = someone("Joris"), make_city()["zuilen-oost"]
    office.post(f"/werk/taken/{holds(joris, Duty.AREA_ADVISER, area).pk}/stoppen/", {"why": "Vergissing"})
    assert not joris.duties.exists()
    today = timezone.localdate()
    assert Event.objects.get(verb="duty.withdrawn").payload["until"] == today.isoformat()
    page = office.get(f"/werk/taken/{joris.uuid}/").text
    assert "Eerder" in page
    assert "Naam zuilen-oost" in page
    assert "(ingetrokken)" in page


def test_the_last_administrator_is_told_what_to_do_first(office, ria):
    page = office.post(f"/werk/taken/{ria.duties.get().pk}/stoppen/", {"why": "Met pensioen"})
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_a_stand_in_is_chosen_among_colleagues(office):
    joris, samira, kees = someone("Joris"), someone("Samira"), someone("Kees")
    held = holds(joris, Duty.AREA_ADVISER)
    holds(samira, Duty.MODERATOR)
    holds(kees, Duty.RESIDENT)
    address = f"/werk/taken/{held.pk}/vervanger/"
    form = office.get(address).text
    assert "Samira" in form
    assert "Kees" not in form
    days = {"from_on": tomorrow(), "until_on": tomorrow(14)}
    assert office.post(address, days | {"person": str(kees.uuid)}).status_code == 422
    assert office.post(address, days | {"person": "niemand"}).status_code == 422
    done = office.post(address, days | {"person": str(samira.uuid)}, follow=True)
    assert done.status_code == 200
    assert samira.duties.get(duty="area_adviser").stand_in_for == held
    assert "Samira" in done.text, "the page of who is away tells who stands in"


def test_somebody_new_is_added_and_asked_for_a_duty(office):
    done = office.post("/werk/taken/nieuw/", {"name": "Nieuw", "email": "nieuw@example.nl"})
    assert done.url == f"/werk/taken/{Person.objects.get(name='Nieuw').uuid}/geven/"
    again = office.post("/werk/taken/nieuw/", {"name": "Nog eens", "email": "NIEUW@example.nl"})
    assert again.status_code == 422
    assert f'href="/werk/taken/{Person.objects.get(name="Nieuw").uuid}/"' in again.text
    assert office.post("/werk/taken/nieuw/", {"name": "x", "email": "a@b.nl\nBcc: c@d.nl"}).status_code == 422


def test_the_page_of_a_person_shows_what_was_changed_and_by_whom(office, ria):
    joris = someone("Joris")
    office.post(
        f"/werk/taken/{joris.uuid}/geven/", {"duty": "finance", "area": "stad", "from_on": timezone.localdate().isoformat(), "why": "Omdat"}
    )
    page = office.get(f"/werk/taken/{joris.uuid}/").text
    assert "Omdat" in page
    assert "Ria Postma" in page
    Person.objects.filter(pk=ria.pk).update(uuid="00000000-0000-4000-8000-000000000000")
    assert "verwijderd" in office.get(f"/werk/taken/{joris.uuid}/").text


def test_a_look_at_a_person_is_written_down(office, ria):
    joris = someone("Joris")
    office.get(f"/werk/taken/{joris.uuid}/")
    look = Event.objects.get()
    assert (look.verb, look.thing, look.actor, look.duty, look.touches) == (
        "looked",
        f"person:{joris.uuid}",
        ria.uuid,
        "administrator",
        [],
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_on_every_page(office, name):
    joris = someone(name)
    held = holds(joris, Duty.AREA_ADVISER)
    holds(someone(name), Duty.MODERATOR)
    pages = ["", f"?q={name}", f"{joris.uuid}/", f"{joris.uuid}/geven/", f"{held.pk}/stoppen/", f"{held.pk}/vervanger/"]
    for page in pages:
        text = office.get(f"/werk/taken/{page}").text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "{{ 7|add:7 }}" in text or name != "{{ 7|add:7 }}"


@pytest.mark.parametrize("page", ["99999999/stoppen/", f"{10**30}/stoppen/", f"{10**30}/vervanger/", "0/stoppen/", "x/stoppen/"])
def test_what_is_not_there_is_not_found(office, page):
    assert office.get(f"/werk/taken/{page}").status_code == 404


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_person_sees_their_own_duties_and_nobody_elses(client, prefix):
    areas = make_city()
    joris, samira = someone("Joris"), someone("Samira")
    holds(joris, Duty.RESIDENT, areas["BU03440101"])
    holds(samira, Duty.RESIDENT, areas["BU03440202"])
    page = sign_in(client, joris).get(f"{prefix}/mijn/taken/").text
    assert "Naam BU03440101" in page
    assert "Naam BU03440202" not in page
    assert client.get(f"{prefix}/mijn/taken/?uuid={samira.uuid}").text.count("Naam BU03440202") == 0


def test_who_has_no_duty_is_told_so(client):
    page = sign_in(client, someone(), strongly=False).get("/en/mijn/taken/")
    assert "You have no duty on this site." in page.text


def test_staff_pages_are_kept_by_no_browser(office):
    for page in ("/werk/taken/", "/werk/logboek/", "/mijn/taken/"):
        assert office.get(page)["Cache-Control"] == "private, no-store"


# --- the command ----------------------------------------------------------------------------------


def test_the_first_administrator_is_made_in_an_empty_city(capsys):
    call_command("make_administrator", "Ria@Example.nl", "--name", "Ria Postma", "--yes")
    person = Person.objects.get(email="ria@example.nl")
    assert (person.name, person.duties.get().duty, person.duties.get().area) == ("Ria Postma", "administrator", None)
    call_command("make_administrator", "ria@example.nl", "--yes")
    assert "already" in capsys.readouterr().out
    assert person.duties.count() == 1
    assert {event.verb for event in Event.objects.all()} == {"person.added", "duty.given"}


@pytest.mark.parametrize(("answer", "made"), [("y", True), ("ja", True), ("n", False), ("", False)])
def test_the_command_asks_first(monkeypatch, answer, made):
    monkeypatch.setattr("builtins.input", lambda question: answer)
    if made:
        call_command("make_administrator", "ria@example.nl")
    else:
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("make_administrator", "ria@example.nl")
    assert Person.objects.people().exists() is made


@pytest.mark.parametrize(
    "words", [["geen adres", "--yes"], ["a@b.nl\nBcc: c@d.nl", "--yes"], ["ria@example.nl", "--yes", "--name", "x" * 151]]
)
def test_the_command_refuses_nonsense(words):
    with pytest.raises(CommandError):
        call_command("make_administrator", *words, "--yes")
    assert not Person.objects.exists()


def test_a_closed_account_becomes_no_administrator():
    someone(email="ria@example.nl", is_active=False)
    with pytest.raises(CommandError, match="cannot have a duty"):
        call_command("make_administrator", "ria@example.nl", "--yes")
