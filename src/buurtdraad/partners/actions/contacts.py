"""Who works here: adding, changing and ending them, their picture, taking oneself off the site, and destroying what is past its time."""

import datetime
from collections.abc import Collection, Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.tables.reports import differences
from buurtdraad.lib.uploads.keeping import forget, kept_picture
from buurtdraad.lib.uploads.models import People
from buurtdraad.lib.uploads.pictures import CleanPicture
from buurtdraad.partners.access import duty_of
from buurtdraad.partners.actions.organisations import NotKept
from buurtdraad.partners.actions.representatives import check_days
from buurtdraad.partners.models import ContactPicture, LocalContact
from buurtdraad.partners.queries.contacts import codes_of, contacts_due
from buurtdraad.places.models import Area
from buurtdraad.places.queries import around

# What is theirs; it goes when they are erased, and some time after they left.
EMPTY = {"first_name": "", "helps_with": "", "phone": "", "walk_in": "", "does": "", "person": None, "on_site": False, "agreed_on": None}


@transaction.atomic
def add_contact(*, areas: Collection[Area], by: Person, at: datetime.datetime, **facts: object) -> LocalContact:
    """Somebody works in these areas; `facts` are the fields of `LocalContact`. Raises `NotKept`."""
    made = LocalContact(**facts)
    check(made, at)
    made.save()
    made.areas.set(areas)
    write_down("local_contact.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_contact(contact: LocalContact, *, areas: Collection[Area], by: Person, at: datetime.datetime, **facts: object) -> None:
    """Give somebody these facts and areas. What is so already is not recorded again. Raises `NotKept`."""
    now = locked(contact)
    changed = differences(now, facts)
    for name, value in changed.items():
        setattr(now, name, value)
    check(now, at)
    now.save()
    before = codes_of([now])
    now.areas.set(areas)
    if changed or before != {area.code for area in areas}:
        write_down("local_contact.changed", now, by=by, at=at, also=before, fields=sorted(changed))


@transaction.atomic
def end_contact(contact: LocalContact, *, last_day: datetime.date, by: Person, at: datetime.datetime) -> None:
    """They work here until and with this day; who leaves today or left already is off the site at once. Raises `NotKept`."""
    now = locked(contact)
    if now.until_on and now.until_on <= last_day:
        raise NotKept(_("This has ended already."))
    now.until_on = last_day
    now.on_site = now.on_site and last_day > timezone.localdate(at)
    check(now, at)
    now.save()
    write_down("local_contact.ended", now, by=by, at=at, last_day=last_day.isoformat())


@transaction.atomic
def withdraw(contact: LocalContact, *, by: Person, at: datetime.datetime) -> None:
    """Somebody takes themselves off the site, with their picture. To come back they have to agree anew. Raises `NotKept`."""
    now = locked(contact)
    LocalContact.objects.filter(pk=now.pk).update(on_site=False, agreed_on=None)
    take_picture_away([now.pk])
    write_down("local_contact.withdrawn", now, by=by, at=at)


# --- their picture ----------------------------------------------------------------------------------


def keep_face(
    contact: LocalContact, picture: CleanPicture, *, alt: str, people: str, agreed_with: str, by: Person, at: datetime.datetime
) -> ContactPicture:
    """Their picture, instead of the one that was there. Raises `NotKept` for somebody who did not agree to stand on the site."""
    with kept_picture(picture) as key, transaction.atomic():
        now = locked(contact)
        if not now.on_site:
            raise NotKept(_("A picture is for who stands on the site."))
        take_picture_away([now.pk])
        made = ContactPicture.objects.create(
            contact=now, key=key, given_by=by.uuid, given_at=at, alt=alt, width=picture.width, height=picture.height,
            people=people, agreed_with=agreed_with, agreed_at=at if people == People.AGREED else None,
        )  # fmt: skip
        write_down("local_contact.pictured", now, by=by, at=at)
    return made


@transaction.atomic
def remove_face(contact: LocalContact, *, by: Person, at: datetime.datetime) -> None:
    """Take their picture away. Raises `NotKept`."""
    now = locked(contact)
    take_picture_away([now.pk])
    write_down("local_contact.picture_removed", now, by=by, at=at)


def take_picture_away(ids: Collection[int]) -> None:
    """Rows now, files after the commit."""
    pictures = ContactPicture.objects.filter(contact__in=ids)
    for key in list(pictures.values_list("key", flat=True)):
        transaction.on_commit(partial(forget, key))
    pictures.delete()


# --- going ------------------------------------------------------------------------------------------


@transaction.atomic
def destroy_contacts(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy who they were and their picture, of these who are still past their time; that somebody worked there stays. How many."""
    due = list(contacts_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    take_picture_away(due)
    return LocalContact.objects.filter(pk__in=due).update(**EMPTY)


# --- what they share --------------------------------------------------------------------------------


def locked(contact: LocalContact) -> LocalContact:
    """As they stand, for this transaction alone. Raises `NotKept` for who was erased or destroyed."""
    now = LocalContact.objects.select_for_update(of=("self",)).prefetch_related("areas").get(pk=contact.pk)
    if not now.first_name:
        raise NotKept(_("We no longer keep who this is, so nothing can be changed."))
    return now


def check(contact: LocalContact, at: datetime.datetime) -> None:
    """Raises `NotKept` where the database would say no, and for a yes that was not given yet."""
    check_days(contact)
    if contact.on_site and not (contact.first_name and contact.helps_with and contact.agreed_on):
        raise NotKept(_("On the site stands only who agreed, with a first name and for what one can come."))
    if contact.agreed_on and contact.agreed_on > timezone.localdate(at):
        raise NotKept(_("The day on which they agreed has not come yet."))


def write_down(verb: str, contact: LocalContact, *, by: Person, at: datetime.datetime, also: Iterable[str] = (), **payload: object) -> None:
    """One line in the record; the pages of their areas are made anew."""
    codes = {*also, *contact.areas.values_list("code", flat=True)}
    facts = {"touches": around(codes), "duty": duty_of(by), "payload": payload}
    record(verb, room="partners", thing=f"local_contact:{contact.uuid}", by=by.uuid, at=at, **facts)  # type: ignore[arg-type]
