"""An objection (bezwaar) to a decision or a final amount: received, handled by others than who decided, heard, decided in its own time.

What was wrong is never changed: a new decision, or a new final amount, replaces it.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import deciding, settling
from buurtdraad.fund.actions.deciding import must_have_mandate
from buurtdraad.fund.actions.handling import page_of_applicant
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.actions.telling import tell_applicant
from buurtdraad.fund.models import Application, Decision, Letter, Objection, Settlement
from buurtdraad.fund.queries.letters_after import of_objection
from buurtdraad.fund.rules import objection_decide_by, objection_until
from buurtdraad.fund.states import Ground, ObjectionOutcome, Outcome
from buurtdraad.initiatives.actions import evidence
from buurtdraad.lib.refusal import Refused


class NoObjection(Refused):
    """No objection can be made, or it stands otherwise now."""


class NotYou(Refused):
    """Who took the decision does not judge the objection (Awb 7:5, 10:3)."""


@dataclass(frozen=True)
class NewDecision:
    """What comes in the place of a decision; of a final amount only `amount` (euros), `ground` and `words` count.

    `complete_on`: of what was not processed, the day on which everything was there.
    """

    outcome: Outcome | str
    amount: Decimal
    words: str
    ground: Ground | str = ""
    obligations: str = ""
    complete_on: datetime.date | None = None


@transaction.atomic
def receive(
    decision: Decision,
    *,
    words: str,
    received_on: datetime.date,
    settlement: Settlement | None = None,
    by_other: str = "",
    with_committee: bool = False,
    by: Person | None,
    at: datetime.datetime,
) -> Objection:
    """Somebody objects: who asked, on the site or on paper, or another (`by_other`: name and address). Late ones too: who decides
    says what that means.

    Raises `NoObjection` before the decision was made known, and while one of the same person is open.
    """
    application = hold(decision.application)
    known_on = settlement.known_on if settlement else decision.known_on
    if known_on is None or not known_on <= received_on <= timezone.localdate(at):
        raise NoObjection(_("Choose a day from the day of the letter until and with today."))
    same = Objection.objects.filter(decision=decision, settlement=settlement, by_other=by_other, outcome=ObjectionOutcome.UNDECIDED)
    if same.exists():
        raise NoObjection(_("This objection is there already. Add to it what is new."))
    made = Objection.objects.create(
        decision=decision, settlement=settlement, received_on=received_on, words=words, by_other=by_other, with_committee=with_committee,
        decide_by=objection_decide_by(known_on, with_committee, extended=False), noted_by=by.uuid if by else None, noted_at=at,
    )  # fmt: skip
    # After the answer six weeks are left to go to court.
    evidence.keep_until(application.initiative, objection_until(made.decide_by), by=by, at=at)
    write_down("objection.received", application, by=by, at=at, payload={"objection": str(made.uuid)})
    if not by_other:
        tell_applicant(application, lambda: received(made), link=page_of_applicant(application), by=by, at=at)
    return made


def received(objection: Objection) -> tuple[str, list[str]]:
    return _("We have your objection"), [
        _("We invite you to tell it to us. Then we look at the decision again, with other people than the first time."),
        _("You hear from us not later than %(day)s.") % {"day": date_format(objection.decide_by, "j F Y")},
    ]


@transaction.atomic
def take(objection: Objection, *, by: Person, at: datetime.datetime) -> None:
    """`by` handles it, who had no part in the decision. Raises `NotFree`, `NotYou` and `NoObjection`."""
    held = undecided(objection, by)
    Objection.objects.filter(pk=held.pk).update(handler=by.uuid)
    objection.refresh_from_db()
    write_down("objection.taken", held.decision.application, by=by, at=at, payload={"objection": str(held.uuid)})


@transaction.atomic
def extend(objection: Objection, *, by: Person, at: datetime.datetime) -> None:
    """Six weeks more, once, said before the last day (Awb 7:10, third paragraph). Raises `NoObjection`."""
    held = undecided(objection, by)
    today = timezone.localdate(at)
    if held.extended_on or today > held.decide_by:
        raise NoObjection(_("There can be more time only once, and before the last day."))
    decide_by = objection_decide_by(known_on_of(held), held.with_committee, extended=True)
    Objection.objects.filter(pk=held.pk).update(extended_on=today, decide_by=decide_by)
    objection.refresh_from_db()
    application = held.decision.application
    write_down("objection.extended", application, by=by, at=at, payload={"objection": str(held.uuid)})
    if not held.by_other:
        tell_applicant(application, lambda: longer(objection), link=page_of_applicant(application), by=by, at=at)


def longer(objection: Objection) -> tuple[str, list[str]]:
    day = {"day": date_format(objection.decide_by, "j F Y")}
    return _("Your objection takes longer"), [_("You hear from us not later than %(day)s.") % day]


@transaction.atomic
def hear(objection: Objection, *, heard_on: datetime.date | None, heard: str, by: Person, at: datetime.datetime) -> None:
    """What was said at the hearing (Awb 7:2), or without a day why nobody was heard (7:3). Raises `NotFree`, `NotYou` and `NoObjection`."""
    held = undecided(objection, by)
    if heard_on and not held.received_on <= heard_on <= timezone.localdate(at):
        raise NoObjection(_("Choose a day between the day of the objection and today."))
    Objection.objects.filter(pk=held.pk).update(heard_on=heard_on, heard=heard)
    objection.refresh_from_db()
    write_down("objection.heard", held.decision.application, by=by, at=at, payload={"objection": str(held.uuid)})


@transaction.atomic
def withdraw(objection: Objection, *, by: Person | None, at: datetime.datetime) -> None:
    """Who objected takes it back (Awb 6:21). Raises `NoObjection`."""
    held = locked(objection)
    Objection.objects.filter(pk=held.pk).update(outcome=ObjectionOutcome.WITHDRAWN, decided_by=by.uuid if by else None, decided_at=at)
    objection.refresh_from_db()
    write_down("objection.withdrawn", held.decision.application, by=by, at=at, payload={"objection": str(held.uuid)})


@transaction.atomic
def decide(
    objection: Objection, *, outcome: ObjectionOutcome | str, answer: str, new: NewDecision | None = None, by: Person, at: datetime.datetime
) -> Letter:
    """Decide on it; when it is right `new` comes in the place of what was wrong. Gives the letter to send.

    Raises `NotFree`, `NotYou`, `NoMandate`, `NoObjection`, and what `deciding.replace` and `settling.settle` raise.
    """
    held = undecided(objection, by)
    application = held.decision.application
    must_have_mandate(by, application)
    if not answer.strip():
        raise NoObjection(_("Write for who objected why you decide so."))
    if outcome != ObjectionOutcome.INADMISSIBLE and not held.heard.strip():
        raise NoObjection(_("First hear who objected, or write why that is not needed."))
    if (outcome == ObjectionOutcome.FOUNDED) != (new is not None):
        raise NoObjection(_("Only an objection that is right brings a new decision."))
    if new:
        replace(held, new, by=by, at=at)
    letter = Letter.objects.create(application=application, about=Letter.About.OBJECTION, facts=facts_of(held, outcome, answer), made_at=at)
    Objection.objects.filter(pk=held.pk).update(outcome=outcome, answer=answer, decided_by=by.uuid, decided_at=at, letter=letter)
    objection.refresh_from_db()
    write_down("objection.decided", application, by=by, at=at, payload={"objection": str(held.uuid), "outcome": str(outcome)})
    return letter


def replace(held: Objection, new: NewDecision, *, by: Person, at: datetime.datetime) -> None:
    """A new decision, or a new final amount, in the place of the one that was wrong."""
    application = held.decision.application
    if held.settlement:
        settling.settle(application, amount=new.amount, ground=new.ground, words=new.words, replaces=held.settlement, by=by, at=at)
        return
    if new.complete_on and application.complete_on is None:
        Application.objects.filter(pk=application.pk).update(complete_on=new.complete_on)
    deciding.replace(
        held.decision, outcome=Outcome(new.outcome), amount=new.amount, ground=new.ground, words=new.words, obligations=new.obligations,
        prepared_by=held.handler, by=by, at=at,
    )  # fmt: skip


def facts_of(held: Objection, outcome: ObjectionOutcome | str, answer: str) -> dict:
    return of_objection(
        held.decision, received_on=held.received_on, outcome=str(outcome), answer=answer, heard=held.heard, to=held.by_other
    )


def known_on_of(objection: Objection) -> datetime.date:
    """The day from which the time to object ran."""
    known_on = objection.settlement.known_on if objection.settlement else objection.decision.known_on
    assert known_on is not None, "an objection comes after it was made known"
    return known_on


def locked(objection: Objection) -> Objection:
    """The row, held after its application. Raises `NoObjection` when it was decided."""
    application = hold(objection.decision.application)
    related = ("decision", "settlement")
    found = Objection.objects.select_for_update(of=("self",)).select_related(*related).get(pk=objection.pk)
    if found.outcome != ObjectionOutcome.UNDECIDED:
        raise NoObjection(_("This objection was decided already."))
    found.decision.application = application
    return found


def undecided(objection: Objection, by: Person) -> Objection:
    """The row for somebody who may judge it. Raises `NotFree`, `NotYou` and `NoObjection`."""
    found = locked(objection)
    must_be_free(by, found.decision.application)
    if by.uuid in who_took(found):
        raise NotYou(_("You took the first decision. Somebody else must decide on the objection."))
    return found


def who_took(objection: Objection) -> set:
    """Who had a part in what is objected to."""
    decision, settlement = objection.decision, objection.settlement
    if settlement:
        return {settlement.made_by, settlement.with_whom} - {None}
    return {decision.taken_by, decision.with_whom, decision.prepared_by} - {None}
