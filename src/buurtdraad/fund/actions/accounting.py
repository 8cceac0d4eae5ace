"""Showing what was done (verantwoording, Awb 4:45): asked after the last day, given by who got the money, looked at by who handles it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.handling import file_of
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import hold, write_down
from buurtdraad.fund.actions.telling import tell_applicant, tell_colleague
from buurtdraad.fund.models import Account, Application, Decision, Spent
from buurtdraad.fund.queries.accounting import due_on_of, what_misses
from buurtdraad.fund.rules import rolled
from buurtdraad.fund.states import MOVES, YES, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage

# In these somebody can still write what they did: also before we ask for it.
WRITING = YES | {Stage.REPORT_DUE}
# After it was given back there are at least so many days to complete it.
AGAIN = datetime.timedelta(days=14)


class NotDone(Refused):
    """What has to be shown is not all there."""


@dataclass(frozen=True)
class Line:
    """What one line of the costs was planned to be, and came to, in euros."""

    label: str
    planned: Decimal
    amount: Decimal


def page_of(application: Application) -> str:
    """The path of the page on which somebody shows what they did, without language."""
    return f"/fonds/aanvragen/{application.uuid}/verantwoording/"


def open_account(application: Application, decision: Decision) -> None:
    """What has to be shown, and by when; of what was determined at once nothing. Part of making known; the application is held."""
    if decision.at_once:
        Account.objects.filter(application=application, given_at=None).delete()
        return
    Account.objects.update_or_create(application=application, defaults={"due_on": due_on_of(application, decision)})


# --- by the clock ----------------------------------------------------------------------------------------


@transaction.atomic
def ask(account: Account, *, at: datetime.datetime) -> None:
    """The activity is over: now we want to see what was done. Raises `WrongStage`."""
    application = hold(account.application)
    move(application, Stage.REPORT_DUE, moves=MOVES)
    write_down("account.asked", application, by=None, at=at)
    tell_applicant(application, lambda: asking(account), link=page_of(application), by=None, at=at)


@transaction.atomic
def remind(account: Account, *, at: datetime.datetime) -> None:
    """Once before the last day, and once when it went by."""
    held = (
        Account.objects.select_for_update(of=("self",))
        .select_related("application__initiative__area", "application__contact")
        .get(pk=account.pk)
    )
    if held.given_at:
        raise wrong_stage(f"{held} was given")
    Account.objects.filter(pk=held.pk).update(reminded_at=at)
    write_down("account.reminded", held.application, by=None, at=at)
    tell_applicant(held.application, lambda: reminding(held, timezone.localdate(at)), link=page_of(held.application), by=None, at=at)


def asking(account: Account) -> tuple[str, list[str]]:
    return _("Show us what you did"), [
        _("Your plan is done. Tell us how it went, with pictures and receipts."),
        _("Please do that not later than %(day)s.") % {"day": date_format(account.due_on, "j F Y")},
    ]


def reminding(account: Account, today: datetime.date) -> tuple[str, list[str]]:
    day = {"day": date_format(account.due_on, "j F Y")}
    late = account.due_on < today
    words = _("The last day was %(day)s. Do you need help? Call us.") if late else _("Please do that not later than %(day)s.")
    return _("Show us what you did"), [_("We did not see yet what you did with the money."), words % day]


# --- by who got the money --------------------------------------------------------------------------------


@transaction.atomic
def write(
    account: Account, *, done: str, people: int | None, learned: str, lines: Iterable[Line] = (), by: Person | None, at: datetime.datetime
) -> None:
    """Keep the answers, and of a full report what each line came to. It can be done as often as wanted. Raises `WrongStage`."""
    held = writable(account)
    lines = list(lines)
    if lines:
        Spent.objects.filter(account=held).delete()
        Spent.objects.bulk_create(Spent(account=held, label=line.label, planned=line.planned, amount=line.amount) for line in lines)
    spent = sum((line.amount for line in lines), Decimal(0)) if lines else held.spent
    Account.objects.filter(pk=held.pk).update(done=done, people=people, learned=learned, spent=spent)
    account.refresh_from_db()
    write_down("account.written", held.application, by=by, at=at)


@transaction.atomic
def give(account: Account, *, by: Person | None, at: datetime.datetime) -> None:
    """It is ready: who handles it looks at it. Raises `NotDone` with what misses, and `WrongStage`."""
    held = writable(account)
    if missing := what_misses(held):
        raise NotDone(" ".join(missing))
    application = held.application
    if application.stage in YES:
        move(application, Stage.REPORT_DUE, moves=MOVES)
    move(application, Stage.REPORTED, moves=MOVES)
    Account.objects.filter(pk=held.pk).update(given_at=at, back_why="", looked_by=None, looked_at=None)
    account.refresh_from_db()
    write_down("account.given", application, by=by, at=at)
    tell_colleague(application.handler, lambda: given(application), application, link=file_of(application), by=by, at=at)


def given(application: Application) -> tuple[str, list[str]]:
    return _("They showed what they did: %(number)s") % {"number": application}, [_("Look at it. Then the final amount can be decided.")]


def writable(account: Account) -> Account:
    """The row, with its application held. Raises `WrongStage` when it was given, or there is nothing to show."""
    application = hold(account.application)
    if application.stage not in WRITING:
        raise wrong_stage(f"{account} is not written now")
    found = Account.objects.get(pk=account.pk)
    found.application = application
    return found


# --- by who handles it -----------------------------------------------------------------------------------


@transaction.atomic
def give_back(account: Account, why: str, *, by: Person, at: datetime.datetime) -> None:
    """Something misses: who got the money completes it, with at least two weeks for it. Raises `NotFree` and `WrongStage`."""
    application = hold(account.application)
    must_be_free(by, application)
    move(application, Stage.REPORT_DUE, moves=MOVES)
    due_on = max(account.due_on, rolled(timezone.localdate(at) + AGAIN))
    Account.objects.filter(pk=account.pk).update(
        given_at=None, back_why=why, due_on=due_on, reminded_at=None, looked_by=None, looked_at=None
    )
    account.refresh_from_db()
    write_down("account.given_back", application, by=by, at=at)
    tell_applicant(application, lambda: going_back(account), link=page_of(application), by=by, at=at)


def going_back(account: Account) -> tuple[str, list[str]]:
    return _("We miss something of what you did"), [
        account.back_why,
        _("Please complete it not later than %(day)s.") % {"day": date_format(account.due_on, "j F Y")},
    ]


@transaction.atomic
def look(account: Account, *, by: Person, at: datetime.datetime) -> None:
    """Somebody looked at it and finds it in order: the first of two, where the amount asks for two. Raises `NotFree` and `WrongStage`."""
    application = hold(account.application)
    must_be_free(by, application)
    if application.stage != Stage.REPORTED:
        raise wrong_stage(f"{account} was not given")
    Account.objects.filter(pk=account.pk).update(looked_by=by.uuid, looked_at=at)
    account.refresh_from_db()
    write_down("account.looked_at", application, by=by, at=at)
