"""The pulse: opening it, mailing links that nobody can tie to a person, and the answers.

No row holds both an address and a code. A job knows an address; its code is made at the moment that the mail leaves, in the
same transaction, and has a random id and no moment. What is mailed is kept nowhere, except in the demo, where nothing leaves.
"""

import datetime
import secrets
from random import SystemRandom

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions.mailing import hand_over_unkept
from buurtdraad.messages.emails import Letter, letter
from buurtdraad.messages.senders import NeverDelivered
from buurtdraad.messages.states import Kind
from buurtdraad.method.access import duty_here
from buurtdraad.method.models import Pulse, PulseAnswer, PulseCode
from buurtdraad.method.queries.pulse import to_ask

# The job that mails one link; `tasks.py` has it.
ASK = "mail_pulse_link"
TOKEN_BYTES = 32
# How far ahead the first day may lie, and how long one can answer.
AHEAD = datetime.timedelta(days=365)
LONGEST = datetime.timedelta(weeks=8)


class PulseRefused(Refused):
    """The pulse cannot be opened or changed so."""


class CodeRefused(Refused):
    """The link gives no answer: it was used, the pulse is over, or it is not ours."""


# --- for the programme manager ----------------------------------------------------------------------


@transaction.atomic
def open_pulse(year: int, *, opens_on: datetime.date, closes_on: datetime.date, by: Person, at: datetime.datetime) -> Pulse:
    """A pulse for a year. Its links are mailed at once when it opens today, else on the morning of its first day. Raises `PulseRefused`."""
    can_open(year, opens_on, closes_on, today=timezone.localdate(at))
    pulse = Pulse.objects.create(year=year, opens_on=opens_on, closes_on=closes_on, made_at=at)
    note("pulse.opened", pulse, by=by, at=at)
    if opens_on == timezone.localdate(at):
        ask_all(pulse, at=at)
    return pulse


def can_open(year: int, opens_on: datetime.date, closes_on: datetime.date, *, today: datetime.date) -> None:
    """Whether there can be such a pulse. Changes nothing. Raises `PulseRefused`."""
    if Pulse.objects.filter(year=year).exists():
        raise PulseRefused(_("There is a pulse for %(year)s already.") % {"year": year})
    if abs(year - opens_on.year) > 1:
        raise PulseRefused(_("The year and the first day do not belong together."))
    in_order(opens_on, closes_on, today)
    one_at_a_time(opens_on, closes_on)


def one_at_a_time(opens_on: datetime.date, closes_on: datetime.date, but: int = 0) -> None:
    """Raises `PulseRefused` when another pulse goes on in these days."""
    other = Pulse.objects.filter(opens_on__lte=closes_on, closes_on__gte=opens_on).exclude(pk=but).first()
    if other:
        raise PulseRefused(_("In these days the pulse of %(year)s goes on. One at a time: choose other days.") % {"year": other.year})


@transaction.atomic
def change_last_day(pulse: Pulse, closes_on: datetime.date, *, by: Person, at: datetime.datetime) -> None:
    """Another last day, as long as the pulse is not over: from then on its figures are seen, and never change. Raises `PulseRefused`."""
    today, held = timezone.localdate(at), Pulse.objects.select_for_update().get(pk=pulse.pk)
    if held.closes_on < today:
        raise PulseRefused(_("This pulse is over. Its results are on the page, so nobody can answer any more."))
    if closes_on < today:
        raise PulseRefused(_("The last day has passed. Choose today or later."))
    in_order(held.opens_on, closes_on, min(held.opens_on, today))
    one_at_a_time(held.opens_on, closes_on, but=held.pk)
    Pulse.objects.filter(pk=pulse.pk).update(closes_on=closes_on)
    pulse.closes_on = closes_on
    note("pulse.changed", pulse, by=by, at=at)


@transaction.atomic
def withdraw(pulse: Pulse, *, by: Person, at: datetime.datetime) -> None:
    """Take back a pulse that nobody answered yet; its links do nothing more. Raises `PulseRefused`."""
    Pulse.objects.select_for_update().get(pk=pulse.pk)
    if PulseAnswer.objects.filter(pulse=pulse).exists():
        raise PulseRefused(_("Somebody answered already. You can choose an earlier last day."))
    note("pulse.withdrawn", pulse, by=by, at=at)
    pulse.delete()


@transaction.atomic
def remind(pulse: Pulse, *, by: Person, at: datetime.datetime) -> int:
    """Mail everybody once more, without a link: we cannot know who answered. Once. Returns how many. Raises `PulseRefused`."""
    free = Pulse.objects.filter(pk=pulse.pk, reminded_at__isnull=True, asked_at__isnull=False, closes_on__gte=timezone.localdate(at))
    if not free.update(reminded_at=at):
        raise PulseRefused(_("This pulse cannot remind now: it did so before, it did not begin, or it is over."))
    pulse.refresh_from_db()
    people = to_ask(on=timezone.localdate(at))
    for email, _group in shuffled(people):
        emails.send(email, reminder(pulse))
    note("pulse.reminded", pulse, by=by, at=at, payload={"mails": len(people)})
    return len(people)


def in_order(opens_on: datetime.date, closes_on: datetime.date, today: datetime.date) -> None:
    if opens_on < today:
        raise PulseRefused(_("The first day has passed. Choose today or later."))
    if opens_on > today + AHEAD:
        raise PulseRefused(_("The first day is too far away. Choose a day within a year."))
    if closes_on < opens_on:
        raise PulseRefused(_("The last day lies before the first day."))
    if closes_on > opens_on + LONGEST:
        raise PulseRefused(_("A pulse takes 8 weeks at most. Choose an earlier last day."))


# --- mailing ----------------------------------------------------------------------------------------


@transaction.atomic
def ask_pulses(*, at: datetime.datetime) -> int:
    """Mail the links of each pulse whose first day has come, once. Returns how many pulses."""
    today = timezone.localdate(at)
    waiting = Pulse.objects.filter(asked_at__isnull=True, opens_on__lte=today, closes_on__gte=today)
    return sum(ask_all(pulse, at=at) for pulse in waiting)


def ask_all(pulse: Pulse, *, at: datetime.datetime) -> bool:
    """Queue a mail for everybody, in an order that says nothing. False when that was done before."""
    if not Pulse.objects.filter(pk=pulse.pk, asked_at__isnull=True).update(asked_at=at):
        return False
    pulse.asked_at = at
    people = to_ask(on=timezone.localdate(at))
    for email, group in shuffled(people):
        app.configure_task(ASK).defer(pulse=pulse.pk, group=group, to=email)
    record("pulse.asked", room="method", thing=thing_of(pulse), by=None, at=at, channel="job", payload={"mails": len(people)})
    return True


@transaction.atomic
def mail_link(pulse_id: int, *, group: str, to: str, at: datetime.datetime) -> bool:
    """Mail one link; its code is made here, and is gone again when the mail does not leave.

    False when the pulse is over or taken back, or the address does not exist. Raises `messages.senders.NotNow`.
    """
    pulse = Pulse.objects.filter(pk=pulse_id, closes_on__gte=timezone.localdate(at)).first()
    if pulse is None:
        return False
    try:
        hand_over_unkept(to, invitation(pulse, make_code(pulse, group)), kind=Kind.WORK, at=at)
    except NeverDelivered:
        transaction.set_rollback(True)
        return False
    return True


def make_code(pulse: Pulse, group: str) -> str:
    """A new link for one of a group. The token is known here and in the mail, and nowhere else."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    PulseCode.objects.create(pulse=pulse, group=group, token_hash=hashed(token))
    return token


def invitation(pulse: Pulse, token: str) -> Letter:
    lines = [
        _("How do we work together in the neighbourhoods of the city? We ask it once a year, in five short questions."),
        _("Your answer has no name. The link has no name either: we do not keep who got which one."),
        _("You can answer until and with %(day)s. It takes two minutes.") % {"day": date_format(pulse.closes_on, "j F Y")},
        _("Do not send this mail on: each link gives one answer."),
    ]
    url = settings.SITE_URL.rstrip("/") + reverse("method:pulse", args=[token])
    return letter(_("Five questions about how we work (%(year)s)") % {"year": pulse.year}, lines, url=url)


def reminder(pulse: Pulse) -> emails.Letter:
    return emails.Letter(
        subject=_("Did you answer the five questions?"),
        lines=[
            _("We asked you five questions about how we work. If you answered: thank you. There is nothing more to do."),
            _("Everybody gets this mail, for we do not know who answered."),
            _("Did you not answer yet? Use the link in our first mail. It works until and with %(day)s.")
            % {"day": date_format(pulse.closes_on, "j F Y")},
            _("We cannot send that link again: we do not know which one is yours."),
        ],
    )


def shuffled(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return SystemRandom().sample(people, len(people))


# --- answering --------------------------------------------------------------------------------------


def pulse_of(token: str, *, on: datetime.date) -> Pulse:
    """The pulse that a link answers, for its page. Changes nothing. Raises `CodeRefused`."""
    code = PulseCode.objects.select_related("pulse").filter(token_hash=hashed(token)).first()
    if code is None:
        raise CodeRefused(no_such_code())
    if code.pulse.closes_on < on:
        last_day = date_format(code.pulse.closes_on, "j F Y")
        raise CodeRefused(_("This link is too old. Answering was possible until and with %(day)s.") % {"day": last_day})
    return code.pulse


def no_such_code() -> str:
    return _("This link was used already, or a part of it is missing. Each link gives one answer.")


@transaction.atomic
def answer(token: str, answers: dict[str, int], *, at: datetime.datetime) -> None:
    """One answer, and the code is gone: of two at once one counts. Nothing tells who it was, or of which group in the record.

    Raises `CodeRefused`.
    """
    pulse = pulse_of(token, on=timezone.localdate(at))
    code = PulseCode.objects.select_for_update().filter(token_hash=hashed(token)).first()
    if code is None:
        raise CodeRefused(no_such_code())
    PulseAnswer.objects.create(pulse=pulse, group=code.group, **answers)
    code.delete()
    record("pulse.answered", room="method", thing=thing_of(pulse), by=None, at=at, channel="link")


# --- what they share --------------------------------------------------------------------------------


def hashed(token: str) -> str:
    return salted_hmac("buurtdraad.method.pulse", token, algorithm="sha256").hexdigest()


def thing_of(pulse: Pulse) -> str:
    return f"pulse:{pulse.year}"


def note(verb: str, pulse: Pulse, *, by: Person, at: datetime.datetime, payload: dict | None = None) -> None:
    record(verb, room="method", thing=thing_of(pulse), by=by.uuid, at=at, duty=duty_here(by), payload=payload)
