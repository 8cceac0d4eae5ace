"""`/werk/buurtcheck/`: one A4 of the areas of a proposal, three questions, a text to paste, and how many each department did."""

import datetime
import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.audit.models import Event
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.partners.models import LocalContact, Organisation
from buurtdraad.works.access import may_change_check, may_count_checks, visible_checks
from buurtdraad.works.actions import checks as actions
from buurtdraad.works.models import Buurtcheck
from buurtdraad.works.queries import checks as queries

pytestmark = pytest.mark.django_db
ADDRESS = "/werk/buurtcheck/"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
ANSWERS = {
    "asks": "Schaduw en plek om te spelen",
    "does": "Wij maken één plek, geen twee: te weinig ruimte.",
    "spoke_with": "Het wijkplatform",
}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def office(client, tom):
    """Tom, who works for the municipality and has no other duty."""
    return sign_in(client, tom)


@pytest.fixture
def start(areas, tom):
    """Begin a check: `start(codes=("BU03440241",))`."""

    def begun(title="Speelplekken", *, codes=("BU03440241",), department="Ruimte", by=tom, at=NOW):
        return actions.start(title=title, department=department, areas=[areas[code] for code in codes], by=by, at=at)

    return begun


@pytest.fixture
def agenda(areas, joris):
    """The agenda of Zuilen-Oost, with a topic and an agreement that is not finished."""
    at = NOW + datetime.timedelta(hours=1)
    draft = agendas.make_draft(areas["zuilen-oost"], by=joris, at=at)
    topic = agendas.add_topic(draft, agendas.TopicFacts("Groen en ontmoeten"), by=joris, at=at)
    agendas.adopt(draft, adopted_by="De avond", valid_from=TODAY, by=joris, at=at)
    topic.refresh_from_db()
    agreement = agendas.add_agreement(topic, agendas.Promise("Twee banken op de Wilgenhof", due_on=TODAY), by=joris, at=at)
    return topic, agreement


@pytest.fixture
def going_on(make_wish, make_work, agenda):
    return make_wish, make_work, *agenda


def pages_of(paper):
    with pikepdf.open(io.BytesIO(paper)) as document:
        return len(document.pages)


# --- the whole way ----------------------------------------------------------------------------------


def test_an_official_goes_from_areas_to_a_text_with_the_reference_of_a_wish(office, areas, make_wish, tom):
    wish = make_wish()
    page = office.get(ADDRESS)
    assert "nog geen Buurtcheck" in page.text
    form = office.get(ADDRESS + "nieuw/")
    sent = {"title": "Plekken om te spelen", "department": "Ruimte", **{name: ["BU03440241"] for name in groups_with(form, "BU03440241")}}
    made = office.post(ADDRESS + "nieuw/", sent)
    assert made.status_code == 302
    page = office.get(made.url)
    assert wish.reference in page.text
    saved = office.post(made.url, {"asks": ANSWERS["asks"], "wishes": [wish.reference]})
    assert saved.status_code == 302
    check = Buurtcheck.objects.get()
    assert (check.asks, check.finished_at, list(check.wishes.all())) == (ANSWERS["asks"], None, [wish])
    assert office.post(made.url, ANSWERS | {"wishes": [wish.reference], "finish": "1"}).status_code == 302
    check.refresh_from_db()
    assert check.finished_at
    for words in ("Geuzenwijk", wish.reference, ANSWERS["asks"], ANSWERS["does"], ANSWERS["spoke_with"]):
        assert words in check.paragraph
    page = office.get(made.url)
    assert wish.reference in page.context["check"].paragraph
    assert "<textarea" in page.text
    assert [event.verb for event in Event.objects.filter(thing=check.thing)] == ["check.made", "check.answered", "check.finished"]


def groups_with(page, code):
    """The names of the fields that offer this area."""
    form = page.context["form"]
    return [name for name in form.groups if code in dict(form.fields[name].choices)]


def test_a_check_is_finished_only_with_three_answers(office, start):
    check = start()
    page = office.post(f"{ADDRESS}{check.uuid}/", {"asks": "Een bank", "finish": "1"})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    with pytest.raises(actions.CheckRefused, match="drie vragen"):
        actions.answer(check, asks="Een bank", finish=True, by=None, at=NOW)
    check.refresh_from_db()
    assert (check.finished_at, check.asks) == (None, "")


def test_another_wish_is_added_by_its_number(office, start, make_wish):
    wish, joined = make_wish(), make_wish("Een lantaarn op de Taagdreef", area="BU03440321")
    check = start()
    number = joined.reference.lower().replace("-", " ")
    assert office.post(f"{ADDRESS}{check.uuid}/", {"wishes": [wish.reference], "more": f"{number}, {wish.reference}"}).status_code == 302
    assert set(check.wishes.all()) == {wish, joined}
    page = office.get(f"{ADDRESS}{check.uuid}/")
    assert set(page.context["form"].initial["wishes"]) == {wish.reference, joined.reference} <= page.context["form"].to_choose.keys()
    for wrong in ("ZO-9999", "<script>", "x" * 301, "zo"):
        assert office.post(f"{ADDRESS}{check.uuid}/", {"more": wrong}).status_code == 422
    hidden = make_wish("Mijn buurman", showing=Showing.PRIVATE)
    assert office.post(f"{ADDRESS}{check.uuid}/", {"more": hidden.reference}).status_code == 422


def test_what_is_finished_stays_as_it_was_until_it_is_opened_again(office, start, tom, make_wish):
    check = start()
    actions.answer(check, **ANSWERS, finish=True, by=tom, at=NOW)
    before = check.paragraph
    make_wish()
    for deed in (actions.answer, actions.remove):
        with pytest.raises(actions.CheckRefused, match="klaar"):
            deed(check, by=tom, at=NOW)
    check.refresh_from_db()
    assert check.paragraph == before
    assert office.post(f"{ADDRESS}{check.uuid}/open/").status_code == 302
    check.refresh_from_db()
    assert (check.finished_at, check.paragraph, check.asks) == (None, "", ANSWERS["asks"])
    assert office.post(f"{ADDRESS}{check.uuid}/open/").status_code == 302
    assert Event.objects.filter(verb="check.reopened").count() == 1


def test_one_by_mistake_is_taken_away(office, start):
    check = start()
    assert "Speelplekken" in office.get(f"{ADDRESS}{check.uuid}/weg/").text
    assert Buurtcheck.objects.exists()
    assert office.post(f"{ADDRESS}{check.uuid}/weg/").url == ADDRESS
    assert not Buurtcheck.objects.exists()


def test_what_it_is_about_can_be_changed(office, start, areas):
    check = start()
    form = office.get(f"{ADDRESS}{check.uuid}/wijzigen/")
    sent = {name: ["BU03440242"] for name in groups_with(form, "BU03440242")}
    assert office.post(f"{ADDRESS}{check.uuid}/wijzigen/", {"title": "Bomen", "department": "ruimte", **sent}).status_code == 302
    check.refresh_from_db()
    assert (check.title, check.department, [area.code for area in check.areas.all()]) == ("Bomen", "Ruimte", ["BU03440242"])


def test_a_department_is_one_however_it_is_written(start):
    start(department="Ruimte")
    assert start(department="RUIMTE").department == "Ruimte"


@pytest.mark.parametrize(
    "wrong", [{}, {"title": ""}, {"department": ""}, {"title": "x" * 151}, {"department": "y" * 121}, {"title": "https://example.org"}]
)
def test_a_wrong_answer_is_told_and_changes_nothing(office, areas, wrong):
    given = {"title": "Bomen", "department": "Ruimte"} | wrong
    page = office.post(ADDRESS + "nieuw/", given)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not Buurtcheck.objects.exists()


def test_an_area_of_the_address_is_chosen_already_and_nonsense_is_not(office, areas):
    form = office.get(ADDRESS + "nieuw/?gebied=BU03440241").context["form"]
    assert {name: form.fields[name].initial for name in form.groups if form.fields[name].initial} == {
        name: ["BU03440241"] for name in form.groups if "BU03440241" in dict(form.fields[name].choices)
    }
    assert office.get(ADDRESS + "nieuw/?gebied=<b>%00").status_code == 200


# --- what is going on there -------------------------------------------------------------------------


def test_the_sheet_shows_wishes_topics_agreements_works_and_whom_to_call(office, start, going_on, areas, joris):
    make_wish, make_work, topic, agreement = going_on
    wish, elsewhere = make_wish(), make_wish("Een lantaarn op de Taagdreef", area="BU03440321")
    make_work(), make_work("Kade", codes=("BU03440321",))
    partner = Organisation.objects.create(name="De Vechtoever", kind="housing", from_on=TODAY)
    contact = LocalContact.objects.create(
        organisation=partner, first_name="Linda", helps_with="Huren", phone="+31301234567", on_site=True, agreed_on=TODAY, from_on=TODAY
    )
    contact.areas.add(areas["BU03440241"])
    page = office.get(f"{ADDRESS}{start().uuid}/").text
    for words in (wish.reference, topic.title, agreement.what, "Riool in de Wilgenhof", "Linda", "De Vechtoever", joris.name):
        assert words in page
    for words in (elsewhere.reference, "Kade"):
        assert words not in page


def test_of_residents_only_what_stands_on_the_site_is_in_it(office, start, make_wish, emine):
    hidden = make_wish("Mijn buurman Karel maakt lawaai", contact=emine, showing=Showing.PRIVATE)
    shown = make_wish(contact=emine)
    check = start()
    page = office.get(f"{ADDRESS}{check.uuid}/").text
    assert shown.reference in page
    assert hidden.reference not in page
    assert emine.name not in page
    assert office.post(f"{ADDRESS}{check.uuid}/", {"wishes": [hidden.reference]}).status_code == 422


def test_what_is_like_the_proposal_stands_first(start, make_wish):
    make_wish("Er moet een plek komen om te spelen voor kleine kinderen")
    for number in range(15):
        make_wish(f"Een bank in straat {number}")
    check = start("Speelplekken voor kinderen")
    found = queries.neighbourhood(check, on=TODAY)
    assert "spelen" in found.wishes.rows[0].text
    assert (len(found.wishes.rows), found.wishes.number, found.wishes.more) == (12, 16, 4)


def test_what_is_done_or_stopped_is_not_going_on(start, make_work, agenda, joris):
    _topic, agreement = agenda
    agendas.move_on(agreement, AgreementStage.DONE, result="Ze staan er.", by=joris, at=NOW + datetime.timedelta(hours=2))
    make_work(stage="done", done_on=TODAY)
    found = queries.neighbourhood(start(), on=TODAY)
    assert (found.agreements.rows, found.works.rows) == ([], [])


def test_for_the_whole_city_everything_counts(start, make_wish, make_work):
    make_wish(), make_wish("Een lantaarn", area="BU03440321"), make_work(codes=("BU03440321",))
    found = queries.neighbourhood(start(codes=("GM0344",)), on=TODAY)
    assert (found.wishes.number, found.works.number) == (2, 1)


def test_the_sheet_is_one_a4_also_where_much_is_going_on(office, start, going_on, joris):
    make_wish, make_work, topic, _agreement = going_on
    for number in range(20):
        make_wish(f"Wens {number} over een heel lange zin die maar doorgaat en doorgaat tot hij ver voorbij de rand van het papier is " * 2)
        make_work(
            f"Werk {number} met een titel die zo lang is als mag, en dat is honderdvijftig letters, dus hij gaat nog even door en door."
        )
        agendas.add_agreement(
            topic, agendas.Promise(f"Afspraak {number} " + "met veel woorden " * 15), by=joris, at=NOW + datetime.timedelta(hours=1)
        )
    check = start("x" * 150, codes=("BU03440241", "BU03440242", "BU03440321", "zuilen-oost", "WK034402", "WK034403", "GM0344"))
    page = office.get(f"{ADDRESS}{check.uuid}/buurtcheck.pdf")
    assert page["Content-Type"] == "application/pdf"
    assert "no-store" in page["Cache-Control"]
    assert pages_of(page.content) == 1


@pytest.mark.parametrize("number", [3, 9, 12])
def test_the_sheet_is_one_a4_in_a_large_letter_too(office, start, going_on, number):
    make_wish, make_work, *_rest = going_on
    for _ in range(number):
        make_wish(), make_work()
    assert pages_of(office.get(f"{ADDRESS}{start('Bomen', codes=('zuilen-oost',)).uuid}/buurtcheck.pdf").content) == 1


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_the_pages_are_there_in_each_language(office, start, prefix):
    check = start()
    for path in ("", "nieuw/", f"{check.uuid}/", f"{check.uuid}/buurtcheck.pdf", f"{check.uuid}/wijzigen/", f"{check.uuid}/weg/"):
        assert office.get(prefix + ADDRESS + path).status_code == 200


def test_hostile_words_are_only_text(office, start, tom):
    check = start(HOSTILE, department=HOSTILE)
    actions.answer(check, asks=HOSTILE, does=HOSTILE, spoke_with=HOSTILE, finish=True, by=tom, at=NOW)
    for path in ("", f"{check.uuid}/", "nieuw/"):
        assert HOSTILE not in office.get(ADDRESS + path).text
    assert office.get(f"{ADDRESS}{check.uuid}/buurtcheck.pdf").status_code == 200


def test_much_costs_as_many_queries_as_little(office, start, make_wish, make_work):
    check = start()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert office.get(f"{ADDRESS}{check.uuid}/").status_code == 200
        return len(captured)

    make_wish(), make_work()
    little = cost()
    for _ in range(3):
        make_wish(), make_work()
    assert cost() == little <= 19


# --- who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_who_works_here_does_checks_and_only_their_own(client, start, duty):
    check = start()
    person = member_of_staff("Iemand", "iemand@utrecht.example", None, duty)
    sign_in(client, person)
    works_here = duty in STAFF or duty == Duty.EMPLOYEE
    counts = duty == Duty.PROGRAMME_MANAGER
    assert client.get(ADDRESS).status_code == (200 if works_here else 403)
    assert client.get(f"{ADDRESS}{check.uuid}/").status_code == (200 if counts else 404 if works_here else 403)
    assert client.get(f"{ADDRESS}{check.uuid}/wijzigen/").status_code == (403 if counts or not works_here else 404)
    assert client.get(f"{ADDRESS}afdelingen/").status_code == (200 if counts else 403)
    assert may_count_checks(person) is counts
    assert may_change_check(person, check) is False
    assert list(visible_checks(person)) == ([check] if counts else [])


def test_who_is_unknown_signs_in_first(client, start):
    for path in ("", "nieuw/", f"{start().uuid}/"):
        assert client.get(ADDRESS + path).status_code == 302


# --- how many ---------------------------------------------------------------------------------------


def test_each_department_counts_what_it_finished_in_a_time(client, start, tom, noor):
    last_year = NOW - datetime.timedelta(days=400)
    for department, at, finish in (("Ruimte", NOW, True), ("ruimte", NOW, False), ("Wonen", NOW, True), ("Ruimte", last_year, True)):
        check = start(department=department, at=at)
        if finish:
            actions.answer(check, **ANSWERS, finish=True, by=tom, at=at)
    this_year = queries.per_department(TODAY - datetime.timedelta(days=30), TODAY)
    assert this_year == [queries.DepartmentChecks("Ruimte", 2, 1), queries.DepartmentChecks("Wonen", 1, 1)]
    before = timezone.localdate(last_year)
    assert queries.per_department(before, before) == [queries.DepartmentChecks("Ruimte", 1, 1)]
    sign_in(client, noor)
    page = client.get(f"{ADDRESS}afdelingen/?van={before}&tot={before}")
    assert page.context["rows"] == [("Ruimte", 1, 1)]
    assert "Ruimte" in client.get(f"{ADDRESS}afdelingen/afdelingen.csv?van={before}&tot={before}").text


@pytest.mark.parametrize("query", ["van=x", "van=2026-02-31", "van=0001-01-01&tot=9999-12-31", "tot=2020-01-01", "page=x", "van=%00"])
def test_nonsense_in_the_address_does_no_harm(client, areas, noor, query):
    sign_in(client, noor)
    assert client.get(f"{ADDRESS}afdelingen/?{query}").status_code == 200
    assert client.get(f"{ADDRESS}afdelingen/afdelingen.csv?{query}").status_code == 200
    assert client.get(f"{ADDRESS}?{query}").status_code == 200
