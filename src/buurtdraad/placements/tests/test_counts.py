"""Numbers of people per department and theme: never below five, never a person, the same for staff as for everybody."""

import pytest

from buurtdraad.placements.models import Lesson, Placement
from buurtdraad.placements.own.actions.after import erase
from buurtdraad.placements.queries.counting import counts, tidy
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def departments(make_shift, make_placement, colleagues):
    """Six of Groen, nine of Zorg, two of Belastingen; each was there twice."""
    people = colleagues(17)
    for _twice in range(2):
        shift = make_shift()
        for person, department in zip(people, ["Groen"] * 6 + ["Zorg"] * 9 + ["Belastingen"] * 2, strict=True):
            make_placement(person, shift=shift, department=department)
    return people


def test_all_that_is_counted_takes_three_queries(departments, django_assert_num_queries):
    with django_assert_num_queries(3):
        counts()


def test_people_are_counted_once_and_a_small_department_is_not_shown(client, signed_in, noor, departments):
    found = counts().departments
    assert found.shown == {}
    assert found.total == 17
    page = client.get("/stages/").text
    assert "anderen samen: 17" in page
    for word in ("Belastingen", "Collega"):
        assert word not in page


def test_large_departments_are_shown_and_staff_see_no_more(client, signed_in, noor, departments):
    Placement.objects.filter(department="Belastingen").delete()
    assert counts().departments.shown == {"Groen": 6, "Zorg": 9}
    signed_in(noor)
    table = client.get("/werk/stages/aantallen.csv").text
    assert "Groen;6" in table
    assert "Collega" not in table
    assert [line.split(";")[-1] for line in table.split("\r\n")[1:] if line] == ["6", "9"]


def test_one_person_who_came_ten_times_is_one(make_placement, tom):
    for _n in range(10):
        make_placement(tom)
    assert counts().departments.shown == {}
    assert counts().departments.total is None


def test_people_whom_we_forgot_never_make_a_group_larger(make_placement, colleagues):
    for person in colleagues(4):
        for _n in range(3):
            make_placement(person)
    Placement.objects.update(person=None)
    assert counts().departments.shown == {}


def test_a_department_is_one_however_it_is_written():
    assert {tidy(each) for each in ("groen  en spelen", "Groen en Spelen", " GROEN EN SPELEN ")} == {"Groen en spelen"}


def test_themes_count_who_shared_a_lesson(areas, colleagues):
    facts = {"department": "Groen", "text": "Een les", "stage": "shared", "shared_at": NOW, "made_at": NOW}
    for person in colleagues(5):
        Lesson.objects.create(writer=person, theme="money", **facts)
    assert counts().themes.shown == {"geld": 5}
    Lesson.objects.create(writer=None, theme="language", **facts)
    assert "taal" not in counts().themes.shown


def test_erasing_leaves_the_shared_lesson_and_the_rule_without_the_person(shared, lesson, tom, rule):
    erase(tom, at=NOW)
    shared.refresh_from_db()
    rule.refresh_from_db()
    assert (shared.writer, shared.placement, shared.text != "") == (None, None, True)


def test_erasing_takes_what_others_never_saw(lesson, tom):
    erase(tom, at=NOW)
    assert not Lesson.objects.exists()
