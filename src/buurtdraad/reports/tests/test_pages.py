"""Pages of coherence: what they show, who may see them, and how few questions they ask."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.agendas.meetings import actions as meetings
from buurtdraad.agendas.meetings.actions import Plan
from buurtdraad.audit.models import Event
from buurtdraad.reports.actions import findings as actions
from buurtdraad.reports.models import Cell, Finding
from buurtdraad.reports.queries.seeking import needs_without_work
from buurtdraad.reports.states import FindingStage
from buurtdraad.reports.tests.conftest import CHILDREN
from buurtdraad.reports.tests.test_preparing import agreement_in, plan_in
from buurtdraad.works.models import WorkPartner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
STAFF_PAGES = (
    "/samenhang/", "/samenhang/samenhang.csv", "/samenhang/samenhang.pdf", "/samenhang/vastzit/", "/samenhang/bevindingen/",
    "/samenhang/bevindingen/bevindingen.csv", "/samenhang/metingen/", "/samenhang/metingen/metingen.csv",
)  # fmt: skip
PUBLIC = {"/samenhang/cijfers/": {"GM0344"}, "/buurten/BU03440241/tijdlijn/": {"BU03440241", "WK034402", "zuilen-oost", "GM0344"}}


@pytest.fixture
def finding(areas, make_work, prepared):
    """A project without an owner in Geuzenwijk."""
    make_work("Riool in de Wilgenhof", owner_name="", owner_email="")
    prepared()
    return Finding.objects.get()


def page_of(finding, deed=""):
    return reverse(f"reports:{deed or 'finding'}", args=[finding.uuid])


# --- who sees what ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_staff_see_coherence_and_nobody_else_does(path, *, client, signed_in, kees, joris, tom, prepared):
    prepared()
    assert client.get(path).status_code == 302
    assert signed_in(kees, second_factor=False).get(path).status_code == 403
    assert signed_in(tom).get(path).status_code == 403
    assert signed_in(joris).get(path).status_code == 200


@pytest.mark.parametrize("path", STAFF_PAGES)
@pytest.mark.parametrize(
    "query", ["gebied=%00&alleen=x", "soort='--&stand=<b>", "page=-1&bijeenkomst=9999999999999", "gebied=BU9&mijn=1", "jaar=x"]
)
def test_parameters_survive_nonsense(path, query, signed_in, joris, finding):
    assert signed_in(joris).get(f"{path}?{query}").status_code == 200


def test_who_works_elsewhere_reads_a_finding_and_does_nothing_with_it(signed_in, samira, finding):
    client = signed_in(samira)
    assert client.get(page_of(finding)).status_code == 200
    for deed in ("take_up", "set_aside", "open_again", "agree", "to_meeting"):
        assert client.post(page_of(finding, deed), {"why": "Het klopt zo"}).status_code == 403
    finding.refresh_from_db()
    assert finding.stage == FindingStage.OPEN


@pytest.mark.parametrize("duty", [Duty.MODERATOR, Duty.FINANCE, Duty.ALDERMAN])
def test_other_staff_read_and_do_nothing(duty, signed_in, kees, finding):
    DutyHeld.objects.create(person=kees, duty=duty, from_on=TODAY - DAY, given_at=timezone.now())
    client = signed_in(kees)
    assert client.get(page_of(finding)).status_code == 200
    assert client.post(page_of(finding, "take_up")).status_code == 403


def test_an_alderman_needs_a_second_factor(signed_in, kees):
    DutyHeld.objects.create(person=kees, duty=Duty.ALDERMAN, from_on=TODAY - DAY, given_at=timezone.now())
    assert signed_in(kees, second_factor=False).get("/samenhang/").status_code == 302


# --- the overview -----------------------------------------------------------------------------------------


def test_a_cell_without_work_says_so_in_table_list_file_and_on_paper(figures, programme, prepared, signed_in, joris):
    prepared()
    client = signed_in(joris)
    page = client.get("/samenhang/").text
    assert page.count("buurt-cell--gap") == 1
    assert "nog geen werk" in page
    assert "<strong>nog geen werk</strong>" in client.get("/samenhang/?weergave=lijst").text
    rows = client.get("/samenhang/samenhang.csv?alleen=zonder-werk").text.splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(f"{CHILDREN};Buurt 9;Jeugd;4;0")
    assert client.get("/samenhang/samenhang.pdf").content.startswith(b"%PDF")
    cell = client.get(f"/samenhang/cel/{CHILDREN}/jeugd/").text
    assert "Kinderen: 40 % (2025)" in cell
    assert "2025" in cell


def test_the_filter_by_area_and_ambition_holds(figures, programme, prepared, signed_in, joris):
    prepared()
    client = signed_in(joris)
    assert client.get("/samenhang/?gebied=zuilen-oost").text.count('<th scope="row">') == 2
    assert client.get("/samenhang/?alleen=zonder-werk").text.count('<th scope="row">') == 1
    assert client.get("/samenhang/?ambitie=kracht").text.count('<th scope="row">') == 13


def test_the_filter_by_year_and_partner_counts_what_fits_it(*, figures, programme, prepared, signed_in, joris, make_work, partner):
    this_year = TODAY.year
    facts = {"challenge": programme["jeugd"], "codes": (CHILDREN,)}
    make_work("Nu", from_on=TODAY.replace(month=1, day=1), until_on=TODAY.replace(month=12, day=31), **facts)
    later = make_work("Later", from_on=datetime.date(this_year + 1, 2, 1), until_on=datetime.date(this_year + 2, 3, 1), **facts)
    WorkPartner.objects.create(work=later, organisation=partner, role="does")
    prepared()
    client = signed_in(joris)

    def counted(query):
        rows = [row.split(";") for row in client.get(f"/samenhang/samenhang.csv?{query}").text.splitlines()[1:]]
        return [(code, number) for code, _name, challenge, _need, number, *_rest in rows if challenge == "Jeugd" and number != "0"]

    assert counted("") == [(CHILDREN, "2")]
    assert counted(f"jaar={this_year}") == counted(f"jaar={this_year + 1}") == counted(f"partner={partner.pk}") == [(CHILDREN, "1")]
    assert counted(f"jaar={this_year + 3}") == counted(f"jaar={this_year}&partner={partner.pk}") == []
    page = client.get(f"/samenhang/?jaar={this_year + 3}&partner=0").text
    assert "Hier is niets te laten zien" in page
    assert f'<option value="{this_year + 3}" selected' in page
    assert "De Vechtoever" in page
    # What is only not of this partner is no gap.
    assert "buurt-cell--gap" not in client.get(f"/samenhang/?partner={partner.pk}").text
    for nonsense in ("jaar=veel", "jaar=99999999", "partner=-1", "partner=x", "jaar=&partner="):
        assert counted(nonsense) == [(CHILDREN, "2")]


def test_an_overview_that_is_too_old_says_so_and_is_asked_anew_once(signed_in, joris, prepared):
    from procrastinate.contrib.django.models import ProcrastinateJob

    prepared(timezone.now() - datetime.timedelta(hours=3))
    client = signed_in(joris)
    for _time in range(2):
        assert "Het wordt opnieuw gemaakt" in client.get("/samenhang/").text
    assert ProcrastinateJob.objects.filter(task_name="reports.prepare").count() == 1
    prepared()
    assert "Het wordt opnieuw gemaakt" not in client.get("/samenhang/").text


def test_an_empty_city_has_an_empty_overview(db, signed_in, noor):
    assert "Hier is niets te laten zien" in signed_in(noor).get("/samenhang/").text


def test_names_are_only_text_on_every_page(figures, *, areas, programme, make_work, make_wish, prepared, signed_in, noor):
    hostile = "<script>alert(1)</script>"
    make_work(f"{hostile} Wilgenhof", owner_name="", owner_email="", where=hostile, trend="stuck", why=hostile)
    programme["jeugd"].name = hostile
    programme["jeugd"].save()
    areas["BU03440241"].years.update(name=hostile)
    prepared()
    client = signed_in(noor)
    paths = [*STAFF_PAGES, *PUBLIC, page_of(Finding.objects.first()), f"/samenhang/cel/{CHILDREN}/jeugd/"]
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Content-Type"].startswith(("text/csv", "application/pdf")) or hostile not in response.text, path


@pytest.mark.parametrize("path", [*STAFF_PAGES, *PUBLIC, "finding"])
def test_a_page_asks_as_many_questions_with_three_things_as_with_one(path, *, figures, programme, make_work, prepared, signed_in, joris):
    counts = []
    for number in range(2):
        for more in range(1 + number):
            make_work(f"Werk {number}{more}", owner_name="", owner_email="", challenge=programme["jeugd"], until_on=TODAY - DAY)
        prepared()
        address = page_of(Finding.objects.filter(kind="no_owner").first()) if path == "finding" else path
        client = signed_in(joris)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            assert answer.status_code == 200
            b"".join(answer)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    if path == "/samenhang/":
        assert counts[0] <= 15


# --- what is done with a finding ----------------------------------------------------------------------------


def test_a_finding_is_taken_up_set_aside_with_a_reason_and_opened_again_and_all_is_kept(signed_in, joris, finding):
    client = signed_in(joris)
    client.post(page_of(finding, "take_up"))
    finding.refresh_from_db()
    assert (finding.stage, finding.taken_by) == (FindingStage.TAKEN_UP, joris.uuid)
    assert client.post(page_of(finding, "set_aside"), {"why": ""}).status_code == 422
    assert client.post(page_of(finding, "set_aside"), {"why": "bel 06 12345678"}).status_code == 422
    client.post(page_of(finding, "set_aside"), {"why": "De afdeling regelt dit"})
    client.post(page_of(finding, "open_again"))
    assert [(step.stage, step.why) for step in finding.steps.all()] == [
        ("open", ""), ("taken_up", ""), ("set_aside", "De afdeling regelt dit"), ("open", ""),
    ]  # fmt: skip
    page = client.get(page_of(finding)).text
    assert "De afdeling regelt dit" in page
    assert "Joris Bakker" in page
    verbs = list(Event.objects.filter(room="reports", thing=finding.thing).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["finding.taken_up", "finding.set_aside", "finding.opened_again"]


def test_what_was_set_aside_stays_so_when_it_is_found_again(signed_in, joris, finding, prepared):
    signed_in(joris).post(page_of(finding, "set_aside"), {"why": "Zo is het goed"})
    prepared()
    finding.refresh_from_db()
    assert finding.stage == FindingStage.SET_ASIDE


def test_an_agreement_solves_the_finding_for_good_and_it_is_in_the_agenda(signed_in, *, joris, noor, areas, make_work, prepared):
    topic = agreement_in(areas["zuilen-oost"], joris).topic
    make_work("Riool in de Wilgenhof", from_on=TODAY + 60 * DAY)
    plan_in(areas["BU03440241"], from_on=TODAY + 30 * DAY)
    prepared()
    finding = Finding.objects.get(kind="place")
    client = signed_in(noor)
    assert "Elkaar ontmoeten" in client.get(page_of(finding, "agree")).text
    assert client.post(page_of(finding, "agree"), {"topic": topic.pk, "what": ""}).status_code == 422
    answer = client.post(page_of(finding, "agree"), {"topic": topic.pk, "what": "Eerst het riool, dan de tuin", "due_on": "2027-05-01"})
    assert answer.status_code == 302
    prepared()
    finding.refresh_from_db()
    assert finding.stage == FindingStage.SOLVED
    assert finding.solved_at
    assert finding.agreement.what == "Eerst het riool, dan de tuin"
    assert finding.agreement.topic == topic


def test_a_topic_of_elsewhere_is_no_choice(signed_in, joris, areas, finding):
    elsewhere = agreement_in(areas["WK034403"], joris).topic
    agreement_in(areas["zuilen-oost"], joris)
    answer = signed_in(joris).post(page_of(finding, "agree"), {"topic": elsewhere.pk, "what": "Iets"})
    assert answer.status_code == 422


def test_without_an_agenda_or_meeting_the_page_says_what_to_do_first(signed_in, joris, finding):
    client = signed_in(joris)
    assert "nog geen buurtagenda" in client.get(page_of(finding, "agree")).text
    assert "nog geen bijeenkomst" in client.get(page_of(finding, "to_meeting")).text


def test_a_finding_is_put_on_the_list_of_a_meeting(signed_in, joris, areas, finding):
    at = timezone.now()
    plan = Plan(areas["zuilen-oost"], "Buurtavond", at + 7 * DAY, at + 7 * DAY + datetime.timedelta(hours=2), "De Uithoek")
    meeting = meetings.make(plan, by=joris, at=at)
    client = signed_in(joris)
    client.post(page_of(finding, "to_meeting"), {"meeting": meeting.pk})
    finding.refresh_from_db()
    assert (finding.meeting, finding.stage) == (meeting, FindingStage.TAKEN_UP)
    assert "Riool in de Wilgenhof" in client.get(f"/samenhang/bevindingen/?bijeenkomst={meeting.pk}").text


def test_two_who_set_aside_at_once_leave_one_step(signed_in, joris, finding):
    from buurtdraad.lib.stages import WrongStage
    from buurtdraad.reports.actions import findings as actions

    first, second = Finding.objects.get(), Finding.objects.get()
    actions.set_aside(first, why="Goed zo", by=joris, at=timezone.now())
    with pytest.raises(WrongStage):
        actions.set_aside(second, why="Ook goed", by=joris, at=timezone.now())
    assert finding.steps.filter(stage="set_aside").count() == 1


def test_whom_to_call_names_who_leads_and_who_works_there(signed_in, noor, joris, make_work, prepared):
    make_work("Riool in de Wilgenhof", made_at=timezone.now() - 70 * DAY)
    prepared()
    page = signed_in(noor).get(page_of(Finding.objects.get(kind="stale"))).text
    assert "Tom van Dijk" in page
    assert "Joris Bakker" in page
    assert "joris@example.nl" in page


def test_what_is_stuck_names_five_with_somebody_to_call(signed_in, noor, make_work, areas, joris):
    for number in range(6):
        make_work(f"Werk {number}", until_on=TODAY - (number + 1) * DAY)
    make_work("Loopt goed")
    page = signed_in(noor).get("/samenhang/vastzit/").text
    assert "Werk 5" in page
    assert "Werk 0" not in page
    assert "Loopt goed" not in page
    assert page.count("Tom van Dijk") == 5


# --- for everybody ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_for_everybody_holds_nothing_of_one_visitor_and_is_dropped_when_its_places_change(path, client, areas, finding):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text
    assert response.shows_places >= PUBLIC[path] - {"GM0344"} or response.shows_places == PUBLIC[path]
    assert "Tom van Dijk" not in response.text
    assert "utrecht.example" not in response.text


def test_the_public_numbers_name_no_neighbourhood(client, finding):
    page = client.get("/samenhang/cijfers/").text
    assert "Gevonden: 1. Opgelost: 0." in page
    assert "Geuzenwijk" not in page
    assert "Wilgenhof" not in page


def test_the_timeline_tells_what_is_public_by_year(client, areas, joris, make_work):
    year = TODAY.year
    make_work("Riool vernieuwen", from_on=datetime.date(year, 3, 1), until_on=datetime.date(year + 1, 2, 1))
    make_work("Nog geheim", public=False)
    make_work("Gaat niet door", stage="stopped", why="Geen geld")
    plan_in(areas["BU03440241"], from_on=datetime.date(year, 5, 1))
    plan_in(areas["BU03440241"], title="Niet op de site", showing="private")
    agreement_in(areas["zuilen-oost"], joris)
    page = client.get("/buurten/BU03440241/tijdlijn/").text
    for words in ("Riool vernieuwen", "Een tuin op de Wilgenhof", "Samen eten in het buurthuis"):
        assert words in page
    for words in ("Nog geheim", "Gaat niet door", "Niet op de site"):
        assert words not in page
    assert "Riool vernieuwen" in client.get(f"/buurten/BU03440241/tijdlijn/?jaar={year + 1}").text
    assert "Riool vernieuwen" not in client.get(f"/buurten/BU03440241/tijdlijn/?jaar={year - 1}").text
    assert client.get("/buurten/GM0344/tijdlijn/").status_code == 404
    assert client.get("/buurten/BU9/tijdlijn/").status_code == 404
    assert client.get("/buurten/zuilen-oost/tijdlijn/?jaar=0000").status_code == 200


def test_cells_are_of_the_city_alone(figures, prepared):
    prepared()
    assert Cell.objects.count() == 13 * 4


# --- a need that a person brings up -------------------------------------------------------------------------


@pytest.fixture
def gap(areas, programme):
    """Attention is needed for the young in Geuzenwijk, though not much, and nothing is done."""
    return Cell.objects.create(area=areas["BU03440241"], challenge=programme["jeugd"], need=3)


def test_a_need_without_work_is_brought_to_a_meeting_from_its_cell(gap, signed_in, noor):
    client, here = signed_in(noor), reverse("reports:cell", args=[gap.area.code, gap.challenge.code])
    raised = reverse("reports:raise_need", args=[gap.area.code, gap.challenge.code])
    assert raised in client.get(here).text
    answer = client.post(raised)
    made = Finding.objects.get()
    assert answer.url == page_of(made, "to_meeting")
    assert Event.objects.filter(verb="finding.raised", thing=made.thing).exists()
    # Pressed twice it is one finding.
    client.post(raised)
    assert Finding.objects.count() == 1
    # What is being done for is no need without work.
    Cell.objects.filter(pk=gap.pk).update(works=1)
    assert client.post(raised).status_code == 422


def test_who_works_elsewhere_brings_up_no_need(gap, signed_in, samira):
    assert signed_in(samira).post(reverse("reports:raise_need", args=[gap.area.code, gap.challenge.code])).status_code == 403
    assert not Finding.objects.exists()


def test_the_machine_keeps_what_a_person_brought_up_as_long_as_nothing_is_done(gap, noor):
    actions.raise_need(gap, by=noor, at=timezone.now())
    assert [seen.key for seen in needs_without_work([gap])] == [Finding.objects.get().key]
    gap.works = 1
    assert not list(needs_without_work([gap]))


def test_the_list_of_a_meeting_says_of_which_meeting_it_is_and_leads_back(finding, signed_in, joris, areas):
    at = timezone.now()
    plan = Plan(areas["BU03440241"], "Buurtavond", at + 7 * DAY, at + 7 * DAY + datetime.timedelta(hours=2), "De Uithoek")
    meeting = meetings.make(plan, by=joris, at=at)
    actions.put_on_meeting(finding, meeting, by=joris, at=at)
    client = signed_in(joris)
    listed = f"/samenhang/bevindingen/?bijeenkomst={meeting.pk}"
    assert listed in client.get(f"/werk/bijeenkomsten/{meeting.pk}/").text
    page = client.get(listed).text
    assert "Buurtavond" in page
    assert f"/werk/bijeenkomsten/{meeting.pk}/" in page
    assert page_of(finding) in page
