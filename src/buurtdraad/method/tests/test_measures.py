"""Each measure: what counts for an area, since when."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise, TopicFacts
from buurtdraad.agendas.agenda.states import Method, OwnerKind, Said, Stage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.method.models import Lesson
from buurtdraad.method.queries.measures import MEASURES, Asked, codes_of, value_of, values_in
from buurtdraad.method.states import Measure
from buurtdraad.method.tests.running import *  # noqa: F403 (a method and a run)
from buurtdraad.method.tests.running import DAY, NOW, TODAY, partner
from buurtdraad.partners.models import Accord, AccordVersion, Kind

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + DAY


def test_every_measure_has_an_answer_and_is_nothing_in_an_empty_area(areas):
    assert set(MEASURES) == set(Measure)
    assert {value_of(measure, areas["WK034403"], TODAY) for measure in Measure} == {0}


def test_all_measures_of_several_areas_are_four_questions(areas, django_assert_num_queries):
    make = [Asked(Measure.values, areas[code], TODAY) for code in ("WK034402", "zuilen-oost", "GM0344", "BU03440241")]
    Lesson.objects.create(run=None, happened="Elders.", next_time="Bellen.", at=NOW)
    for asked in (make[:1], make):
        with django_assert_num_queries(4):
            counted = values_in([*asked, Asked([], areas["WK034403"], TODAY)])
    assert counted == [dict.fromkeys(sorted(Measure.values), 0)] * 4 + [{}]


@pytest.mark.parametrize(
    ("code", "there"),
    [
        ("GM0344", None),
        ("WK034402", {"WK034402", "BU03440241", "BU03440242", "zuilen-oost"}),
        ("zuilen-oost", {"BU03440241", "BU03440242", "zuilen-oost"}),
        ("BU03440241", {"BU03440241", "zuilen-oost"}),
        ("WK034403", {"WK034403", "BU03440321"}),
    ],
)
def test_what_lies_in_an_area_and_is_of_it_counts(areas, code, there):
    assert codes_of(areas[code]) == there


def test_wishes_count_since_the_run_began_and_by_how_many_have_an_answer(areas, make_wish, noor):
    first = make_wish("Een bank")
    make_wish("Een boom", area="BU03440242")
    make_wish("Een lamp", area="BU03440321")
    make_wish("Een pad", at=timezone.now() - 20 * DAY)
    wishes.answer([first], text="We komen kijken", stage=None, by=noor, at=NOW)
    zuilen, since = areas["zuilen-oost"], TODAY - DAY
    assert value_of("wishes", zuilen, since) == 2
    assert value_of("wishes", zuilen, since - 30 * DAY) == 3
    assert value_of("wishes_answered", zuilen, since) == 50
    assert value_of("wishes_answered", zuilen, since - 30 * DAY) == 33
    assert value_of("wishes", areas["GM0344"], since) == 3


def test_topics_count_with_how_they_were_chosen_and_once_when_they_go_on(areas, noor):
    zuilen = areas["zuilen-oost"]
    draft = agendas.make_draft(zuilen, by=noor, at=NOW)
    for title, method in (("Groen", Method.STICKERS), ("Schoon", "")):
        agendas.add_topic(draft, TopicFacts(title, method=method, chosen_on=TODAY), by=noor, at=NOW)
    assert value_of("topics_chosen", zuilen, TODAY) == 1
    agendas.adopt(draft, adopted_by="De avond", valid_from=TODAY, by=noor, at=NOW)
    later = agendas.make_draft(zuilen, by=noor, at=NOW)
    agendas.add_topic(later, TopicFacts("Jeugd", method=Method.STICKERS), by=noor, at=NOW)
    assert value_of("topics_chosen", zuilen, TODAY) == 2
    assert value_of("topics_chosen", zuilen, TOMORROW) == 1, "what is being made has no day yet, and counts"
    assert value_of("topics_chosen", areas["WK034402"], TODAY) == 2, "the working area lies in the district"
    assert value_of("topics_chosen", areas["WK034403"], TODAY) == 0


def test_agreements_count_when_an_owner_said_yes_and_when_done(areas, noor):
    zuilen = areas["zuilen-oost"]
    draft = agendas.make_draft(zuilen, by=noor, at=NOW)
    topic = agendas.add_topic(draft, TopicFacts("Groen"), by=noor, at=NOW)
    agendas.adopt(draft, adopted_by="De avond", valid_from=TODAY, by=noor, at=NOW)
    topic.refresh_from_db()
    made = [agendas.add_agreement(topic, Promise(what), by=noor, at=NOW) for what in ("Bank", "Boom", "Lamp")]
    for one in made[:2]:
        owner = agendas.add_owner(one, OwnerFacts("Bewoners", OwnerKind.RESIDENT), by=noor, at=NOW)
        agendas.accept(owner, said_by="Kees", how=Said.TOLD, by=noor, at=NOW)
    assert value_of("agreements_accepted", zuilen, TODAY) == 2
    assert value_of("agreements_accepted", zuilen, TOMORROW) == 0
    agendas.move_on(made[0], Stage.DONE, by=noor, at=NOW)
    agendas.move_on(made[1], Stage.STOPPED, why="Geen plek", by=noor, at=NOW)
    assert value_of("agreements_accepted", zuilen, TODAY) == 1
    assert value_of("agreements_done", zuilen, TODAY) == 1
    assert value_of("agreements_done", zuilen, TOMORROW) == 0


def test_meetings_count_when_they_were_and_are_rounded_off(areas):
    for number, stage in enumerate(("closed", "held", "closed")):
        begins = NOW - (30 * DAY if number == 2 else DAY)
        Meeting.objects.create(
            area=areas["BU03440241"], title="Avond", starts_at=begins, ends_at=begins + DAY / 24, place="Hier", code=f"c{number}",
            stage=stage, made_at=NOW, changed_at=NOW,
        )  # fmt: skip
    assert value_of("meetings_held", areas["zuilen-oost"], TODAY - 2 * DAY) == 1
    assert value_of("meetings_held", areas["zuilen-oost"], TODAY - 40 * DAY) == 2


def test_partners_count_that_work_in_it_or_above_it_once_and_not_when_over(areas):
    here = partner("De Brug", Kind.WELFARE, areas["BU03440241"])
    partner("Politie", Kind.POLICE, areas["GM0344"])
    partner("Oud", Kind.OTHER, areas["BU03440241"], until_on=TODAY - DAY)
    partner("De Brug (dubbel)", Kind.WELFARE, areas["BU03440241"], joined_to=here)
    partner("Elders", Kind.OTHER, areas["BU03440321"])
    assert value_of("partners", areas["zuilen-oost"], TODAY) == 2


def test_accords_count_while_they_are_in_force(areas):
    for number, (code, stage, over_on) in enumerate(
        (
            ("WK034402", "in_force", None),
            ("BU03440241", "draft", None),
            ("zuilen-oost", "in_force", TODAY - DAY),
            ("WK034403", "in_force", None),
        )
    ):
        accord = Accord.objects.create(made_at=NOW)
        accord.areas.add(areas[code])
        since = None if stage == "draft" else TODAY - 9 * DAY
        AccordVersion.objects.create(
            accord=accord, number=1, stage=stage, title=f"Akkoord {number}", goal="Samen", in_force_on=since, over_on=over_on
        )
    assert value_of("accords", areas["BU03440241"], TODAY) == 1


def test_lessons_count_of_runs_in_the_area(run, areas):
    Lesson.objects.create(run=run, happened="x", next_time="y", at=NOW)
    Lesson.objects.create(run=run, happened="x", next_time="y", at=NOW - datetime.timedelta(days=9))
    Lesson.objects.create(happened="x", next_time="y", at=NOW)
    assert value_of("lessons", areas["WK034403"], TODAY) == 1
    assert value_of("lessons", areas["GM0344"], TODAY) == 1
