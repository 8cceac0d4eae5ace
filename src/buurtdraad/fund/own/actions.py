"""Taking away what the fund has of a person, and destroying what is past its time.

What was sent is kept for as long as the archive law says, also when somebody erases their account: without the way to reach them.
"""

import datetime
from collections.abc import Callable, Collection
from functools import partial

from django.db import connection, transaction
from django.db.models import QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import AccountPicture, Application, ApplicationDocument, Decision, Letter, Objection, Payee, Receipt, Settlement
from buurtdraad.fund.own import past
from buurtdraad.fund.states import OVER, SentBy, Stage
from buurtdraad.lib.uploads.keeping import forget


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Drafts go. What was sent stays for its legal time: letters go by post from now on, and pictures and phone numbers go at once."""
    mine = Application.objects.filter(contact__person=person)
    pictures = AccountPicture.objects.filter(account__application__in=mine) | AccountPicture.objects.filter(given_by=person.uuid)
    forget_files(pictures)
    AccountPicture.objects.filter(pk__in=list(pictures.values_list("pk", flat=True))).delete()
    for draft in mine.filter(stage=Stage.DRAFT):
        destroy(draft)
    over = mine.filter(stage__in=sorted(OVER))
    Payee.objects.filter(application__in=over).delete()
    Receipt.objects.filter(given_by=person.uuid).update(given_by=None)
    ApplicationDocument.objects.filter(given_by=person.uuid).update(given_by=None)
    mine.update(contact=None, phone="", send_by=SentBy.POST)


# --- past their time ------------------------------------------------------------------------------------


def destroy_granted(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy finished grants of long ago; what was paid stays in the ledger, without whose it was. Returns how many."""
    return destroy_due(past.granted_due, ids, on)


def destroy_refused(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy refusals of long ago. Returns how many."""
    return destroy_due(past.refused_due, ids, on)


def destroy_broken_off(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy what was taken back, sent on, or never sent. Returns how many."""
    return destroy_due(past.broken_off_due, ids, on)


def destroy_objections(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy objections that were not right. Returns how many."""
    return destroy_objections_due(past.objections_due, ids, on)


def destroy_objections_about_money(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy objections that brought another decision. Returns how many."""
    return destroy_objections_due(past.objections_about_money_due, ids, on)


def destroy_objections_inadmissible(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy objections that were not looked at. Returns how many."""
    return destroy_objections_due(past.objections_inadmissible_due, ids, on)


@transaction.atomic
def destroy_due(due: Callable[[datetime.date], QuerySet[Application]], ids: Collection[int], on: datetime.date) -> int:
    found = list(due(on).filter(pk__in=ids))
    for application in found:
        destroy(application)
    return len(found)


@transaction.atomic
def destroy_objections_due(due: Callable[[datetime.date], QuerySet[Objection]], ids: Collection[int], on: datetime.date) -> int:
    found = list(due(on).filter(pk__in=ids))
    for objection in found:
        letter = objection.letter
        Objection.objects.filter(pk=objection.pk).delete()
        if letter:
            letter.delete()
    return len(found)


def destroy(application: Application) -> None:
    """All of one request, with its files. Decisions and final amounts stay as they are but for this (`buurtdraad.retention`)."""
    forget_files(application.documents.all())
    forget_files(Receipt.objects.filter(account__application=application))
    forget_files(AccountPicture.objects.filter(account__application=application))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
    newest_first(Settlement.objects.filter(application=application))
    Letter.objects.filter(application=application).delete()
    newest_first(Decision.objects.filter(application=application))
    application.recoveries.all().delete()
    Application.objects.filter(pk=application.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'off'")


def newest_first(found: QuerySet) -> None:
    """A row that replaces another goes before it."""
    for row in found.order_by("-pk"):
        row.delete()


def forget_files(found: QuerySet) -> None:
    for key in found.values_list("key", flat=True):
        transaction.on_commit(partial(forget, key))
