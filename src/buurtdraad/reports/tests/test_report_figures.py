"""Every number of a report is counted a second time here: by going over all rows one by one, in plain Python."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.wishes.models import Supporter, Wish
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.challenges.models import Aim, Pledge
from buurtdraad.fund.models import Application, Decision
from buurtdraad.initiatives.models import Initiative, Opinion
from buurtdraad.method.models import Lesson as MethodLesson
from buurtdraad.method.models import RunStep
from buurtdraad.money.models import Commitment, Payment
from buurtdraad.placements.models import Lesson, Placement, Shift
from buurtdraad.places.models import Area, AreaChange, AreaYear, Kind
from buurtdraad.reports.models import Finding, MeasureValue
from buurtdraad.reports.queries.figures import DEFINITIONS, LISTS, Counting, Period
from buurtdraad.reports.showing import narrowed
from buurtdraad.reports.tests.report_city import FROM, TODAY, UNTIL, ZO, days_ago, fill
from buurtdraad.works.models import Buurtcheck, Work, WorkMoney

pytestmark = pytest.mark.django_db
PERIOD = Period.of(FROM, UNTIL, TODAY)
IN_ZUILEN = {"zuilen-oost", "BU03440241", "BU03440242"}


def day(moment):
    return timezone.localdate(moment) if isinstance(moment, datetime.datetime) else moment


def inside(moment):
    return moment is not None and FROM <= day(moment) <= TODAY


def wishes_by_fate(codes=None):
    """How it stood with each wish, told in another way than the product does: by walking through the days of the period."""
    found = Counter()
    for wish in Wish.objects.all():
        if codes and wish.area.code not in codes:
            continue
        found["gegeven"] += inside(wish.given_at)
        in_time = wish.answered_at and day(wish.answered_at) <= wish.answer_by
        days = [FROM + datetime.timedelta(days=number) for number in range((TODAY - FROM).days + 1)]
        if in_time and day(wish.answered_at) in days:
            found["op-tijd"] += 1
        elif not in_time and wish.answer_by + datetime.timedelta(days=1) in days:
            found["te-laat"] += 1
        elif day(wish.given_at) <= TODAY and not wish.answered_at and wish.answer_by >= TODAY:
            found["heeft-tijd"] += 1
    return found


def agreements(codes=None):
    for one in Agreement.objects.all():
        stopped = [step.at for step in one.steps.all() if step.stage == "stopped"]
        over = (one.done_on and one.done_on < FROM) or (one.stage == "stopped" and day(max(stopped)) < FROM)
        if not over and (not codes or one.area.code in codes):
            yield one


def works():
    for one in Work.objects.all():
        over = (one.done_on and one.done_on < FROM) or (one.stage == "stopped" and day(one.changed_at) < FROM)
        if one.public and one.kind == "project" and not over:
            yield one


def still_open(one):
    return one.stage not in {"done", "stopped"}


def plans():
    for one in Initiative.objects.all():
        if one.showing == "shown" and one.stage != "stopped" and not (one.done_on and one.done_on < FROM):
            yield one


def aims():
    return [one for one in Aim.objects.all() if (not one.done_on or one.done_on >= FROM) and (one.due_on <= UNTIL or one.done_on)]


def pledges():
    return [one for one in Pledge.objects.all() if not one.done_on or one.done_on >= FROM]


def work_money(field):
    years = {FROM.year, UNTIL.year}
    return sum((getattr(one, field) for one in WorkMoney.objects.all() if one.year in years and one.work.public), Decimal(0))


def commitments():
    return [one for one in Commitment.objects.all() if one.amount > 0 and inside(one.told_on)]


def shared_lessons():
    return [one for one in Lesson.objects.all() if one.stage == "shared" and inside(one.shared_at)]


def held_shifts():
    return [one for one in Shift.objects.all() if one.stage == "held" and inside(one.starts_at)]


def held_meetings():
    return [one for one in Meeting.objects.all() if one.stage in {"held", "closed"} and inside(one.starts_at)]


def slow():
    """What each number should be, in the whole city."""
    fate = wishes_by_fate()
    agreed, sheets, started = list(agreements()), list(works()), list(plans())
    granted = [one for one in Decision.objects.all() if inside(one.known_on) and one.outcome in {"granted", "partly"}]
    checks = [one for one in Buurtcheck.objects.all() if inside(one.finished_at)]
    rounds = [one for one in BudgetRound.objects.all() if one.stage in {"adopted", "done"} and inside(one.closed_at)]
    asked = [one for one in Application.objects.all() if inside(one.received_on)]
    voices = Counter(one.initiative.pk for one in Opinion.objects.all() if inside(one.given_at) and one.initiative.showing == "shown")
    chosen = [one for one in Topic.objects.all() if inside(one.chosen_on)]
    return {
        "wensen": fate["gegeven"],
        "wensen-aan-de-beurt": fate["op-tijd"] + fate["te-laat"],
        "wensen-op-tijd": fate["op-tijd"],
        "wensen-te-laat": fate["te-laat"],
        "wensen-te-laat-waarom": 1,
        "wensen-met-tijd": fate["heeft-tijd"],
        "steun": sum(1 for one in Supporter.objects.all() if one.wants and inside(one.since) and one.wish.showing == "shown"),
        "bijeenkomsten": len(held_meetings()),
        "bezoekers": sum(int(one.outcome.band[:2]) for one in held_meetings() if hasattr(one, "outcome")),
        "onderwerpen": Topic.objects.count(),
        "onderwerpen-gekozen": len(chosen),
        "afspraken": len(agreed),
        "afspraken-klaar": sum(one.stage == "done" for one in agreed),
        "afspraken-bezig": sum(one.stage in {"looking", "running"} for one in agreed),
        "afspraken-te-doen": sum(one.stage == "todo" for one in agreed),
        "afspraken-later": sum(one.stage == "later" for one in agreed),
        "afspraken-gestopt": sum(one.stage == "stopped" for one in agreed),
        "afspraken-te-laat": sum(still_open(one) and one.due_on is not None and one.due_on < TODAY for one in agreed),
        "initiatieven": len(started),
        "initiatieven-nieuw": sum(inside(one.made_at) for one in started),
        "initiatieven-klaar": sum(one.stage == "done" for one in started),
        "meningen": sum(number for number in voices.values() if number >= 5),
        "aanvragen": len(asked),
        "aanvragen-euro": sum(one.asked for one in asked),
        "toegekend": len(granted),
        "toegekend-euro": sum(one.amount for one in granted),
        "afgewezen": sum(1 for one in Decision.objects.all() if inside(one.known_on) and one.outcome == "refused"),
        "budgetten": len(rounds),
        "stemmers": sum(max(part.counted.ballots for part in one.parts.all()) for one in rounds),
        "werkgeld-gepland": work_money("planned"),
        "werkgeld-vastgelegd": work_money("committed"),
        "werkgeld-uitgegeven": work_money("spent"),
        "geld-beloofd": sum(one.amount for one in commitments()),
        "geld-betaald": sum(one.amount for one in Payment.objects.all() if one.stage == "paid" and inside(one.paid_on)),
        "beloften": len(aims()),
        "beloften-klaar": sum(one.done_on is not None for one in aims()),
        "beloften-te-laat": sum(one.done_on is None and one.due_on < TODAY for one in aims()),
        "toezeggingen-open": sum(one.done_on is None for one in pledges()),
        "toezeggingen-klaar": sum(one.done_on is not None for one in pledges()),
        "werken": len(sheets),
        "werken-klaar": sum(one.stage == "done" for one in sheets),
        "werken-bezig": sum(one.stage == "busy" for one in sheets),
        "werken-gepland": sum(one.stage == "planned" for one in sheets),
        "werken-stil": sum(one.stage == "paused" for one in sheets),
        "werken-te-laat": sum(still_open(one) and one.until_on < TODAY for one in sheets),
        "werken-open": sum(still_open(one) for one in sheets),
        "werken-bevestigd": sum(
            still_open(one) and one.confirmed_at is not None and day(one.confirmed_at) >= days_ago(61) for one in sheets
        ),
        "werken-uit-buurt": sum(one.answers.exists() for one in sheets),
        "buurtchecks": len(checks),
        "afdelingen-met-check": len({one.department for one in checks}),
        "bevindingen-gevonden": sum(inside(one.found_at) for one in Finding.objects.all()),
        "bevindingen-opgelost": sum(inside(one.solved_at) for one in Finding.objects.all()),
        "meting": max(MeasureValue.objects.all(), key=lambda one: one.month).value,
        "lessen": len(shared_lessons()) + sum(inside(one.at) for one in MethodLesson.objects.all()),
        "meelopen": len(held_shifts()),
        "meelopers": sum(1 for one in Placement.objects.all() if one.stage == "attended" and one.shift in held_shifts()),
        "stappen-gezet": sum(inside(one.until_on) for one in RunStep.objects.all()),
    }


def test_every_number_is_the_same_when_it_is_counted_by_going_over_all_rows(areas):
    fill(areas)
    counting = Counting(PERIOD)
    expected = slow()
    assert set(expected) == set(DEFINITIONS)
    assert {name: counting.count(name).value for name in DEFINITIONS} == expected
    # A test in which everything is nothing would say nothing.
    assert not [name for name, value in expected.items() if not value and name not in {"afspraken-gestopt"}]


def test_the_numbers_of_an_area_are_those_of_what_lies_in_it(areas):
    fill(areas)
    counting = Counting(PERIOD)
    fate = wishes_by_fate(IN_ZUILEN)
    by = {"area": "zuilen-oost"}
    assert counting.count("wensen-op-tijd", **by).value == fate["op-tijd"] == 2
    assert counting.count("wensen-aan-de-beurt", **by).value == fate["op-tijd"] + fate["te-laat"] == 4
    assert counting.count("wensen-met-tijd", **by).value == fate["heeft-tijd"] == 1
    assert counting.count("afspraken", **by).value == len(list(agreements(IN_ZUILEN)))
    sheets = [one for one in works() if any(where.area.code in IN_ZUILEN for where in one.work_areas.all())]
    assert counting.count("werken", **by).value == len(sheets)
    assert counting.count("wensen", area="WK034403").value == wishes_by_fate({"WK034403", "BU03440321"})["gegeven"]


def test_the_numbers_of_an_ambition_are_those_of_its_challenges(areas):
    fill(areas)
    counting = Counting(PERIOD)
    sheets = [one for one in works() if one.challenge and one.challenge.ambition.code == "groen"]
    assert counting.count("werken", ambition="groen").value == len(sheets) == 3
    assert counting.count("initiatieven", ambition="groen").value == 1
    assert counting.count("beloften", ambition="nabij").value == 2
    assert counting.count("werkgeld-gepland", group="municipality").value == work_money("planned")


def test_the_list_behind_a_number_is_as_long_as_the_number(areas):
    fill(areas)
    counting = Counting(PERIOD)
    for name, one in DEFINITIONS.items():
        rows, value = counting.behind(name), counting.count(name).value
        assert value == len(rows) or one.value.__name__ in {"in_all", "the_last", "departments"}, name


def test_counting_takes_as_many_queries_for_twenty_areas_as_for_one(areas, django_assert_max_num_queries):
    fill(areas)
    counting = Counting(PERIOD)
    for name in LISTS:
        counting.rows(name)
    codes = ["zuilen-oost", "WK034402", "WK034403", *(f"BU0344{number:04}" for number in range(20))]
    with django_assert_max_num_queries(3):
        counting.reaches(codes)
        for code in codes:
            for name in DEFINITIONS:
                counting.count(name, area=code)


def test_a_wish_counts_in_one_half_year_and_never_in_two(areas):
    fill(areas)
    halves = [Period(FROM - datetime.timedelta(days=200), FROM - datetime.timedelta(days=1), FROM - datetime.timedelta(days=1)), PERIOD]
    counted = [row.reference for half in halves for row in Counting(half).behind("wensen-aan-de-beurt")]
    assert len(counted) == len(set(counted)) > 0


def test_an_area_that_went_up_in_another_counts_there(areas):
    fill(areas)
    old = Area.objects.create(code="BU03440299", kind=Kind.NEIGHBOURHOOD)
    AreaYear.objects.create(
        area=old, year=2020, name="Vroeger", parent=areas["WK034402"], municipality=areas["GM0344"], loaded_at=timezone.now()
    )
    AreaChange.objects.create(from_area=old, to_area=areas[ZO], year=2025, kind="joined", share=1)
    before = Counting(PERIOD).count("wensen", area="zuilen-oost").value
    wish = Wish.objects.filter(area=areas[ZO], reference="ZO-5").get()
    Wish.objects.filter(pk=wish.pk).update(area=old)
    assert Counting(PERIOD).count("wensen", area="zuilen-oost").value == before


def test_no_row_holds_words_or_names_of_residents(areas, noor):
    fill(areas)
    counting = Counting(PERIOD)
    kept = str([row.as_kept() for name in LISTS for row in counting.rows(name)])
    for private in ("Een bank voor mij", "Kees Vermeer", "K. Vermeer", "NL00", "geheim is", "Niet op de site", "Geheim"):
        assert private not in kept
    assert not Person.objects.filter(name__in=[row.words for row in counting.rows("wensen")]).exists()


def test_every_definition_says_what_it_counts_where_from_and_what_not():
    for name, one in DEFINITIONS.items():
        assert str(one.title), name
        assert str(one.counts).endswith("."), name
        assert str(LISTS[one.of].source).endswith("."), name
        assert str(LISTS[one.of].limits).endswith("."), name


def test_a_measure_of_coherence_is_called_by_its_name():
    with override("nl"):
        assert narrowed({"areas": {}, "sections": []}, {"group": "first_action"}) == "Dagen van wens tot eerste actie"
        assert narrowed({"areas": {}, "sections": []}, {"group": "Groen"}) == "Groen"
