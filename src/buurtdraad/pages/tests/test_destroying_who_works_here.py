"""What is forgotten of who worked in a neighbourhood, and of who took part in training: the day before it stays, the day after it goes."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.pages.destruction.kinds import BY_KIND
from buurtdraad.pages.tests.one_person import NAME, whole_life
from buurtdraad.partners.models import ContactPicture, LocalContact
from buurtdraad.placements.models import Enrolment, Session

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ENDED = datetime.date(2025, 3, 10)


@pytest.fixture(autouse=True)
def fatma(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    return whole_life()


def gone(kind, on):
    """How many of this kind go on this day; a second time nothing is left to go."""
    kept = BY_KIND[kind]
    due = kept.due(on)
    assert not [one for one in due if NAME in kept.words(one) or "Fatma" in kept.words(one)]
    assert all(timezone.localdate(getattr(one, kept.since)) == ENDED for one in due)
    number = kept.destroy([one.pk for one in due], on=on)
    assert not kept.due(on).exists()
    return number


def test_who_worked_here_is_forgotten_three_months_after_they_left():
    assert not BY_KIND["face"].due(timezone.localdate() + 4000 * DAY).exists(), "who works here stays"
    LocalContact.objects.update(until_on=ENDED)
    assert [gone("face", day) for day in (datetime.date(2025, 6, 10), datetime.date(2025, 6, 11))] == [0, 1]
    left = LocalContact.objects.get()
    assert (left.first_name, left.phone, left.does, left.person, left.on_site) == ("", "", "", None, False)
    assert not ContactPicture.objects.exists()


def test_who_took_part_in_training_is_forgotten_after_five_years_and_the_score_stays():
    noon = datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC)
    Session.objects.update(starts_at=noon - DAY / 24, ends_at=noon)
    assert [gone("training", day) for day in (datetime.date(2030, 3, 10), datetime.date(2030, 3, 11))] == [0, 1]
    left = Enrolment.objects.get()
    assert (left.person, left.words, left.useful, left.stage) == (None, "", 4, "attended")
