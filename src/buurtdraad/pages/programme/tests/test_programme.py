"""`/programma/` and `/opgaven/<code>/`: what was promised and done, for everybody; no owner, no ranking, no cause."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.wishes.models import Step, Wish
from buurtdraad.audit.models import Event
from buurtdraad.challenges import actions
from buurtdraad.initiatives.models import Initiative, InitiativeTopic
from buurtdraad.money.models import Commitment
from buurtdraad.money.states import Kind
from buurtdraad.pages.programme import views
from buurtdraad.pages.programme.belongs import parts_of
from buurtdraad.pages.programme.money import money_of
from buurtdraad.pages.programme.tests.conftest import FROM, NOW, TODAY
from buurtdraad.pages.programme.views import how_fast
from buurtdraad.works.models import WorkAnswers, WorkMoney
from buurtdraad.works.queries.first_action import FirstAction, first_actions, speed

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HOSTILE = "<script>alert(1)</script>"
LATER = NOW + datetime.timedelta(hours=1)


def promise(challenge, what="Twee jongerenplekken", due_on=TODAY + 30 * DAY, **facts):
    return actions.add_aim(ambition=challenge.ambition, challenge=challenge, what=what, due_on=due_on, by=facts.pop("by"), at=NOW, **facts)


@pytest.fixture
def plan(topic, areas):
    """A plan of residents on the site that belongs to the topic."""
    made = Initiative.objects.create(
        slug="jeugdhonk", title="Jeugdhonk", area=areas["BU03440241"], theme="youth", showing="shown", made_at=NOW
    )
    InitiativeTopic.objects.create(initiative=made, topic=topic)
    return made


# --- the programme ----------------------------------------------------------------------------------


def test_everybody_reads_what_was_promised_for_when_and_whether_it_is_done(client, challenge, noor):
    kept, late = (
        promise(challenge, "Vier jongerenwerkers", by=noor),
        promise(challenge, "Een hal", TODAY - DAY, told="De bouw liep uit.", by=noor),
    )
    promise(challenge, by=noor)
    actions.finish_promise(kept, done_on=TODAY, told="Ze werken in vier wijken.", by=noor, at=NOW)
    facts = {"kind": "motion", "made_on": FROM, "due_on": TODAY, "by": noor, "at": NOW}
    actions.add_pledge(number="M-12", what="Meer meisjes", ambition=challenge.ambition, **facts)
    actions.add_pledge(number="M-13", what="Los van alles", **facts)
    page = client.get("/programma/")
    for words in (
        "1. De buurt eerst",
        "Vier jongerenwerkers",
        "Ze werken in vier wijken.",
        "De bouw liep uit.",
        "M-12",
        "M-13",
        "Jongeren",
    ):
        assert words in page.text
    assert (page.context["number"], page.context["done"]) == (3, 1)
    assert 'href="/opgaven/jongeren/"' in page.text
    assert late.what in client.get("/programma/beloften.csv").text


def test_an_empty_programme_says_so(client, areas):
    assert client.get("/programma/").status_code == 200
    assert client.get("/programma/beloften.csv").status_code == 200


def test_who_cuts_the_address_of_a_challenge_short_comes_to_the_programme(client, areas):
    assert client.get("/opgaven/").url == "/programma/"


def test_ambitions_of_before_stand_apart(client, challenge, noor):
    actions.end_ambition(challenge.ambition, last_day=TODAY - DAY, by=noor, at=NOW)
    page = client.get("/programma/")
    assert [one.ambition.name for one in page.context["before"]] == ["De buurt eerst"]
    assert client.get("/opgaven/jongeren/").context["over"]


def test_a_longer_programme_costs_as_many_queries(client, challenge, noor):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/programma/").status_code == 200
        return len(captured)

    promise(challenge, by=noor)
    short = cost()
    for number in (2, 3, 4):
        ambition = actions.add_ambition(name=f"Ambitie {number}", number=number, from_on=FROM, by=noor, at=NOW)
        actions.add_aim(ambition=ambition, what="Iets", due_on=TODAY, by=noor, at=NOW)
        actions.add_pledge(kind="pledge", number=f"T-{number}", what="Iets", made_on=FROM, ambition=ambition, by=noor, at=NOW)
    assert cost() == short


# --- a challenge ------------------------------------------------------------------------------------


def test_a_challenge_shows_goal_where_what_and_how_far(client, topic, plan, make_work, joris):
    challenge = topic.challenge
    make_work("Skatebaan", challenge=challenge, codes=("BU03440242",))
    make_work("Geheim", challenge=challenge, public=False)
    make_work("Iets anders")
    agreement = agendas.add_agreement(topic, agendas.Promise("Een hangplek"), by=joris, at=LATER)
    page = client.get("/opgaven/jongeren/")
    for words in ("Plek voor jongeren.", "Jeugd", "Skatebaan", agreement.what, plan.title, "Schaakbuurt", "Geuzenwijk"):
        assert words in page.text
    for words in ("Geheim", "Iets anders", "Tom van Dijk", "tom@utrecht.example"):
        assert words not in page.text
    assert [(one.kind, one.number) for one in page.context["kinds"]] == [("works", 1), ("agreements", 1), ("plans", 1)]
    table = client.get("/opgaven/jongeren/werk.csv").getvalue().decode()
    assert "Skatebaan" in table
    assert "Geheim" not in table
    assert "tom@" not in table


def test_areas_stand_by_name_and_never_by_number(client, challenge, make_work):
    for _ in range(3):
        make_work(challenge=challenge, codes=("BU03440321",))
    make_work(challenge=challenge)
    assert [row[0][0] for row in client.get("/opgaven/jongeren/").context["where"]] == ["Geuzenwijk", "Taagdreef"]


def test_a_long_list_of_areas_comes_in_pages(client, challenge, make_work, monkeypatch):
    monkeypatch.setattr(views, "AREAS_ON_A_PAGE", 1)
    make_work(challenge=challenge, codes=("BU03440321", "BU03440241"))
    page = client.get("/opgaven/jongeren/")
    assert [row[0][0] for row in page.context["where"]] == ["Geuzenwijk"]
    assert 'href="?page=2&amp;#h-where"' in page.text
    assert [row[0][0] for row in client.get("/opgaven/jongeren/?page=2").context["where"]] == ["Taagdreef"]


def test_beside_what_asks_for_attention_stands_what_goes_well(client, topic, make_work, noor, joris):
    challenge = topic.challenge
    promise(challenge, "Een hal", TODAY - DAY, told="De bouw liep uit.", by=noor)
    make_work("Veldje", challenge=challenge, stage="paused", why="Jan is ziek")
    make_work("Skatebaan", challenge=challenge, stage="done", done_on=TODAY, result="Hij ligt er.")
    agreement = agendas.add_agreement(topic, agendas.Promise("Een hangplek"), by=joris, at=LATER)
    agendas.postpone(agreement, due_on=TODAY + 60 * DAY, why="Het hout is op.", by=joris, at=LATER)
    page = client.get("/opgaven/jongeren/")
    assert [told.what for told in page.context["well"]] == ["Skatebaan"]
    assert [told.what for told in page.context["attention"]] == ["Een hal", "Een hangplek", "Veldje"]
    assert "Het hout is op." in page.text
    # Why a work stands still is for staff.
    assert "Jan is ziek" not in page.text


def test_an_empty_challenge_is_told_honestly(client, challenge):
    page = client.get("/opgaven/jongeren/")
    assert page.status_code == 200
    assert (page.context["where"], page.context["wishes"], bool(page.context["money"].all)) == ([], 0, False)


@pytest.mark.parametrize("path", ["", "werk.csv", "geld.csv"])
def test_a_challenge_that_is_not_there_is_404(client, areas, path):
    assert client.get(f"/opgaven/bestaat-niet/{path}").status_code == 404


def test_three_of_each_cost_as_many_queries_as_one(client, topic, plan, make_work, joris):
    challenge = topic.challenge

    def more():
        work = make_work(challenge=challenge)
        WorkMoney.objects.create(work=work, source="municipality", year=2026, planned=10)
        agendas.add_agreement(topic, agendas.Promise("Een hangplek"), by=joris, at=LATER)

    def cost(path):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
            assert answer.status_code == 200
            b"".join(answer)
        return len(captured)

    paths = ("/opgaven/jongeren/", "/opgaven/jongeren/werk.csv", "/opgaven/jongeren/geld.csv")
    more()
    one = [cost(path) for path in paths]
    more(), more()
    assert [cost(path) for path in paths] == one
    assert one[0] <= 24


def test_hostile_words_are_only_text(client, challenge, make_work, noor):
    actions.change_challenge(challenge, name=HOSTILE, goal=HOSTILE, owner=HOSTILE, by=noor, at=NOW)
    promise(challenge, HOSTILE, TODAY - DAY, told=HOSTILE, source=HOSTILE, by=noor)
    make_work(HOSTILE, challenge=challenge)
    for path in ("/programma/", "/opgaven/jongeren/", "/programma/beloften.csv", "/opgaven/jongeren/werk.csv"):
        page = client.get(path)
        assert page.status_code == 200
        assert path.endswith(".csv") or HOSTILE not in page.text


@pytest.mark.parametrize("path", ["/programma/", "/opgaven/jongeren/", "/programma/beloften.csv", "/opgaven/jongeren/geld.csv"])
@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_the_pages_are_for_everybody_and_hold_nothing_of_one_visitor(client, challenge, path, prefix):
    page = client.get(prefix + path)
    assert page.status_code == 200
    assert page.shows_places == {"GM0344"}
    assert "csrfmiddlewaretoken" not in page.text


# --- days until the first action --------------------------------------------------------------------


def wish_of(make_wish, days_ago, busy_after=None):
    given_at = NOW - days_ago * DAY
    wish = make_wish(at=given_at)
    if busy_after is not None:
        Step.objects.create(wish=wish, stage="busy", at=given_at + busy_after * DAY)
    return wish


def test_the_first_action_is_the_earliest_of_all_kinds_after_the_wish(topic, make_work, joris, make_wish):
    """Counted once more by hand: a step, a work for the topic, an agreement that began."""
    by_step, by_work, nobody = wish_of(make_wish, 100, 40), wish_of(make_wish, 90), wish_of(make_wish, 80)
    agendas.choose_wishes(topic, [*topic.wishes.all(), by_work], by=joris, at=LATER)
    first = timezone.localdate(NOW - 60 * DAY)
    WorkAnswers.objects.create(work=make_work(started_on=first), topic=topic, since=NOW)
    for started_on in (first + 10 * DAY, first - 200 * DAY):
        WorkAnswers.objects.create(work=make_work(started_on=started_on), wish=by_work, since=NOW)
    found = {one.given_on: one.days for one in first_actions(Wish.objects.filter(pk__in=[by_step.pk, by_work.pk, nobody.pk]))}
    assert found == {timezone.localdate(wish.given_at): days for wish, days in ((by_step, 40), (by_work, 30), (nobody, None))}


def test_an_agreement_that_begins_is_a_first_action(topic, joris):
    assert topic.wishes.count() == 1
    agreement = agendas.add_agreement(topic, agendas.Promise("Een hangplek"), by=joris, at=LATER)
    assert [one.days for one in first_actions(Wish.objects.all())] == [None]
    agendas.move_on(agreement, AgreementStage.RUNNING, by=joris, at=NOW + 12 * DAY)
    assert [one.days for one in first_actions(Wish.objects.all())] == [12]


def test_many_wishes_cost_as_many_queries_as_one(make_wish):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            first_actions(Wish.objects.all())
        return len(captured)

    wish_of(make_wish, 10, 1)
    one = cost()
    for _ in range(3):
        wish_of(make_wish, 10, 1)
    assert cost() == one <= 2


def test_years_are_compared_only_with_enough_wishes_and_no_cause_is_named():
    def acted(days, ago):
        return FirstAction(TODAY - (ago + days) * DAY, TODAY - ago * DAY)

    few = [acted(10, 5), acted(30, 400), FirstAction(TODAY, None)]
    assert how_fast(few, TODAY)["compared"] == ""
    assert how_fast(few, TODAY)["waiting"] == 1
    enough = [acted(days, ago) for ago, each in ((5, (10, 20, 30, 40, 50)), (400, (60, 61, 62, 63, 64))) for days in each]
    found = how_fast(enough, TODAY)
    assert (found["speed_now"].days, found["speed_then"].days, found["speed_now"].number) == (30, 62, 5)
    assert "sneller" in found["compared"]
    assert speed([], TODAY, TODAY).days is None


# --- money ------------------------------------------------------------------------------------------


def test_money_is_per_year_and_nothing_counts_twice(topic, plan, make_work, make_pot, joris):
    challenge = topic.challenge
    work = make_work(challenge=challenge)
    hidden, other = make_work(challenge=challenge, public=False), make_work()
    for one, source, amounts in (
        (work, "municipality", (1000, 600, 500)),
        (work, "in_kind", (50, 0, 0)),
        (work, "fund", (100, 100, 0)),
        (hidden, "municipality", (7, 7, 7)),
        (other, "municipality", (9, 9, 9)),
    ):
        WorkMoney.objects.create(work=one, source=source, year=2026, **dict(zip(("planned", "committed", "spent"), amounts, strict=True)))
    agreement = agendas.add_agreement(topic, agendas.Promise("Een hangplek"), by=joris, at=LATER)
    pot = make_pot()
    facts = {"pot": pot, "area": plan.area, "kind": Kind.BUDGET, "made_at": NOW, "told_on": TODAY}
    Commitment.objects.create(work=work, amount=Decimal(900), paid=Decimal(100), **facts)
    Commitment.objects.create(agreement=agreement, amount=Decimal(40), paid=Decimal(10), **facts)
    Commitment.objects.create(initiative=plan, amount=Decimal(5), **facts)
    Commitment.objects.create(initiative=plan, amount=Decimal(3000), **facts | {"told_on": None})
    found = money_of(challenge, parts_of(challenge), TODAY)
    assert [row.year for row in found.years] == [2024, 2025, 2026, 2027, 2028]
    # 900 of the pot is more than 700 of the sheet; 500 that the sheet says is spent is more than 100 that the pot paid.
    assert (found.all.planned, found.all.committed, found.all.spent) == (1100, 900 + 40 + 5, 500 + 10)
    assert found.in_kind == 50


def test_the_money_is_a_table_to_download(client, challenge, make_work):
    WorkMoney.objects.create(work=make_work(challenge=challenge), source="municipality", year=2026, planned=1000, committed=600, spent=5)
    table = client.get("/opgaven/jongeren/geld.csv").text
    assert "2026;1000" in table
    assert "€ 1.000" in client.get("/opgaven/jongeren/").text.replace("\u00a0", " ")


def test_a_page_is_made_again_when_the_programme_changes(challenge, noor):
    promise(challenge, by=noor)
    assert Event.objects.last().touches == ["GM0344"]
