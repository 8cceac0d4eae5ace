"""Doing it otherwise than was agreed: asked before it is done, and answered."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.handling import file_of, page_of_applicant
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.actions.telling import tell_applicant, tell_colleague
from buurtdraad.fund.models import Account, Application, ChangeAsked
from buurtdraad.fund.queries.accounting import due_on_of
from buurtdraad.fund.queries.paying import granted_of
from buurtdraad.fund.states import CHANGEABLE
from buurtdraad.lib.refusal import Refused


class NoChange(Refused):
    """Nothing can be changed now, or it was answered."""


@transaction.atomic
def ask(
    application: Application,
    *,
    words: str,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    by: Person | None,
    at: datetime.datetime,
) -> ChangeAsked:
    """What they want to do otherwise, where wanted on other days. One at a time. Raises `NoChange`."""
    held = hold(application)
    if held.stage not in CHANGEABLE or granted_of(held) is None:
        raise NoChange(_("This cannot be changed any more. Call us."))
    if held.changes.filter(answered_at=None).exists():
        raise NoChange(_("You asked something already. Wait for our answer, or call us."))
    first, last = starts_on or held.starts_on, ends_on or held.ends_on
    if first and last and last < first:
        raise NoChange(_("The last day comes before the first day."))
    made = ChangeAsked.objects.create(application=held, words=words, starts_on=starts_on, ends_on=ends_on, asked_at=at)
    write_down("change.asked", held, by=by, at=at)
    tell_colleague(held.handler, lambda: asked(held), held, link=file_of(held), by=by, at=at)
    return made


def asked(application: Application) -> tuple[str, list[str]]:
    return _("They want to change something: %(number)s") % {"number": application}, [_("Say whether that is good.")]


@transaction.atomic
def answer(change: ChangeAsked, *, agreed: bool, answer: str, by: Person, at: datetime.datetime) -> None:
    """Whether it is good; agreed days hold from now on. Raises `NotFree` and `NoChange`."""
    application = hold(change.application)
    must_be_free(by, application)
    open_now = ChangeAsked.objects.filter(pk=change.pk, answered_at=None)
    if not open_now.update(agreed=agreed, answer=answer, answered_by=by.uuid, answered_at=at):
        raise NoChange(_("This was answered already."))
    change.refresh_from_db()
    if agreed and (change.starts_on or change.ends_on):
        move_days(application, change)
    write_down("change.answered", application, by=by, at=at, payload={"agreed": agreed})
    tell_applicant(application, lambda: answered(change), link=page_of_applicant(application), by=by, at=at)


def move_days(application: Application, change: ChangeAsked) -> None:
    """The new days, and the last day to show what was done with them."""
    application.starts_on = change.starts_on or application.starts_on
    application.ends_on = change.ends_on or application.ends_on
    Application.objects.filter(pk=application.pk).update(starts_on=application.starts_on, ends_on=application.ends_on)
    decision = granted_of(application)
    if decision:
        open_account = Account.objects.filter(application=application, given_at=None)
        open_account.update(due_on=due_on_of(application, decision), reminded_at=None)


def answered(change: ChangeAsked) -> tuple[str, list[str]]:
    says = _("You may do it so.") if change.agreed else _("You may not do it so.")
    return _("Our answer about your change"), [says, change.answer]
