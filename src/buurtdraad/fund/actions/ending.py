"""Ending it before it is done: taken back by who asked, taken back by the municipality (Awb 4:48, 4:49), or simply finished."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.deciding import HearFirst, must_have_mandate
from buurtdraad.fund.actions.handling import file_of
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.paying import release_above, stop_paying
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.actions.recovering import demand
from buurtdraad.fund.actions.telling import tell_colleague
from buurtdraad.fund.models import Application, Letter
from buurtdraad.fund.queries.ending import is_finished
from buurtdraad.fund.queries.letters_after import of_revocation
from buurtdraad.fund.queries.paying import granted_of, sums_of
from buurtdraad.fund.queries.settling import last_settlement, was_heard_after
from buurtdraad.fund.rules import can_be_taken_back_until, needs_view
from buurtdraad.fund.states import MOVES, Stage
from buurtdraad.initiatives.actions import plans
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage
from buurtdraad.places import queries as places


class WasPaid(Refused):
    """Money was paid, or is on its way: then it has to come back, and somebody of the municipality sees to it."""


class TooLate(Refused):
    """The law lets us take it back no more."""


@transaction.atomic
def withdraw(application: Application, *, by: Person | None, at: datetime.datetime) -> None:
    """Who asked takes it back, also after the decision as long as nothing was paid. Raises `WrongStage` and `WasPaid`."""
    held = hold(application)
    if held.stage == Stage.DRAFT:
        raise wrong_stage(f"{held} is a draft, which is thrown away")
    stop_paying(held, _("They took it back."), by=by, at=at)
    sums = sums_of(held)
    if sums.paid or sums.under_way:
        raise WasPaid(_("The money was paid already, or is on its way. Call us, then we end it together."))
    release_above(held, sums.paid, held.number or "", by=by, at=at)
    end(held, Stage.WITHDRAWN, "application.withdrawn", by=by, at=at)
    application.refresh_from_db()
    if held.initiative.stage == PlanStage.DECISION:
        plans.move_to(held.initiative, PlanStage.PLAN, by=by, at=at)
    tell_colleague(held.handler, lambda: withdrawn(held), held, link=file_of(held), by=by, at=at)


def withdrawn(application: Application) -> tuple[str, list[str]]:
    return _("They took it back: %(number)s") % {"number": application}, [_("You do not have to do anything with it any more.")]


@transaction.atomic
def revoke(application: Application, *, words: str, on_request: bool = False, by: Person, at: datetime.datetime) -> Letter:
    """The municipality takes the money back: what was not paid stops, what was paid has to come back. Gives the letter to send.

    They are heard first (Awb 4:12, second paragraph c), but not when they asked for it themselves. Not later than five years after
    the final amount (4:49). Raises `NotFree`, `NoMandate`, `HearFirst`, `TooLate` and `WrongStage`.
    """
    must_be_free(by, application)
    held = hold(application)
    decision = granted_of(held)
    if decision is None:
        raise wrong_stage(f"{held} has no grant")
    must_have_mandate(by, held)
    if needs_view(taken_back=True) and not on_request and not was_heard_after(held):
        raise HearFirst(_("First ask them for a reaction. The law asks that before you take money back."))
    settlement = last_settlement(held)
    determined_on = decision.known_on if decision.at_once else settlement.known_on if settlement else None
    if determined_on and timezone.localdate(at) > can_be_taken_back_until(determined_on):
        raise TooLate(_("The final amount is known longer than five years. The law lets us take it back no more."))
    stop_paying(held, _("The money was taken back."), by=by, at=at)
    sums = sums_of(held)
    back = sums.paid + sums.under_way
    release_above(held, back, held.number or "", by=by, at=at)
    if back > 0:
        demand(held, back, words, by=by, at=at)
    end(held, Stage.REVOKED, "application.revoked", by=by, at=at)
    application.refresh_from_db()
    facts = of_revocation(decision, words=words, back=back, after=determined_on is not None)
    return Letter.objects.create(application=held, about=Letter.About.REVOKED, facts=facts, made_at=at)


@transaction.atomic
def finish(application: Application, *, at: datetime.datetime) -> None:
    """All is paid, nothing has to be shown or paid back, and no objection can come: what was promised above it is free again.

    Raises `WrongStage`.
    """
    held = hold(application)
    if not is_finished(held, timezone.localdate(at)):
        raise wrong_stage(f"{held} is not finished")
    release_above(held, sums_of(held).paid, held.number or "", by=None, at=at)
    if held.stage != Stage.DETERMINED:
        move(held, Stage.DETERMINED, moves=MOVES)
    end(held, Stage.CLOSED, "application.closed", by=None, at=at)
    application.refresh_from_db()


def end(held: Application, stage: Stage, verb: str, *, by: Person | None, at: datetime.datetime) -> None:
    """To its last step, from which its time to be kept counts."""
    move(held, stage, moves=MOVES)
    Application.objects.filter(pk=held.pk).update(ended_at=at)
    write_down(verb, held, by=by, at=at, touches=tuple(places.touched_by([held.initiative.area.code])))
