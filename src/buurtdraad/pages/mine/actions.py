"""Taking one's data along, another e-mail address, and erasing: each over all rooms in one transaction."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import use_code, use_link
from buurtdraad.accounts.signing_in.actions.new_address import take_address
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.audit.actions import record
from buurtdraad.pages.mine.parts import KEPT, everything, whole


@transaction.atomic
def take_along(person: Person, *, at: datetime.datetime) -> dict:
    """All that we have of this person. That they asked is written down, and nothing of what they got."""
    record("person.took_along", room="accounts", thing=f"person:{person.uuid}", by=person.uuid, at=at)
    return whole(everything(person, at=at))


@transaction.atomic
def change_address(person: Person, token: str, *, keep: str | None, at: datetime.datetime) -> None:
    """Another e-mail address, by the link in the mail to it. Raises `BadLink` or `AddressTaken`; then nothing changed."""
    go_along(person, use_link(Purpose.CONFIRM_ADDRESS, token, at=at), keep=keep, at=at)


def change_address_by_code(person: Person, link_id: int, code: str, *, keep: str | None, at: datetime.datetime) -> None:
    """The same by the code in that mail, where it was asked for. Raises `BadLink`, `WrongCode` or `AddressTaken`."""
    # Outside the transaction of the rest: a wrong try counts.
    link = use_code(link_id, code, at=at)
    go_along(person, link, keep=keep, at=at)


@transaction.atomic
def go_along(person: Person, link: Link, *, keep: str | None, at: datetime.datetime) -> None:
    """The account takes the address first: it is by the old one that the rooms find their rows."""
    old = take_address(person, link, keep=keep, at=at)
    changed = Person.objects.get(pk=person.pk)
    for kept in KEPT:
        if old and kept.follow_address:
            kept.follow_address(changed, old=old, at=at)


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Take away all that the rooms have of a person; what was decided stays, without them. A second time changes nothing.

    Raises `HandOverFirst` for staff with a duty that runs; then nothing changed.
    """
    found = Person.objects.select_for_update().get(pk=person.pk)
    if found.erased_at:
        return
    for kept in KEPT:
        kept.erase(found, at=at)
    record("person.erased", room="accounts", thing=f"person:{found.uuid}", by=found.uuid, at=at)
