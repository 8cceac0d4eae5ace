"""The evaluation of the fund: what counts in which year, and its page, table and document."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test asks for as many as it needs)

import datetime
import io
import statistics
from decimal import Decimal

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.figures.actions import Origin, load
from buurtdraad.figures.sources.rows import FigureRow
from buurtdraad.fund.actions.deciding import replace
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.models import Application, ClockEvent, DefaultNotice, Ease, Letter, Objection, PenaltyRate, Settlement
from buurtdraad.fund.queries.counting import Length, middle_of, share_in_time
from buurtdraad.fund.queries.evaluating import YEARS, evaluation
from buurtdraad.fund.states import Channel, ClockEventKind, Ground, Outcome, SentBy, Stage
from buurtdraad.fund.tests.decisions import days_ago, decided, in_english, linda, pot, proposed  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


@pytest.fixture
def counted(rules):
    """The numbers of the last five years by name: `counted()["Received"]` gives those of each year and the total."""

    def count(last_year=None):
        found = evaluation(rules.scheme, last_year or timezone.localdate().year, today=timezone.localdate())
        return {line.name: [*line.values, line.total] for _title, lines in found.parts for line in lines}

    return count


@pytest.fixture
def known(decided, bas):
    def make(**facts):
        decision = decided(**facts)
        make_known(decision, sent_by=SentBy.POST, on=days_ago(0), by=bas, at=timezone.now())
        return decision

    return make


def test_every_request_ends_in_one_way_and_stands_in_the_year_in_which_it_came(known, make_application, counted):
    known()
    known(outcome=Outcome.PARTLY, amount="4000", ground=Ground.TOO_HIGH)
    known(outcome=Outcome.REFUSED, amount="0", ground=Ground.NOT_PAID)
    make_application(stage=Stage.WITHDRAWN)
    make_application(stage=Stage.DRAFT)
    make_application(stage=Stage.REFERRED, on=datetime.date(timezone.localdate().year - 1, 5, 1))
    make_application(stage=Stage.REFERRED, on=datetime.date(timezone.localdate().year - YEARS, 5, 1))
    make_application()
    found = counted()
    assert found["Received"] == [0, 0, 0, 1, 5, 6]
    ways = ("Granted", "Partly granted", "Refused", "Not processed", "Withdrawn", "Sent to another desk", "Not decided yet")
    assert [found[way][-1] for way in ways] == [1, 1, 1, 0, 1, 1, 1]
    assert sum(found[way][-2] for way in ways) == found["Received"][-2]
    assert found["Euros granted"][-1] == 9000


def test_a_decision_counts_when_it_was_made_known(decided, counted):
    decided()
    assert (counted()["Granted"][-1], counted()["Not decided yet"][-1]) == (0, 1)


def test_final_amounts_are_those_that_are_known(known, counted):
    known(costs=("5000",))  # determined at once
    known(costs=("6000",))  # still to show what was done
    assert counted()["Euros of final amounts"][-1] == 5000


def test_days_are_the_middle_one_and_in_time_is_a_share(known, counted):
    for days, late in ((2, False), (4, False), (10, True)):
        one = known()
        by = days_ago(1) if late else days_ago(-5)
        Application.objects.filter(pk=one.application_id).update(received_on=days_ago(days), decide_by=by)
    found = counted()
    assert found["Days, the middle one"][-1] == 4
    assert found["In time, percent"][-1] == 67
    assert counted(timezone.localdate().year - 5)["Days, the middle one"] == [None] * 6


def test_the_middle_and_the_share_are_those_of_all_decisions_one_by_one():
    lengths = [Length(2026, 9, False, 1), Length(2026, 3, True, 2), Length(2025, 4, None, 3), Length(2025, 40, True, 2)]
    days = [one.days for one in lengths for _each in range(one.number)]
    assert middle_of(lengths) == statistics.median(days) == 4
    assert middle_of(lengths[:2]) == 3
    assert middle_of([Length(2026, 3, True, 2), Length(2026, 9, True, 2)]) == statistics.median([3, 3, 9, 9]) == 6
    assert middle_of([]) is None
    assert share_in_time(lengths) == 80
    assert share_in_time(lengths[2:3]) is None


def test_a_decision_counts_once_by_the_last_that_is_known_and_its_days_by_the_first(known, linda, counted):
    before = known(outcome=Outcome.PARTLY, amount="3000", ground=Ground.TOO_HIGH)
    Application.objects.filter(pk=before.application_id).update(received_on=days_ago(7))
    after = replace(before, outcome=Outcome.GRANTED, amount=Decimal(5000), words="U had gelijk.", by=linda, at=timezone.now())
    assert (counted()["Partly granted"][-1], counted()["Euros granted"][-1]) == (1, 3000)
    make_known(after, sent_by=SentBy.POST, on=days_ago(-3), by=linda, at=timezone.now() + datetime.timedelta(days=3))
    found = counted()
    ways = ("Received", "Granted", "Partly granted", "Not decided yet", "Euros granted", "Days, the middle one")
    assert [found[way][-1] for way in ways] == [1, 1, 0, 0, 5000, 7]


def test_what_was_granted_and_then_withdrawn_gives_no_euros(known, counted):
    decision = known(costs=("5000",))
    Application.objects.filter(pk=decision.application_id).update(stage=Stage.WITHDRAWN)
    found = counted()
    ways = ("Received", "Granted", "Withdrawn", "Not decided yet", "Euros granted", "Euros of final amounts")
    assert [found[way][-1] for way in ways] == [1, 0, 1, 0, 0, 0]


def test_a_final_amount_comes_before_what_was_determined_at_once(known, counted, bas):
    decision = known(costs=("5000",))
    letter = Letter.objects.create(application=decision.application, about="settlement", facts={}, made_at=timezone.now())
    Settlement.objects.create(
        application=decision.application, decision=decision, granted=5000, amount=4000, ground="not_done", words="Klaar", letter=letter,
        made_by=bas.uuid, made_at=timezone.now(), known_on=days_ago(0),
    )  # fmt: skip
    assert counted()["Euros of final amounts"][-1] == 4000


def test_how_easy_needs_five_answers(counted):
    for how in (5, 5, 4, 3):
        Ease.objects.create(how=how, channel=Channel.WEB, given_on=days_ago(0))
    assert counted()["How easy, of 5"][-1] is None
    Ease.objects.create(how=4, channel=Channel.WEB, given_on=days_ago(0))
    assert counted()["How easy, of 5"][-1] == 4.2


def test_objections_and_penalties_are_counted_by_how_they_ended(known, counted, bas, make_application):
    decision = known()
    facts = {"decision": decision, "words": "Nee", "decide_by": days_ago(-40), "noted_at": timezone.now(), "received_on": days_ago(0)}
    Objection.objects.create(**facts)
    Objection.objects.create(**facts, outcome="founded", answer="Ja", decided_at=timezone.now())
    PenaltyRate.objects.create(from_on=datetime.date(2010, 1, 1), first=20, second=30, third=40, source="Awb 4:17")
    late = make_application(on=days_ago(60))
    wrong = make_application(on=days_ago(60))
    ClockEvent.objects.create(application=wrong, kind=ClockEventKind.OUTAGE, on=days_ago(50), days=1, at=timezone.now())
    for application, why in ((late, ""), (wrong, "Te vroeg")):
        DefaultNotice.objects.create(
            application=application, received_on=days_ago(19), noted_by=bas.uuid, noted_at=timezone.now(), rejected_why=why
        )
    found = counted()
    ends = ("Objections received", "Objections: There is a new decision", "Objections: Not decided yet")
    assert [found[end][-1] for end in ends] == [2, 1, 1]
    assert (found["Notices that we were late"][-1], found["Euros of penalty"][-1]) == (1, 5 * 20)


def test_a_part_of_the_city_has_what_was_granted_for_each_inhabitant(known, rules, bas):
    known(costs=("5000",))
    load([FigureRow("inwoners", "WK034402", 2025, 40000)], origin=Origin("CBS"), by=bas, at=timezone.now())
    found = {one.name: one for one in evaluation(rules.scheme, timezone.localdate().year, today=timezone.localdate()).areas}
    here = next(one for one in found.values() if one.granted)
    assert (here.received, here.granted, here.amount, here.inhabitants, here.a_head) == (1, 1, 5000, 40000, Decimal("0.13"))
    assert all(one.a_head is None for one in found.values() if one is not here)


def page(name, query=""):
    return "/en" + reverse(f"fund:{name}").removeprefix("/en") + query


def test_the_page_shows_the_numbers_and_how_each_was_counted(signed_in, priya, known):
    known()
    shown = signed_in(priya).get(page("evaluation")).content.decode()
    for text in ("What came in and how it ended", "€5,000", "Drafts do not count.", "Awb 4:24"):
        assert text in shown
    for odd in ("?tot=1", "?tot=veel", "?tot=2019", "?tot=99999999999"):
        assert signed_in(priya).get(page("evaluation", odd)).status_code == 200


def test_the_table_holds_every_number_with_how_it_was_counted(signed_in, priya, known):
    known()
    text = signed_in(priya).get(page("evaluation_csv")).content.decode("utf-8-sig")
    assert text.startswith("Part,What,How it was counted,")
    assert any(line.startswith("The money,Euros granted,") and line.endswith(",5000.00") for line in text.splitlines())
    assert "Euros for each inhabitant" in text


def test_the_document_is_tagged_and_its_tables_have_heads(signed_in, priya, known):
    known()
    answer = signed_in(priya).get(page("evaluation_pdf"))
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        kinds = {str(item.S) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item}
    assert {"/Table", "/TH", "/TD", "/H1", "/H2"} <= kinds


def test_residents_do_not_see_the_numbers_of_staff(signed_in, kees, rules):
    for name in ("evaluation", "evaluation_csv", "evaluation_pdf"):
        assert signed_in(kees).get(page(name)).status_code == 403


def test_the_page_asks_the_same_number_of_questions_for_one_and_for_three(signed_in, priya, known):
    client = signed_in(priya)

    def asked():
        client.get(page("evaluation"))
        with CaptureQueriesContext(connection) as questions:
            client.get(page("evaluation"))
        return len(questions)

    known(costs=("500",))
    first = asked()
    known(costs=("500",))
    known(costs=("500",))
    assert asked() == first
