"""Moving agreements on: a step with its reason, a new date, "niet gedaan", and the reminder to who sees to it."""

import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.actions.agreements import thing_of
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.actions.telling import TellGivers, tell_givers
from buurtdraad.agendas.agenda.actions.topics import is_public
from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, NotDone, Owner
from buurtdraad.agendas.agenda.rules import may_be_new_due
from buurtdraad.agendas.agenda.states import MOVES, SAYS_WHY, Role, Stage
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import announce, tell
from buurtdraad.messages.states import Kind as About

WITH_WISHES = {Stage.RUNNING: WishStage.BUSY, Stage.DONE: WishStage.DONE}


class NotMoved(Refused):
    """This agreement cannot go on so."""


@transaction.atomic
def move_on(
    agreement: Agreement,
    stage: Stage,
    *,
    why: str = "",
    next_step: str = "",
    result: str = "",
    tell: TellGivers | None = None,
    by: Person,
    at: datetime.datetime,
) -> None:
    """To another step. What stops says why; what will be later goes by `postpone`, for it needs a date.

    `tell` gives the people of these wishes one answer; the wishes go to "under way" or "done" along with the agreement.
    Raises `NotMoved`, and `WrongStage` when it cannot go there or somebody else moved it.
    """
    if stage == Stage.LATER:
        raise NotMoved(_("Say until when, and why. Choose a new date."))
    if stage in SAYS_WHY and not why:
        raise NotMoved(_("Say why, in plain words."))
    finished = stage in (Stage.DONE, Stage.STOPPED)
    more = {"next_step": "" if finished else next_step or agreement.next_step, "result": result or agreement.result}
    go(agreement, stage, why=why, by=by, at=at, done_on=timezone.localdate(at) if stage == Stage.DONE else None, **more)
    wish_stage = WITH_WISHES.get(stage)
    told = tell_givers(tell, wish_stage, by=by, at=at) if tell and wish_stage else 0
    if stage == Stage.DONE and is_public(agreement.topic.version):
        with override("nl"):
            board = _("Done: %(what)s") % {"what": agreement.what}
        announce(agreement.area, kind=About.DONE, board=board, link=path_of(agreement), thing=thing_of(agreement), by=by.uuid, at=at)
    payload = {"stage": stage, "told": told}
    write_down(
        "agreement.moved", thing_of(agreement), agreement.area, by=by, at=at, public=is_public(agreement.topic.version), payload=payload
    )


def go(agreement: Agreement, stage: Stage, *, why: str, by: Person | None, at: datetime.datetime, **facts: object) -> None:
    """One step with its reason. The database holds that what waits says why and what is done says when: that is written first."""
    held = Agreement.objects.filter(pk=agreement.pk, stage=agreement.stage)
    first: dict[str, object] = {"why": why} if why else {}
    first |= {name: facts[name] for name in ("due_on", "done_on") if facts.get(name)}
    if first:
        held.update(**first)
    move(agreement, stage, moves=MOVES)
    Agreement.objects.filter(pk=agreement.pk, stage=stage).update(why=why, **facts)
    agreement.refresh_from_db()
    AgreementStep.objects.create(agreement=agreement, stage=stage, why=why, due_on=agreement.due_on, by=by.uuid if by else None, at=at)


@transaction.atomic
def postpone(agreement: Agreement, *, due_on: datetime.date, why: str, by: Person, at: datetime.datetime) -> None:
    """It will be later: a reason and a new date. Raises `NotMoved` without either, and `WrongStage` for what is finished."""
    if not why:
        raise NotMoved(_("Say why, in plain words."))
    if not may_be_new_due(due_on, timezone.localdate(at)) or (agreement.start_on and due_on < agreement.start_on):
        raise NotMoved(_("Choose a date that is still to come."))
    if agreement.stage == Stage.LATER:
        if not Agreement.objects.filter(pk=agreement.pk, stage=Stage.LATER).update(why=why, due_on=due_on):
            raise NotMoved(_("Somebody else decided on this meanwhile. Look again."))
        agreement.refresh_from_db()
        AgreementStep.objects.create(agreement=agreement, stage=Stage.LATER, why=why, due_on=due_on, by=by.uuid, at=at)
    else:
        go(agreement, Stage.LATER, why=why, by=by, at=at, due_on=due_on)
    payload = {"due_on": due_on.isoformat()}
    write_down(
        "agreement.postponed", thing_of(agreement), agreement.area, by=by, at=at, public=is_public(agreement.topic.version), payload=payload
    )


@transaction.atomic
def say_not_done(agreement: Agreement, *, words: str, doubted: bool, mark: str, at: datetime.datetime) -> bool:
    """A resident says that it is not done. The first time it is taken up again at once; whether that happened now.

    The same form sent again, or the same words that nobody read yet, is once.
    The words are for its owner and the staff. What may be of a program waits for them. Raises `NotMoved` after the time for it.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).select_related("topic__version", "area").get(pk=agreement.pk)
    unread = Q(agreement=agreement, words=words, seen_at__isnull=True)
    if NotDone.objects.filter(unread | Q(mark=mark) if mark else unread).exists():
        return agreement.stage != Stage.DONE
    if not agreement.may_be_said_not_done(timezone.localdate(at)):
        raise NotMoved(_("This cannot be said any more about this agreement. Please call us."))
    NotDone.objects.create(agreement=agreement, words=words, doubted=doubted, mark=mark or None, at=at)
    again = not doubted and agreement.reopened_at is None
    if again:
        with override("nl"):
            why = _("A resident says that it is not done yet.")
        go(agreement, Stage.RUNNING, why=why, by=None, at=at, reopened_at=at, done_on=None)
    write_down("agreement.said_not_done", thing_of(agreement), agreement.area, by=None, at=at, public=again, payload={"again": again})
    return again


@transaction.atomic
def see_not_done(agreement: Agreement, *, by: Person, at: datetime.datetime) -> None:
    """Somebody of the staff read that it is not done."""
    if NotDone.objects.filter(agreement=agreement, seen_at__isnull=True).update(seen_at=at):
        write_down("agreement.not_done_seen", thing_of(agreement), agreement.area, by=by, at=at, public=False)


@transaction.atomic
def remind_owners(*, at: datetime.datetime) -> int:
    """Ask who sees to a late agreement how it stands: once for each date that passed. How many agreements that were."""
    late = Agreement.objects.public().late(timezone.localdate(at)).exclude(reminded_for=F("due_on")).select_related("area")
    found = list(late.select_for_update(of=("self",), skip_locked=True))
    for agreement in found:
        Agreement.objects.filter(pk=agreement.pk).update(reminded_for=agreement.due_on)
        asked = 0
        for owner in owners_to_tell(agreement):
            asked += remind(owner, agreement, at=at)
        write_down("agreement.reminded", thing_of(agreement), agreement.area, by=None, at=at, public=False, payload={"asked": asked})
    return len(found)


def owners_to_tell(agreement: Agreement) -> list[Owner]:
    """Who said yes to see to it, and can be told something."""
    said_yes = agreement.owners.filter(role=Role.OWNER, accepted_at__isnull=False, contact__isnull=False)
    return list(said_yes.select_related("contact__person"))


def remind(owner: Owner, agreement: Agreement, *, at: datetime.datetime) -> bool:
    assert owner.contact
    assert agreement.due_on
    with override(owner.contact.language):
        subject = _("The date of an agreement has passed")
        body = "\n\n".join(
            [
                _("You see to this: %(what)s") % {"what": agreement.what},
                _("It was to be done on %(day)s. How does it stand?") % {"day": date_format(agreement.due_on, "j F Y")},
                _("Tell it to your area adviser. Is it later? Then say why, and which date is possible."),
            ]
        )
    told = tell(
        owner.contact, kind=About.AGENDA, subject=subject, body=body, link=path_of(agreement), area=agreement.area,
        thing=thing_of(agreement), by=None, at=at,
    )  # fmt: skip
    return told is not None


def path_of(agreement: Agreement) -> str:
    return f"/afspraken/{agreement.pk}/"
