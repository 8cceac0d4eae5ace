"""What staff keeps beside the rules: standard texts, other desks, and the days on which our system did not work."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund import rules
from buurtdraad.fund.access import duty_of
from buurtdraad.fund.actions.clock import happened
from buurtdraad.fund.models import Application, Outage, Question, Scheme, TextBlock, View, WrongDoor
from buurtdraad.fund.states import IN_HAND, ClockEventKind, Stage
from buurtdraad.lib.refusal import Refused


class NotKept(Refused):
    """It cannot be kept like this."""


# --- standard texts ----------------------------------------------------------------------------------------


@transaction.atomic
def add_block(scheme: Scheme, *, used_for: str, title: str, text: str, by: Person, at: datetime.datetime) -> TextBlock:
    """A text that colleagues copy and change. Raises `NotKept`."""
    try:
        with transaction.atomic():
            block = TextBlock.objects.create(scheme=scheme, used_for=used_for, title=title, text=text)
    except IntegrityError:
        raise NotKept(_("A text with this name is there already.")) from None
    note("block.added", f"block:{block.uuid}", by=by, at=at)
    return block


@transaction.atomic
def change_block(block: TextBlock, *, used_for: str, title: str, text: str, by: Person, at: datetime.datetime) -> None:
    """Give a text these facts. Letters that used it stay as they are. Raises `NotKept`."""
    try:
        with transaction.atomic():
            TextBlock.objects.filter(pk=block.pk).update(used_for=used_for, title=title, text=text)
    except IntegrityError:
        raise NotKept(_("A text with this name is there already.")) from None
    note("block.changed", f"block:{block.uuid}", by=by, at=at)


@transaction.atomic
def end_block(block: TextBlock, *, by: Person, at: datetime.datetime) -> None:
    """Nobody is offered this text any more."""
    if TextBlock.objects.filter(pk=block.pk, ended_at=None).update(ended_at=at):
        note("block.ended", f"block:{block.uuid}", by=by, at=at)


@transaction.atomic
def open_block(block: TextBlock, *, by: Person, at: datetime.datetime) -> None:
    """This text is offered again."""
    if TextBlock.objects.filter(pk=block.pk, ended_at__isnull=False).update(ended_at=None):
        note("block.opened", f"block:{block.uuid}", by=by, at=at)


# --- other desks -------------------------------------------------------------------------------------------


@transaction.atomic
def add_door(scheme: Scheme, *, label: str, goes_to: str, url: str, phone: str, by: Person, at: datetime.datetime) -> WrongDoor:
    """Something that belongs at another desk, from now on in the check. Raises `NotKept`."""
    key = slugify(label)[:40].strip("-")
    try:
        with transaction.atomic():
            door = WrongDoor.objects.create(scheme=scheme, key=key, label=label, goes_to=goes_to, url=url, phone=phone)
    except IntegrityError:
        raise NotKept(_("This is there already.")) from None
    note("door.added", f"door:{scheme.slug}:{key}", by=by, at=at)
    return door


@transaction.atomic
def change_door(door: WrongDoor, *, label: str, goes_to: str, url: str, phone: str, by: Person, at: datetime.datetime) -> None:
    """Give it these facts; its key stays, so that links go on to work."""
    WrongDoor.objects.filter(pk=door.pk).update(label=label, goes_to=goes_to, url=url, phone=phone)
    note("door.changed", f"door:{door.scheme.slug}:{door.key}", by=by, at=at)


@transaction.atomic
def remove_door(door: WrongDoor, *, by: Person, at: datetime.datetime) -> None:
    """The check does not name it any more."""
    if WrongDoor.objects.filter(pk=door.pk).delete()[0]:
        note("door.removed", f"door:{door.scheme.slug}:{door.key}", by=by, at=at)


# --- days on which our system did not work ------------------------------------------------------------------


@transaction.atomic
def note_outage(*, from_on: datetime.date, until_on: datetime.date, words: str, by: Person, at: datetime.datetime) -> Outage:
    """Every term that ended on these days gets as many days extra: ours to decide (Awb 4:15), and theirs to answer or to be heard (Wmebv).

    Of what waits for an answer the time stands still already. Raises `NotKept`.
    """
    if until_on > timezone.localdate(at):
        raise NotKept(_("Write down a failure when it is over, until today at most."))
    list(Outage.objects.select_for_update())
    if Outage.objects.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise NotKept(_("Of one of these days a failure is written down already."))
    outage = Outage.objects.create(from_on=from_on, until_on=until_on, words=words, noted_by=by.uuid, noted_at=at)
    days = (until_on - from_on).days + 1
    late = Application.objects.filter(stage__in=IN_HAND - {Stage.WAITING}, decide_by__range=(from_on, until_on))
    moved = list(late.select_for_update(of=("self",)).select_related("rules").prefetch_related("clock").order_by("pk"))
    for application in moved:
        happened(application, ClockEventKind.OUTAGE, on=from_on, days=days, why=words, by=by, at=at)
    later = rules.after_outages(until_on, [(from_on, until_on)])
    open_questions = Question.objects.filter(answered_at=None, lapsed_at=None, answer_by__range=(from_on, until_on))
    open_views = View.objects.filter(given_at=None, waived_at=None, give_by__range=(from_on, until_on))
    counts = {"applications": len(moved), "questions": open_questions.update(answer_by=later), "views": open_views.update(give_by=later)}
    note("outage.noted", f"outage:{outage.pk}", by=by, at=at, payload=counts)
    return outage


def note(verb: str, thing: str, *, by: Person, at: datetime.datetime, payload: dict | None = None) -> None:
    record(verb, room="fund", thing=thing, by=by.uuid, at=at, duty=duty_of(by), payload=payload)
