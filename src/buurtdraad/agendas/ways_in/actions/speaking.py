"""Spoken notes: keeping one, writing it down, and destroying the sound."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.actions.contacts import HearBack, contact_of
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.queries.notes import known_keys
from buurtdraad.agendas.ways_in.states import MOVES, NoteStage, ReadBack
from buurtdraad.agendas.wishes.actions import Given, choices_for, give
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.agendas.wishes.rules import answer_by
from buurtdraad.agendas.wishes.states import Channel, Kind, Theme
from buurtdraad.audit.actions import record
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.keeping import forget, kept_sound, old_sounds
from buurtdraad.lib.uploads.sounds import CheckedSound
from buurtdraad.messages.actions import add_contact, give_slip, hand_on_slip, tell
from buurtdraad.messages.states import Kind as About
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area

# A sound that no note names and that is older than this is left over from something that went wrong.
LEFT_OVER = datetime.timedelta(hours=1)


def speak(
    sound: CheckedSound, *, area: Area, hears: HearBack, giver: Person | None, by: Person | None, at: datetime.datetime, mark: str | None
) -> SpokenNote:
    """Keep what somebody said until one of the staff has listened. `giver` is who speaks, if they are signed in.

    `by` is who of the staff brought the recording. One form that was sent twice (`mark`) is one note.
    """
    if mark and (sent := SpokenNote.objects.filter(mark=mark).first()):
        return sent
    with kept_sound(sound) as key, transaction.atomic():
        contact = contact_of(hears, giver=giver, by=by, at=at, channel=Channel.SPOKEN)
        if contact is None and by is None:
            # Whoever speaks for themselves can look up what becomes of it.
            contact = add_contact(name="", way=Way.NONE, by=None, at=at, channel=Channel.SPOKEN)
        note = SpokenNote.objects.create(
            area=area, contact=contact, key=key, kind=sound.kind, bytes=len(sound.content), seconds=sound.seconds, made_at=at,
            by=by.uuid if by else None, mark=mark or None,
        )  # fmt: skip
        if contact and contact.way != Way.EMAIL:
            give_slip(contact, thing=note.thing, by=by.uuid if by else None, at=at)
        actor = by or giver
        record(
            "note.spoken", room="agendas", thing=note.thing, by=actor.uuid if actor else None, at=at,
            channel="" if actor else Channel.SPOKEN, payload={"area": area.code, "bytes": note.bytes},
        )  # fmt: skip
    return note


@dataclass(frozen=True)
class WrittenDown:
    """What somebody heard in a note, and whether the giver agrees with the words."""

    text: str
    kind: Kind
    theme: Theme
    read_back: str = ""


@transaction.atomic
def write_down(note: SpokenNote, heard: WrittenDown, *, by: Person, duty: str, at: datetime.datetime) -> Wish:
    """Make a wish of a note, and destroy the sound. The promise of an answer runs from when it was spoken.

    Raises `WrongStage` when somebody else was first.
    """
    end(note, NoteStage.WRITTEN, by=by, at=at, read_back=ReadBack(heard.read_back) if heard.read_back else "")
    given = Given(heard.text, note.area, heard.kind, heard.theme, Channel.SPOKEN)
    wish = give(given, contact=note.contact, by=by, at=at, mark=f"note:{note.uuid}")
    promised = answer_by(localdate(note.made_at), choices_for(note.area).answer_within)
    Wish.objects.filter(pk=wish.pk).update(given_at=note.made_at, answer_by=promised)
    Giver.objects.filter(wish=wish).update(given_at=note.made_at)
    wish.given_at, wish.answer_by = note.made_at, promised
    SpokenNote.objects.filter(pk=note.pk).update(wish=wish)
    if note.contact:
        hand_on_slip(note.contact, thing=note.thing, to=f"wish:{wish.reference}")
    payload = {"wish": wish.reference, "read_back": heard.read_back}
    record("note.written", room="agendas", thing=note.thing, by=by.uuid, duty=duty, at=at, payload=payload)
    return wish


@transaction.atomic
def drop(note: SpokenNote, *, by: Person, duty: str, at: datetime.datetime) -> None:
    """Nothing can be understood: the sound is destroyed, and who left a way to be told is asked to try again. Raises `WrongStage`."""
    end(note, NoteStage.UNHEARD, by=by, at=at)
    if note.contact:
        tell(
            note.contact,
            kind=About.WISH,
            subject=_("We could not understand your recording"),
            body=_("You spoke in a wish. We listened, but could not understand it. Please call us, or speak it in again."),
            link="/wensen/inspreken/",
            area=note.area,
            by=by.uuid,
            at=at,
        )
    record("note.unheard", room="agendas", thing=note.thing, by=by.uuid, duty=duty, at=at)


def end(note: SpokenNote, stage: NoteStage, *, by: Person, at: datetime.datetime, read_back: str = "") -> None:
    """Of two people at once one succeeds; the sound goes after the commit."""
    key, facts = note.key, {"key": "", "ended_at": at, "ended_by": by.uuid, "read_back": read_back}
    # The database holds that a note that was heard has no sound: that goes first, and comes back if another was first.
    SpokenNote.objects.filter(pk=note.pk, stage=NoteStage.WAITING).update(**facts)
    move(note, stage, moves=MOVES)
    if key:
        transaction.on_commit(partial(forget, key))


def sweep(*, at: datetime.datetime) -> int:
    """Destroy sounds that no note names any more, such as after a crash between commit and destroying. Returns how many."""
    old = old_sounds(before=at - LEFT_OVER)
    left = set(old) - known_keys()
    for key in left:
        forget(key)
    return len(left)
