"""What partners said of their agreements and offers, and what of it waits for whom."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.lib.monthly import CONFIRMED_WITHIN
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.partners.models import Confirmation, Representative
from buurtdraad.partners.models.confirming import ConfirmationQuerySet
from buurtdraad.partners.queries.joining import same_as
from buurtdraad.partners.states import Says
from buurtdraad.places.models import AreaYear, Kind, Membership
from buurtdraad.places.queries import last_name


def said_of(things: Collection[str]) -> dict[str, list[Confirmation]]:
    """The last that each organisation said of each of these things, the newest first. One query."""
    found = Confirmation.objects.filter(thing__in=set(things)).select_related("organisation__joined_to", "through")
    of_each: dict[str, list[Confirmation]] = {}
    for one in found.order_by("thing", "organisation_id", "-at", "-pk").distinct("thing", "organisation_id"):
        of_each.setdefault(one.thing, []).append(one)
    return {thing: sorted(said, key=lambda one: (one.at, one.pk), reverse=True) for thing, said in of_each.items()}


def last_said(things: Collection[str]) -> dict[str, Confirmation]:
    """The last that anybody said of each of these things; a thing of which nothing was said is not in it. One query."""
    return {thing: said[0] for thing, said in said_of(things).items()}


def answered_on_site(things: Collection[str]) -> dict[str, list[Confirmation]]:
    """What partners were stuck on and what the city answered, where everybody may read it; the newest first. One query."""
    found = Confirmation.objects.filter(thing__in=set(things), on_site=True).select_related("organisation__joined_to")
    of_each: dict[str, list[Confirmation]] = {}
    for one in found.order_by("-answered_at", "-pk"):
        of_each.setdefault(one.thing, []).append(one)
    return of_each


def long_ago(said: Confirmation | None, since: datetime.datetime, at: datetime.datetime) -> bool:
    """Whether two months went by since a partner said something of a thing, or since `since` when it never did."""
    return (said.at if said else since) < at - CONFIRMED_WITHIN


# --- what waits --------------------------------------------------------------------------------------


def managed(on: datetime.date) -> Exists:
    """Whether the area of a confirmation has an area manager on a day."""
    area = OuterRef(OuterRef("area"))
    around = (
        AreaYear.objects.filter(area=area).values("parent"),
        Membership.objects.filter(neighbourhood=area).values("working_area"),
        Membership.objects.filter(working_area=area).values("neighbourhood"),
        Membership.objects.filter(working_area=area).values("neighbourhood__years__parent"),
    )
    here = Q(area__isnull=True) | Q(area__kind__in=(Kind.COUNTRY, Kind.MUNICIPALITY)) | Q(area=OuterRef("area"))
    for codes in around:
        here |= Q(area__in=Subquery(codes))
    return Exists(DutyHeld.objects.on(on).filter(here, duty=Duty.AREA_MANAGER))


def waiting(*, advising: Reach, managing: Reach, everywhere: bool, on: datetime.date) -> QuerySet[Confirmation]:
    """What asks for an answer from who advises here, manages there, or (`everywhere`) is the programme manager.

    What has changed is for the adviser, who is stuck for the area manager. The programme manager gets what nobody in the area
    answers: after the two weeks, and where there is no manager or no area. What is due first stands first. One query.
    """
    mine = within(advising) & Q(says=Says.CHANGED) | within(managing) & Q(says=Says.STUCK)
    if everywhere:
        mine |= Q(area__isnull=True) | Q(says=Says.STUCK) & (Q(answer_by__lt=on) | ~Q(managed(on)))
    return to_answer(on).waiting().filter(mine).order_by("answer_by", "at", "pk")


def to_answer(on: datetime.date) -> ConfirmationQuerySet:
    """What was said, each with its `place`, `right_later` and whether its area is `managed` on a day."""
    found = Confirmation.objects.with_later().annotate(place=last_name("area"), managed=managed(on))
    return found.select_related("area", "organisation__joined_to", "through")


def answered_by(said: Confirmation, on: datetime.date) -> Duty:
    """From which duty something of `to_answer` is answered now."""
    if said.area is None:
        return Duty.PROGRAMME_MANAGER
    if said.says == Says.CHANGED:
        return Duty.AREA_ADVISER
    too_late = said.answer_by is not None and said.answer_by < on
    return Duty.PROGRAMME_MANAGER if too_late or not said.managed else Duty.AREA_MANAGER  # type: ignore[attr-defined]


def is_known(said: Confirmation) -> bool:
    """Whether who says so gave the name of somebody who speaks or spoke for the organisation."""
    named = Representative.objects.filter(same_as(said.organisation), name__iexact=said.said_by.split(",")[0].strip())
    return bool(said.said_by) and named.exists()


def within(reach: Reach) -> Q:
    return Q(area__isnull=False) if reach.everywhere else Q(area__code__in=reach.codes)


def answered_lately(reach: Reach, most: int) -> list[Confirmation]:
    """What was answered last in these areas."""
    found = Confirmation.objects.filter(answered_at__isnull=False).select_related("organisation__joined_to", "area")
    found = found if reach.everywhere else found.filter(within(reach))
    return list(found.annotate(place=last_name("area")).order_by("-answered_at", "-pk")[:most])


# --- what may go -------------------------------------------------------------------------------------


def said_by_due(on: datetime.date) -> QuerySet[Confirmation]:
    """What was said so long ago (`since`) that the name of who said it may go."""
    limit = ended_before(CLASSES["partner said"], on)
    return Confirmation.objects.filter(at__date__lt=limit).exclude(said_by="").annotate(since=Cast("at", DateTimeField()))


def names_of(said: Iterable[Confirmation]) -> list[str]:
    """The organisations of what was said, as they are called now, each once."""
    return list(dict.fromkeys(one.organisation.whole.name for one in said))
