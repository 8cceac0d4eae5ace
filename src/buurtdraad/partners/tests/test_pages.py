"""`/werk/partners/`: finding partners, one partner, and changing it; who sees how to reach people leaves a trace."""

import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.partners.models import Organisation, Representative, WorksIn
from buurtdraad.partners.tests.conftest import FROM

pytestmark = pytest.mark.django_db
ADDRESS = "/werk/partners/"
GOOD = {"name": "Bo-Ex", "kind": "housing", "website": "bo-ex.example", "from_on": "2024-01-01", "until_on": ""}
VOICE = {"name": "Noor", "role": "", "email": "noor@example.org", "phone": "06 12345678", "from_on": "2024-01-01"}
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "' OR 1=1 --", "=cmd|'/c calc'!A1"]


def address(organisation, more=""):
    return f"{ADDRESS}{organisation.uuid}/{more}"


def voice_address(one, more):
    return f"{ADDRESS}contactpersoon/{one.uuid}/{more}/"


def looks():
    return Event.objects.filter(verb=LOOKED)


def field_of(client, path, code):
    """The name of the group of ticks in which an area can be chosen; None when it cannot."""
    form = client.get(path).context["form"]
    return next((name for name in form.groups if code in dict(form.fields[name].choices)), None)


# --- looking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_all_staff_look_and_nobody_else(client, areas, add, speaks, duty):
    portaal = add("Portaal", "WK034401")
    speaks(portaal)
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034401"])
    sign_in(client, person)
    for path in (ADDRESS, address(portaal), ADDRESS + "partners.csv"):
        assert client.get(path).status_code == (200 if duty in STAFF else 403)
    assert looks().count() == (1 if duty in STAFF else 0)
    if duty in STAFF:
        assert (looks().get().duty, looks().get().thing) == (duty.value, f"organisation:{portaal.uuid}")


def test_who_is_unknown_signs_in_first(client, add):
    portaal = add()
    for path in (ADDRESS, address(portaal), address(portaal, "wijzigen/")):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_partners_are_found_by_name_kind_and_area(office, add, prefix):
    add("Portaal", "WK034401")
    add("JoU", "BU03440201", kind="welfare")
    add("GGD", "GM0344", kind="department")
    add("Gestopt", until_on=datetime.date(2025, 1, 1))

    def names(query):
        page = office.get(f"{prefix}{ADDRESS}?{query}")
        assert page.status_code == 200
        return {one.name for one in page.context["rows"]}

    assert names("") == {"Portaal", "JoU", "GGD"}
    assert names("ook=on") == {"Portaal", "JoU", "GGD", "Gestopt"}
    assert names("q=PORT") == {"Portaal"}
    assert names("soort=welfare") == {"JoU"}
    assert names("gebied=BU03440101") == {"Portaal", "GGD"}
    assert names("gebied=WK034402") == {"JoU", "GGD"}
    assert names("gebied=zuilen-oost") == {"JoU", "GGD"}
    assert names("q=niets") == set()


@pytest.mark.parametrize("query", ["soort=keizer", "gebied=BU99999999", "q=" + "x" * 101, "q=%00"])
def test_nonsense_in_the_search_is_told_in_words(office, query):
    page = office.get(f"{ADDRESS}?{query}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x"])
def test_a_page_that_is_not_there_gives_one_that_is(office, page):
    assert office.get(f"{ADDRESS}?page={page}").status_code == 200


def test_no_partner_yet_says_how_to_begin(office):
    assert "Er is nog geen partner" in office.get(ADDRESS).text


def cost(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_long_list_costs_as_many_queries_as_a_short_one(office, add, areas):
    for number in range(3):
        add(f"Organisatie {number}", "WK034401")
    office.get(ADDRESS)
    short, filtered = cost(office, ADDRESS), cost(office, ADDRESS + "?gebied=WK034401&q=o")
    many = Organisation.objects.bulk_create(Organisation(name=f"Nog een {n}", kind="school", from_on=FROM) for n in range(300))
    codes = list(areas.values())
    WorksIn.objects.bulk_create(WorksIn(organisation=one, area=codes[n % len(codes)]) for n, one in enumerate(many))
    assert cost(office, ADDRESS) == short <= 12
    assert cost(office, ADDRESS + "?gebied=WK034401&q=o") == filtered <= 16
    assert "Nog een" in office.get(ADDRESS + "?page=2").text


def test_a_partner_with_many_contacts_costs_as_many_queries_as_one_with_few(office, add, speaks, areas, challenge):
    portaal = add("Portaal", "WK034401", challenges=[challenge])
    for number in range(3):
        speaks(portaal, f"Kees {number}", areas=[areas["WK034401"]])
    office.get(address(portaal))
    few = cost(office, address(portaal))
    for number in range(30):
        speaks(portaal, f"Noor {number}", areas=[areas["WK034401"], areas["WK034402"]])
    assert cost(office, address(portaal)) == few <= 20


def test_who_spoke_before_is_named_and_no_longer_reached(office, add, speaks):
    portaal = add()
    speaks(portaal, until_on=datetime.date(2025, 1, 1))
    page = office.get(address(portaal))
    assert "Kees Vermeer" in page.text
    assert "kees@portaal.example" not in page.text
    assert not looks().exists()
    speaks(portaal, "Noor", email="noor@example.org", phone="")
    assert "noor@example.org" in office.get(address(portaal)).text
    assert looks().count() == 1


def test_whose_name_we_no_longer_keep_is_said_so(office, add, speaks):
    one = speaks(add())
    Representative.objects.update(name="", email="", phone="")
    page = office.get(address(one.organisation))
    assert "iemand van wie wij de naam niet meer bewaren" in page.text
    assert voice_address(one, "wijzigen") not in page.text
    assert office.get(voice_address(one, "wijzigen")).status_code == 404


# --- changing ---------------------------------------------------------------------------------------


def test_a_partner_is_added_changed_and_ended(office, challenge):
    path = ADDRESS + "nieuw/"
    here = field_of(office, path, "WK034401")
    done = office.post(path, GOOD | {here: ["WK034401"], "challenges": [challenge.pk]})
    bo_ex = Organisation.objects.get(name="Bo-Ex")
    assert done.url == address(bo_ex)
    assert (bo_ex.website, [one.code for one in bo_ex.areas.all()]) == ("https://bo-ex.example", ["WK034401"])
    assert "Naam WK034401" in office.get(address(bo_ex)).text
    form = office.get(address(bo_ex, "wijzigen/"))
    assert 'value="WK034401"' in form.text
    assert office.post(address(bo_ex, "wijzigen/"), GOOD | {"kind": "business", "name": "Bo-Ex 91"}).status_code == 302
    bo_ex.refresh_from_db()
    assert (bo_ex.name, bo_ex.kind, bo_ex.areas.count(), bo_ex.challenges.count()) == ("Bo-Ex 91", "business", 0, 0)
    assert office.post(address(bo_ex, "stoppen/"), {"last_day": "2026-01-31"}).status_code == 302
    bo_ex.refresh_from_db()
    assert bo_ex.until_on == datetime.date(2026, 1, 31)
    assert office.post(address(bo_ex, "stoppen/"), {"last_day": "2026-01-31"}).status_code == 422


def test_an_adviser_chooses_among_the_own_areas_and_leaves_the_others(client, joris, add):
    sign_in(client, joris)
    path = ADDRESS + "nieuw/"
    assert field_of(client, path, "BU03440201") is None
    assert field_of(client, path, "GM0344") is None
    here = field_of(client, path, "BU03440101")
    assert client.post(path, GOOD).status_code == 422
    assert client.post(path, GOOD | {here: ["BU03440201"]}).status_code == 422
    assert client.post(path, GOOD | {here: ["BU03440101"]}).status_code == 302
    both = add("Portaal", "BU03440101", "BU03440201")
    assert client.post(address(both, "wijzigen/"), GOOD | {"name": "Portaal", here: ["BU03440102"]}).status_code == 302
    assert set(both.areas.values_list("code", flat=True)) == {"BU03440102", "BU03440201"}
    assert client.post(address(both, "wijzigen/"), GOOD | {"name": "Portaal"}).status_code == 422


def test_an_adviser_changes_only_partners_of_the_own_areas_and_ends_what_is_there_alone(client, joris, add, speaks):
    sign_in(client, joris)
    here, both, there, nowhere = add("A", "BU03440101"), add("B", "BU03440101", "BU03440201"), add("C", "BU03440201"), add("D")
    answers = {one.name: client.get(address(one, "wijzigen/")).status_code for one in (here, both, there, nowhere)}
    assert answers == {"A": 200, "B": 200, "C": 403, "D": 403}
    ends = {one.name: client.get(address(one, "stoppen/")).status_code for one in (here, both, there, nowhere)}
    assert ends == {"A": 200, "B": 403, "C": 403, "D": 403}
    assert "Veranderen" not in client.get(address(there)).text
    assert client.post(address(there, "contactpersoon/"), VOICE).status_code == 403
    assert client.post(voice_address(speaks(there), "stoppen"), {"last_day": "2026-01-01"}).status_code == 403
    assert client.post(voice_address(speaks(both), "stoppen"), {"last_day": "2026-01-01"}).status_code == 302


def test_an_area_of_before_stays_when_a_partner_is_changed(office, add, areas):
    from buurtdraad.places.models import AreaYear

    portaal = add("Portaal", "BU03440101")
    AreaYear.objects.filter(area=areas["BU03440101"]).update(year=2020)
    assert office.post(address(portaal, "wijzigen/"), GOOD | {"name": "Portaal"}).status_code == 302
    assert [one.code for one in portaal.areas.all()] == ["BU03440101"]


def test_who_speaks_is_added_changed_and_ended(office, add, areas):
    portaal = add("Portaal", "WK034401", "WK034402")
    assert office.post(address(portaal, "contactpersoon/"), VOICE | {"areas": ["WK034402"]}).url == address(portaal)
    one = Representative.objects.get()
    assert (one.phone, one.email, [area.code for area in one.areas.all()]) == ("0612345678", "noor@example.org", ["WK034402"])
    before = looks().count()
    assert 'value="noor@example.org"' in office.get(voice_address(one, "wijzigen")).text
    assert looks().count() == before + 1
    assert office.post(voice_address(one, "wijzigen"), VOICE | {"role": "wijkbeheerder", "phone": ""}).status_code == 302
    one.refresh_from_db()
    assert (one.role, one.phone, one.areas.count()) == ("wijkbeheerder", "", 0)
    assert office.post(voice_address(one, "stoppen"), {"last_day": "2026-01-31"}).status_code == 302
    one.refresh_from_db()
    assert one.until_on == datetime.date(2026, 1, 31)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "https://example.org"},
        {"name": "x" * 151},
        {"name": "\0"},
        {"name": "PORTAAL"},
        {"kind": "keizer"},
        {"kind": ""},
        {"website": "javascript:alert(1)"},
        {"website": "https://" + "x" * 300},
        {"challenges": ["999999"]},
        {"challenges": ["x"]},
        {"areas_0": ["BU99999999"]},
        {"from_on": ""},
        {"from_on": "0001-01-01"},
        {"until_on": "2023-12-31"},
    ],
)
def test_a_wrong_answer_is_told_and_changes_nothing(office, add, wrong):
    add("Portaal")
    page = office.post(ADDRESS + "nieuw/", GOOD | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{}, {"name": ""}, {"email": "noor"}, {"phone": "112 bel"}, {"phone": "x" * 31}, {"areas": ["BU03440201"]}, {"until_on": "2023-12-31"}],
)
def test_a_wrong_answer_about_a_contact_is_told_and_changes_nothing(office, add, wrong):
    portaal = add("Portaal", "WK034401")
    page = office.post(address(portaal, "contactpersoon/"), VOICE | wrong if wrong else {})
    assert page.status_code == 422
    assert not Representative.objects.exists()


@pytest.mark.parametrize("path", ["{}/", "{}/wijzigen/", "{}/stoppen/", "{}/contactpersoon/", "contactpersoon/{}/wijzigen/", "geen/"])
def test_what_is_not_there_is_404(office, path):
    assert office.get(ADDRESS + path.format(uuid4())).status_code == 404


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_text(office, add, speaks, name):
    portaal = add(name, "WK034401")
    one = speaks(portaal, name, role=name)
    paths = [ADDRESS, address(portaal), address(portaal, "wijzigen/"), address(portaal, "stoppen/"), voice_address(one, "stoppen")]
    for path in paths:
        text = office.get(path).text
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text
