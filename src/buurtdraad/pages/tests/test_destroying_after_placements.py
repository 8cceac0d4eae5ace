"""What is forgotten after a placement, and when: the day before it stays, the day after it goes; the lesson itself stays."""

import datetime

import pytest

from buurtdraad.pages.destruction.kinds import BY_KIND
from buurtdraad.pages.tests.one_person import NAME, whole_life
from buurtdraad.placements.models import HostFeedback, Lesson, Shift, SimplerRule, Thanks

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ENDED = datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC)
A_YEAR = datetime.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def fatma(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    return whole_life()


def gone(kind, on):
    kept = BY_KIND[kind]
    due = list(kept.due(on))
    assert not [said for said in map(kept.words, due) if NAME in said or "Fatma" in said]
    assert all(getattr(one, kept.since) == ENDED for one in due)
    number = kept.destroy([one.pk for one in due], on=on)
    assert not kept.due(on).exists()
    return number


def test_who_wrote_a_shared_lesson_is_forgotten_after_a_year_and_the_lesson_stays():
    Lesson.objects.update(shared_at=ENDED, made_at=ENDED)
    assert [gone("lesson-writer", A_YEAR), gone("lesson-writer", A_YEAR + DAY)] == [0, 1]
    lesson = Lesson.objects.get()
    assert (lesson.writer, lesson.placement, lesson.text) == (None, None, "Twee formulieren is te veel")


def test_a_lesson_that_was_never_shared_goes_after_a_year():
    Lesson.objects.update(stage="back", why_back="x", shared_at=None, made_at=ENDED)
    SimplerRule.objects.update(stage="open")
    assert [gone("lesson-writer", A_YEAR), gone("lesson-writer", A_YEAR + DAY)] == [0, 1]
    assert not Lesson.objects.exists()


def test_of_a_lesson_that_was_taken_back_a_rule_under_way_stays_without_its_words():
    Lesson.objects.update(stage="withdrawn", shared_at=ENDED, made_at=ENDED)
    assert gone("lesson-writer", A_YEAR + DAY) == 1
    lesson = Lesson.objects.get()
    assert (lesson.writer, lesson.text, lesson.rule.stage) == (None, "-", "busy")


def test_thanks_and_the_words_of_hosts_go_after_a_year():
    Thanks.objects.update(at=ENDED)
    HostFeedback.objects.create(shift=Shift.objects.last(), again=True, words="Zij was erg aardig", at=ENDED)
    for kind in ("thanks", "host-feedback"):
        assert [gone(kind, A_YEAR), gone(kind, A_YEAR + DAY)] == [0, 1]
    assert (Thanks.objects.count(), HostFeedback.objects.get().words, HostFeedback.objects.get().again) == (0, "", True)
