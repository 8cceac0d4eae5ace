"""Giving a wish: the one road for all channels, which all count alike."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.personal import personal
from buurtdraad.agendas.wishes.actions.wording import said
from buurtdraad.agendas.wishes.models import AreaChoices, Giver, Series, Step, Wish
from buurtdraad.agendas.wishes.queries.areas import areas_above
from buurtdraad.agendas.wishes.rules import answer_by, prefixes, reference, to_the_street
from buurtdraad.agendas.wishes.states import BY_STAFF, WITHOUT_POINT, Channel, Kind, Showing, Stage, Theme
from buurtdraad.audit.actions import record
from buurtdraad.messages.models import Contact
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


@dataclass(frozen=True)
class Given:
    """What somebody tells. `point` is latitude and longitude; it is rounded to the street, and left out for trouble between people."""

    text: str
    area: Area
    kind: Kind = Kind.WISH
    theme: Theme = Theme.OTHER
    channel: Channel = Channel.WEB
    point: tuple[float, float] | None = None


@transaction.atomic
def give(
    given: Given,
    *,
    contact: Contact | None,
    by: Person | None,
    at: datetime.datetime,
    doubts: Collection[str] = (),
    mark: str | None = None,
    batch: UUID | None = None,
    showing: Showing | None = None,
) -> Wish:
    """Write down a wish and who gave it. What was given before with the same `mark` is given back, and nothing changes.

    `contact` is who hears the answer, None when nobody can be told. `by` is the person who wrote it down: the giver
    themselves or one of the staff; None for a visitor. `doubts` (see `lib.spam`) and all that is personal let it
    wait until somebody has read it; so does an area that reads everything first. A note of staff stays off the site until
    they put it there. `showing` overrules this, for what was read elsewhere.
    """
    if mark and (sent := Wish.objects.filter(mark=mark).first()):
        return sent
    choices = choices_for(given.area)
    reasons = [*doubts, *sorted(personal(given.text))]
    showing = showing or first_showing(given.channel, reasons, choices)
    point = to_the_street(*given.point) if given.point and given.theme not in WITHOUT_POINT else None
    # Asked before the number is drawn: from then on everybody else who gives a wish here waits.
    touches = places.touched_by([given.area.code]) if showing == Showing.SHOWN else ()
    words, series = said(given.text), series_of(given.area)
    try:
        with transaction.atomic():
            wish = Wish.objects.create(
                reference=next_in(series),
                area=given.area,
                kind=given.kind,
                theme=given.theme,
                **words,
                latitude=point[0] if point else None,
                longitude=point[1] if point else None,
                channel=given.channel,
                showing=showing,
                waits_for=reasons,
                given_at=at,
                answer_by=answer_by(timezone.localdate(at), choices.answer_within),
                mark=mark or None,
                batch=batch,
            )
    except IntegrityError:
        # The same form or note, sent twice at once: the other one was first.
        if mark and (sent := Wish.objects.filter(mark=mark).first()):
            return sent
        raise
    add_giver(wish, contact=contact, words=given.text, channel=given.channel, by=by, at=at)
    Step.objects.create(wish=wish, stage=Stage.TOLD, by=by.uuid if by else None, at=at)
    record(
        "wish.given",
        room="agendas",
        thing=f"wish:{wish.reference}",
        by=by.uuid if by else None,
        at=at,
        channel="" if by else given.channel,
        touches=touches,
        payload={"area": given.area.code, "channel": given.channel, "waits_for": reasons},
    )
    return wish


def add_giver(
    wish: Wish, *, contact: Contact | None, words: str, channel: Channel, by: Person | None, at: datetime.datetime, mark: str | None = None
) -> Giver:
    """One more person who gave this wish, in their own words; who gave it before stays one, and so does one note (`mark`) sent twice."""
    if mark and (sent := Giver.objects.filter(mark=mark).first()):
        return sent
    written_by = by.uuid if by and not (contact and contact.person_id == by.pk) else None
    facts = {"words": words, "channel": channel, "written_by": written_by, "given_at": at, "mark": mark or None}
    if contact is None:
        return Giver.objects.create(wish=wish, **facts)
    return Giver.objects.get_or_create(wish=wish, contact=contact, defaults=facts)[0]


def first_showing(channel: Channel, reasons: Collection[str], choices: AreaChoices) -> Showing:
    if channel in BY_STAFF:
        return Showing.PRIVATE
    return Showing.WAITING if reasons or choices.read_first else Showing.SHOWN


def choices_for(area: Area) -> AreaChoices:
    """What holds for wishes in this area: what it chose, else its working area, its district or the city; else what is usual."""
    codes = [place.code for place in areas_above(area)]
    chosen = {choices.area.code: choices for choices in AreaChoices.objects.filter(area__code__in=codes).select_related("area")}
    return next((chosen[code] for code in codes if code in chosen), AreaChoices(area=area))


def new_reference(area: Area) -> str:
    """The next number of the series of an area: ZO-43. Two at once get two."""
    return next_in(series_of(area))


def next_in(series: Series) -> str:
    Series.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db(fields=["last"])
    return reference(series.prefix, series.last)


def series_of(area: Area) -> Series:
    """The series in which wishes of this area are counted, made at its first use with a prefix that no other has."""
    above = areas_above(area)
    home = next((place for place in above if place.holds_series), above[0])
    while True:
        if found := Series.objects.filter(area__code=home.code).first():
            return found
        taken = set(Series.objects.values_list("prefix", flat=True))
        prefix = next(prefix for prefix in prefixes(home.name) if prefix not in taken)
        try:
            with transaction.atomic():
                return Series.objects.create(area=Area.objects.get(code=home.code), prefix=prefix)
        except IntegrityError:
            continue  # somebody else made it, or took the prefix, meanwhile
