"""Destroying what is past its time, once an administrator has approved the list."""

import datetime
from collections.abc import Collection

from django.db import transaction

from buurtdraad.messages import queries
from buurtdraad.messages.models import Contact


@transaction.atomic
def destroy_mails(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the mails with these ids that are still past their time; the messages in them stay. Returns how many."""
    number, _kinds = queries.mails_due(on).filter(pk__in=ids).delete()
    return number


@transaction.atomic
def destroy_messages(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the messages with these ids that are still past their time. Returns how many."""
    number, _kinds = queries.messages_due(on).filter(pk__in=ids).delete()
    return number


@transaction.atomic
def destroy_numbers(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the phone numbers with these ids that are still past their time. Returns how many."""
    number, _kinds = queries.numbers_due(on).filter(pk__in=ids).delete()
    return number


@transaction.atomic
def destroy_contacts(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the contacts with these ids to whom still nothing leads, with their messages and slips. Returns how many."""
    due = list(queries.contacts_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    Contact.objects.filter(pk__in=due).delete()
    return len(due)
