"""Adding, changing and ending an organisation."""

import datetime
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import differences
from buurtdraad.partners.access import duty_of
from buurtdraad.partners.models import Offer, Organisation, Representative, Signature, WorksIn
from buurtdraad.partners.queries.joining import same_as
from buurtdraad.places.models import Area
from buurtdraad.places.queries import touched_by


class NotKept(Refused):
    """An organisation or its representative cannot be so; the text says why."""


@transaction.atomic
def add_organisation(
    *,
    name: str,
    kind: str,
    website: str = "",
    areas: Collection[Area] = (),
    challenges: Collection[Challenge] = (),
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: Person,
    at: datetime.datetime,
) -> Organisation:
    """An organisation that works in these areas on these challenges. Raises `NotKept` for a name that is there already."""
    organisation = Organisation(name=name, kind=kind, website=website, from_on=from_on, until_on=until_on)
    keep(organisation)
    give(organisation, areas, challenges)
    write_down("organisation.added", organisation, by=by, at=at, touched=[area.code for area in areas])
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    *,
    areas: Collection[Area],
    challenges: Collection[Challenge],
    by: Person,
    at: datetime.datetime,
    **facts: object,
) -> None:
    """Give an organisation these facts, areas and challenges (of `add_organisation`). What is so already is not recorded again.

    Raises `NotKept`.
    """
    now = locked(organisation)
    before = set(now.works_in.values_list("area__code", flat=True))
    changed = differences(now, facts)
    for name, value in changed.items():
        setattr(now, name, value)
    keep(now)
    changed |= dict.fromkeys(give(now, areas, challenges))
    if changed:
        touched = before | {area.code for area in areas}
        write_down("organisation.changed", now, by=by, at=at, touched=touched, fields=sorted(changed))


@transaction.atomic
def end_organisation(
    organisation: Organisation, *, last_day: datetime.date, also: Iterable[str] = (), by: Person, at: datetime.datetime
) -> None:
    """An organisation ends with this day, and so do speaking for it or a double and what these offer; what points at it stays.

    `also`: the codes of other areas of which pages say so. Raises `NotKept`.
    """
    now = locked(organisation)
    end(now, last_day)
    offers = Offer.objects.filter(same_as(now))
    # Everybody reads there that it stopped.
    accords = Signature.objects.filter(same_as(now), left_on__isnull=True).values_list("version__accord__areas__code", flat=True)
    there = WorksIn.objects.filter(same_as(now)).values_list("area__code", flat=True)
    touched = {*there, *also, *offers.values_list("areas__code", flat=True), *accords} - {None}
    for those in (Representative.objects.filter(same_as(now)), offers):
        later = those.filter(Q(until_on__isnull=True) | Q(until_on__gt=last_day))
        # What was still to begin has one day left, its first.
        later.filter(from_on__gt=last_day).update(until_on=F("from_on"))
        later.filter(from_on__lte=last_day).update(until_on=last_day)
    write_down("organisation.ended", now, by=by, at=at, touched=touched, last_day=last_day.isoformat())


# --- what they share --------------------------------------------------------------------------------


def locked(organisation: Organisation) -> Organisation:
    """The organisation as it stands, for this transaction alone."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def keep(organisation: Organisation) -> None:
    """Save it. Raises `NotKept` where the database would say no."""
    if organisation.until_on and organisation.until_on < organisation.from_on:
        raise NotKept(_("The last day lies before the first day."))
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        raise NotKept(_("There is an organisation with this name already.")) from None


def give(organisation: Organisation, areas: Iterable[Area], challenges: Iterable[Challenge]) -> list[str]:
    """Let it work in these areas on these challenges; which of the two changed."""
    wanted, there = {area.pk for area in areas}, set(organisation.works_in.values_list("area", flat=True))
    organisation.works_in.filter(area__in=there - wanted).delete()
    WorksIn.objects.bulk_create(WorksIn(organisation=organisation, area_id=pk) for pk in sorted(wanted - there))
    tasks, had = {challenge.pk for challenge in challenges}, set(organisation.challenges.values_list("pk", flat=True))
    organisation.challenges.set(tasks)
    return [name for name, differs in (("areas", wanted != there), ("challenges", tasks != had)) if differs]


def end(thing: Organisation | Representative, last_day: datetime.date) -> None:
    if thing.until_on and thing.until_on <= last_day:
        raise NotKept(_("This has ended already."))
    if last_day < thing.from_on:
        raise NotKept(_("The last day lies before the first day."))
    thing.until_on = last_day
    thing.save(update_fields=["until_on"])


def write_down(
    verb: str, organisation: Organisation, *, by: Person, at: datetime.datetime, touched: Iterable[str] = (), **payload: object
) -> None:
    thing, touches = f"organisation:{organisation.uuid}", touched_by(touched) if touched else ()
    record(verb, room="partners", thing=thing, by=by.uuid, at=at, touches=touches, duty=duty_of(by), payload=payload)
