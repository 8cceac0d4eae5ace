"""Telling somebody something: the one place, whatever way they hear from us."""

import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.messages import emails
from buurtdraad.messages.actions.choices import contact_for
from buurtdraad.messages.actions.mailing import paragraphs, post
from buurtdraad.messages.models import Contact, Message, Slip
from buurtdraad.messages.queries import rhythm_of
from buurtdraad.messages.rules import new_slip_number, one_line
from buurtdraad.messages.states import ALWAYS, CHOOSABLE, Kind, Rhythm, Stage, Way
from buurtdraad.places.models import Area

type Words = str | Promise


@transaction.atomic
def tell(
    to: Person | Contact,
    *,
    kind: Kind,
    subject: Words,
    body: Words,
    link: str,
    area: Area | None = None,
    thing: str = "",
    board: Words = "",
    by: UUID | None,
    at: datetime.datetime,
) -> Message | None:
    """Tell somebody something, in the way and the language they chose. None when it is their own deed: they know;
    and for who was erased.

    `subject` says how it stands in one line and names nobody: a slip shows it too. `body` holds paragraphs parted by an
    empty line. Both may be lazy: they are read in the language of the receiver (`format_lazy` for values in it).
    `link` is a path of ours without language ("/wensen/ZO-42/"). `board` is a sentence for everybody, for the poster.
    Who has no e-mail gets a slip for the `thing`. It writes no event: that is for the deed that it tells of.
    Raises `ValueError` for a link to elsewhere.
    """
    if isinstance(to, Person) and to.erased_at:
        return None
    contact = contact_for(to, at=at) if isinstance(to, Person) else to
    if by is not None and contact.person and contact.person.uuid == by:
        return None
    way, rhythm = way_of(contact, kind), rhythm_of(contact, kind, area)
    stage = Stage.WAITING if way in {Way.EMAIL, Way.CALL} and rhythm != Rhythm.NEVER else Stage.KEPT
    with override(contact.language):
        message = Message(contact=contact, kind=kind, subject=one_line(str(subject)), body=str(body), link=link, area=area, thing=thing)
    with override("nl"):
        message.board = one_line(str(board))
    message.way, message.rhythm, message.stage, message.by, message.made_at = way, rhythm, stage, by, at
    emails.address(link)  # a link to elsewhere stops here, whatever the way
    message.save()
    if thing and way != Way.EMAIL:
        give_slip(contact, thing=thing, by=by, at=at)
    if stage == Stage.WAITING and way == Way.EMAIL and rhythm == Rhythm.AT_ONCE:
        mail_at_once(message, contact, at)
    return message


def way_of(contact: Contact, kind: Kind) -> Way:
    """How a message about this goes: as chosen, and by e-mail only to an address that its owner confirmed.

    What the city must tell goes by e-mail also to who chose to hear nothing.
    """
    way = Way(contact.way)
    if way == Way.EMAIL and not mail_address(contact):
        return Way.NONE
    if kind in ALWAYS and way != Way.CALL and mail_address(contact):
        return Way.EMAIL
    return way


def mail_address(contact: Contact) -> str:
    """Where mail for this contact goes; empty while there is no address that they confirmed by a link."""
    person = contact.person
    return person.email or "" if person and person.is_active and person.confirmed_at else ""


def mail_at_once(message: Message, contact: Contact, at: datetime.datetime) -> None:
    """One message as one mail."""
    language = contact.language
    stop = emails.stop_url(contact, message.kind, message.area.code if message.area else "") if message.kind in CHOOSABLE else ""
    written = emails.letter(
        message.subject, paragraphs(message.body), url=emails.address(message.link, language), stop_url=stop, language=language
    )
    post(mail_address(contact), written, kind=message.kind, stop_url=stop, contact=contact, messages=[message], at=at)


@transaction.atomic
def announce(area: Area, *, kind: Kind, board: str, link: str = "", thing: str = "", by: UUID | None, at: datetime.datetime) -> Message:
    """Tell everybody in an area something by the board in the community centre: one sentence (Dutch) that names nobody."""
    emails.address(link)
    return Message.objects.create(
        kind=kind, subject=one_line(board), link=link, area=area, thing=thing, board=one_line(board),
        way=Way.BOARD, stage=Stage.KEPT, by=by, made_at=at,
    )  # fmt: skip


@transaction.atomic
def hand_on_slip(contact: Contact, *, thing: str, to: str) -> None:
    """What a slip was about goes on as another thing: a recording becomes a wish, and the number on paper stays."""
    if not Slip.objects.filter(contact=contact, thing=to).exists():
        Slip.objects.filter(contact=contact, thing=thing).update(thing=to)


@transaction.atomic
def give_slip(contact: Contact, *, thing: str, by: UUID | None, at: datetime.datetime) -> Slip:
    """The slip with which this contact looks up how one thing stands; the same one every time."""
    slip = Slip.objects.filter(contact=contact, thing=thing).first()
    if slip:
        return slip
    while True:
        try:
            with transaction.atomic():
                slip = Slip.objects.create(number=new_slip_number(), contact=contact, thing=thing, given_at=at)
        except IntegrityError:
            # Drawn before, which is rare; or somebody else gave the slip meanwhile.
            slip = Slip.objects.filter(contact=contact, thing=thing).first()
            if slip is None:
                continue
            return slip
        record("slip.given", room="messages", thing=thing, by=by, at=at)
        return slip
