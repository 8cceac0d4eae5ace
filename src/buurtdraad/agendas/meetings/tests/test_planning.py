"""Making meetings known, moving and cancelling them, and reminding who comes."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.actions import NotPossibleNow
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import MOVES, SEAT_MOVES, Seat, Stage
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Mail, Message
from buurtdraad.messages.states import Way

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def test_the_tables_of_moves_are_complete():
    assert set(MOVES) == set(Stage)
    assert set(SEAT_MOVES) == set(Seat)


def test_a_meeting_is_for_staff_until_it_is_announced(make_meeting, joris):
    meeting = make_meeting(announced=False)
    assert not Meeting.objects.on_site().exists()
    actions.announce(meeting, by=joris, at=timezone.now())
    assert Meeting.objects.on_site().get() == meeting
    assert "De Uithoek" in Message.objects.get(contact=None).board
    assert Event.objects.get(verb="meeting.announced").duty == "area_adviser"


def test_what_is_over_is_not_announced(make_meeting, joris):
    past = timezone.now() - 3 * DAY
    meeting = make_meeting(announced=False, starts_at=past, ends_at=past + HOUR)
    with pytest.raises(NotPossibleNow):
        actions.announce(meeting, by=joris, at=timezone.now())


def test_a_move_is_told_to_who_comes_and_to_who_waits_and_raises_the_sequence(make_meeting, plan, come, kees, joris):
    meeting = make_meeting(capacity=1)
    come(meeting, by=kees)
    come(meeting, "Noor", way=Way.CALL, phone="0612345678")
    later = meeting.starts_at + DAY
    assert actions.change(meeting, plan(capacity=1, starts_at=later, ends_at=later + HOUR), by=joris, at=timezone.now())
    assert (meeting.sequence, meeting.starts_at) == (1, later)
    assert Message.objects.filter(contact__isnull=False, subject__startswith="De bijeenkomst is verplaatst").count() == 2
    assert Mail.objects.get().to == "kees@example.nl"


def test_another_title_tells_nobody_and_keeps_the_sequence(meeting, plan, come, kees, joris):
    come(meeting, by=kees)
    assert not actions.change(meeting, plan(title="Praten over de Wilgenhof"), by=joris, at=timezone.now())
    assert (meeting.sequence, meeting.title) == (0, "Praten over de Wilgenhof")
    assert not Mail.objects.exists()


def test_a_cancelled_meeting_says_why_and_tells_who_comes(meeting, come, kees, joris, plan):
    come(meeting, by=kees)
    assert actions.cancel(meeting, why="De zaal is onder water gelopen.", by=joris, at=timezone.now()) == 1
    assert "onder water" in Mail.objects.get().text
    assert meeting.sequence == 1
    with pytest.raises(NotPossibleNow):
        actions.change(meeting, plan(), by=joris, at=timezone.now())
    with pytest.raises(WrongStage):
        actions.announce(meeting, by=joris, at=timezone.now())


def test_a_reminder_goes_once_a_day_before_to_who_comes(make_meeting, come, kees, emine):
    meeting = make_meeting(capacity=1)
    come(meeting, by=kees)
    come(meeting, "Emine", way=Way.CALL, phone="0612345678")
    assert actions.remind(at=meeting.starts_at - 2 * DAY) == 0
    assert actions.remind(at=meeting.starts_at - 20 * HOUR) == 1
    assert actions.remind(at=meeting.starts_at - 19 * HOUR) == 0
    assert Message.objects.filter(subject__startswith="Binnenkort").count() == 1


def test_a_meeting_that_moves_to_later_is_reminded_of_again(meeting, plan, come, kees, joris):
    come(meeting, by=kees)
    at = meeting.starts_at - 20 * HOUR
    actions.remind(at=at)
    later = meeting.starts_at + 7 * DAY
    actions.change(meeting, plan(starts_at=later, ends_at=later + HOUR), by=joris, at=at)
    assert actions.remind(at=later - 20 * HOUR) == 1


def test_what_ended_has_been(meeting):
    assert actions.hold(at=meeting.ends_at - HOUR) == 0
    assert actions.hold(at=meeting.ends_at) == 1
    assert Meeting.objects.get().stage == Stage.HELD


@pytest.mark.parametrize(
    "facts",
    [{"title": ""}, {"capacity": 0}, {"stickers": 0}, {"latitude": 52.1}, {"ends_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
     {"stage": Stage.CANCELLED}, {"cards": 5000}],
)  # fmt: skip
def test_what_may_never_be_stored(meeting, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**facts)
