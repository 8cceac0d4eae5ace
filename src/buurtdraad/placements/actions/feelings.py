"""Two questions without a name: codes by mail, and answers that nothing ties to a person.

A code is a random token of which only a hash is kept, with its half year and nobody's name. Used, it is deleted. An answer has no
moment, a random id, and no event: the record would give it a moment. What is left: as long as a code is unused, who can read both
the mail and the table of codes sees that its receiver has not answered; of what was answered nothing is anywhere.
"""

import datetime
import secrets

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import touch
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import contact_for, tell
from buurtdraad.messages.emails import address
from buurtdraad.messages.states import Kind
from buurtdraad.placements.actions.records import write_down
from buurtdraad.placements.actions.telling import mail_host
from buurtdraad.placements.models import FeelingAnswer, FeelingCode, Placement, Shift
from buurtdraad.placements.rules import half_year, last_closed
from buurtdraad.placements.states import ShiftStage, Stage
from buurtdraad.places.queries import city_code, touched_by

TOKEN_BYTES = 32
# Attendance is noted on the day itself; a mail in the middle of the dishes is no help.
HOURS_LATER = datetime.timedelta(hours=2)
# Who was there is noted within a week; then we ask those of whom it is known.
NOTED_WITHIN = datetime.timedelta(days=7)


class UsedCode(Refused):
    """The code answers no more."""


def ask_after_shifts(*, at: datetime.datetime) -> int:
    """Ask who was there in a shift that is over how it was, once, when it is noted who was there. Returns of how many shifts."""
    open_still = Exists(Placement.objects.filter(shift=OuterRef("pk"), stage=Stage.CONFIRMED))
    noted = ~open_still | Q(ends_at__lte=at - NOTED_WITHIN)
    over = Shift.objects.filter(noted, stage=ShiftStage.HELD, asked_at=None, ends_at__lte=at - HOURS_LATER)
    return sum(ask_after(shift, at=at) for shift in over.select_related("host__organisation"))


@transaction.atomic
def ask_after(shift: Shift, *, at: datetime.datetime) -> bool:
    """Mail the host, and everybody who was there: to look back, and a code for the two questions. False when it was done before."""
    if not Shift.objects.filter(pk=shift.pk, asked_at=None, stage=ShiftStage.HELD).update(asked_at=at):
        return False
    there = Placement.objects.filter(shift=shift, stage=Stage.ATTENDED, person__isnull=False).select_related("person", "shift__host")
    ask_to_look_back(there, at=at)
    people = [placement.person for placement in there if placement.person and placement.person.email and placement.person.confirmed_at]
    send_codes(people, half_year(timezone.localdate(shift.ends_at)), at=at)
    if there:
        ask_host(shift, at=at)
    write_down("shift.asked_after", shift.thing, by=None, at=at)
    return True


def ask_to_look_back(there: QuerySet[Placement], *, at: datetime.datetime) -> None:
    for placement in there:
        assert placement.person
        tell(
            placement.person,
            kind=Kind.WORK,
            subject=gettext_lazy("How was your placement?"),
            body=format_lazy(
                gettext_lazy(
                    "You were at {host}. What struck you? Write it down for yourself, share what you learned, and thank the host."
                ),
                host=placement.shift.host.name,
            ),
            link=f"/stages/{placement.uuid}/terugkijken/",
            by=None,
            at=at,
        )


def send_codes(people: list[Person], half: str, *, at: datetime.datetime) -> None:
    """A code for each, written down in an order that tells nothing of who got which."""
    tokens = make_codes(len(people), half)
    for person, token in zip(people, tokens, strict=True):
        language = contact_for(person, at=at).language
        with override(language):
            emails.send(person.email or "", letter_with_code(address(reverse("placements:feelings", args=[token]), language)))


@transaction.atomic
def make_codes(number: int, half: str) -> list[str]:
    """So many tokens; kept are their hashes, in the order of the hashes."""
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _n in range(number)]
    FeelingCode.objects.bulk_create([FeelingCode(token_hash=each, half_year=half) for each in sorted(hashed(token) for token in tokens)])
    return tokens


def letter_with_code(url: str) -> emails.Letter:
    return emails.Letter(
        subject=_("Two questions without your name"),
        lines=[
            _("You were with people in the neighbourhood. Was it sometimes awkward? Was it worth while?"),
            _("Nobody can see what you answer: we keep no name, no moment and no place with it."),
            _("We show the answers of a half year together, when it is over and from five people on."),
        ],
        url=url,
        button=_("Answer two questions"),
        last_lines=[_("The link works once. Not answering is fine too.")],
    )


def ask_host(shift: Shift, *, at: datetime.datetime) -> None:
    with override("nl"):
        button = _("Tell how it was")
    mail_host(shift.host, lambda: words_to_host(shift), at=at, page="placements:host_look_back", button=button)


def words_to_host(shift: Shift) -> tuple[str, list[str]]:
    facts = {"day": date_format(timezone.localtime(shift.starts_at), "j F Y"), "host": shift.host.name}
    return _("How was it for you, on %(day)s?") % facts, [
        _("On %(day)s people of the municipality were with you at %(host)s. How was that for you?") % facts
    ]


def hashed(token: str) -> str:
    return salted_hmac("buurtdraad.placements.feeling", token, algorithm="sha256").hexdigest()


def code_of(token: str) -> FeelingCode:
    """The code, as long as nobody used it. Changes nothing. Raises `UsedCode`."""
    found = FeelingCode.objects.filter(token_hash=hashed(token)).first()
    if found is None:
        raise UsedCode(_("This link was used already, or we do not know it. A link works once."))
    return found


@transaction.atomic
def answer_feelings(token: str, *, awkward: bool, worth_while: bool) -> None:
    """Answer once: the code goes, and the answer stands alone. Raises `UsedCode`; of two at once one answers."""
    code = code_of(token)
    if not FeelingCode.objects.filter(pk=code.pk).delete()[0]:
        raise UsedCode(_("This link was used already, or we do not know it. A link works once."))
    FeelingAnswer.objects.create(half_year=code.half_year, awkward=awkward, worth_while=worth_while)
    # No event: it would give the answer a moment. No page changes: numbers are shown when nobody answers any more.


@transaction.atomic
def drop_old_codes(*, at: datetime.datetime) -> int:
    """Codes of a half year that is closed answer no more, and its numbers stand on the site. Returns how many went."""
    dropped = FeelingCode.objects.filter(half_year__lte=last_closed(timezone.localdate(at))).delete()[0]
    if dropped:
        touch(sorted(touched_by([city_code()])))
    return dropped
