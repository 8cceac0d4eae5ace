"""In the room: wishes that come in by the code, stickers of each device, and those on paper."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.actions.telling import note
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish, PaperCount, Sticker, Voter
from buurtdraad.agendas.meetings.queries.room import wishes_in
from buurtdraad.agendas.meetings.rules import WrongNumbers, checked_counts
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.actions import Given
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Channel, Kind, Theme
from buurtdraad.lib.refusal import Refused


class NoSticker(Refused):
    """This sticker cannot be put."""


class WrongCounts(Refused):
    """These numbers on paper cannot be."""


@transaction.atomic
def give_wish(
    meeting: Meeting, text: str, theme: Theme, *, at: datetime.datetime, doubts: Collection[str] = (), mark: str = "",
    by: Person | None = None,
) -> Wish:  # fmt: skip
    """A wish of somebody in the room. The same form sent twice is one. What is harmless stands on the screen at once."""
    given = Given(text, meeting.area, Kind.WISH, theme, Channel.MEETING)
    wish = wishes.give(given, contact=None, by=by, at=at, doubts=doubts, mark=mark or None)
    # That it was given stands in the record already.
    MeetingWish.objects.bulk_create([MeetingWish(meeting=meeting, wish=wish)], ignore_conflicts=True)
    return wish


@transaction.atomic
def add_wish(meeting: Meeting, wish: Wish, *, by: Person | None, at: datetime.datetime) -> bool:
    """It was talked about in this meeting; whether that was new."""
    _link, made = MeetingWish.objects.get_or_create(meeting=meeting, wish=wish)
    if made:
        note("meeting.wish_given", meeting, by=by, at=at, channel="room", payload={"wish": wish.reference}, touches=False)
    return made


@transaction.atomic
def set_voting(meeting: Meeting, on: bool, *, by: Person, at: datetime.datetime) -> None:
    """Open or end the putting of stickers; what was put stays."""
    if Meeting.objects.filter(pk=meeting.pk, voting=not on).update(voting=on):
        meeting.voting = on
        note("meeting.voting_opened" if on else "meeting.voting_closed", meeting, by=by, at=at, touches=False)


@transaction.atomic
def put_sticker(meeting: Meeting, key: str, wish_id: int) -> None:
    """Put one of this voter's stickers on a wish, on each wish one. Writes no event: of a sticker nobody knows whose it is.

    Raises `NoSticker` when there are none left, stickers cannot be put now, or the wish is not one of this meeting.
    """
    if not Meeting.objects.filter(pk=meeting.pk, voting=True).exists():
        raise NoSticker(_("Stickers cannot be put now. Wait until we say so."))
    if not wishes_in(meeting).filter(pk=wish_id).exists():
        raise NoSticker(_("This wish is not in this meeting."))
    voter, _made = Voter.objects.get_or_create(meeting=meeting, key=key)
    Voter.objects.select_for_update().get(pk=voter.pk)
    mine = set(Sticker.objects.filter(voter=voter).values_list("wish_id", flat=True))
    if wish_id in mine:
        return
    if len(mine) >= meeting.stickers:
        raise NoSticker(_("You have no sticker left. Take one away first."))
    Sticker.objects.create(voter=voter, wish_id=wish_id)


@transaction.atomic
def take_sticker(meeting: Meeting, key: str, wish_id: int) -> None:
    """Take one's own sticker away again. Raises `NoSticker` when the putting is over."""
    if not meeting.voting:
        raise NoSticker(_("Stickers cannot be put now. Wait until we say so."))
    Sticker.objects.filter(voter__meeting=meeting, voter__key=key, wish_id=wish_id).delete()


@transaction.atomic
def count_paper(meeting: Meeting, *, people: int, counts: Mapping[int, int], by: Person, at: datetime.datetime) -> None:
    """The stickers on paper: how many people, and how many on each wish (by its id). The last count holds. Raises `WrongCounts`."""
    try:
        checked_counts(list(counts.values()), people=people, each=meeting.stickers)
    except WrongNumbers:
        raise WrongCounts(
            ngettext(
                "These numbers cannot be right. %(people)s person has %(most)s stickers at most.",
                "These numbers cannot be right. %(people)s people have %(most)s stickers at most.",
                people,
            )
            % {"people": people, "most": people * meeting.stickers}
        ) from None
    known = set(wishes_in(meeting).filter(pk__in=counts).values_list("pk", flat=True))
    if known != set(counts):
        raise WrongCounts(_("This wish is not in this meeting."))
    Meeting.objects.filter(pk=meeting.pk).update(paper_people=people)
    PaperCount.objects.filter(meeting=meeting).delete()
    PaperCount.objects.bulk_create(PaperCount(meeting=meeting, wish_id=wish, stickers=number) for wish, number in counts.items() if number)
    meeting.paper_people = people
    note("meeting.paper_counted", meeting, by=by, at=at, payload={"people": people, "stickers": sum(counts.values())}, touches=False)
