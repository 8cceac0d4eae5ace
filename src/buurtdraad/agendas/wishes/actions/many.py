"""Giving thousands of wishes at once, as a table brings them: the same as `give` for each, in a few statements."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.personal import personal
from buurtdraad.agendas.wishes.actions.giving import Given, choices_for, first_showing, series_of
from buurtdraad.agendas.wishes.actions.wording import said
from buurtdraad.agendas.wishes.models import AreaChoices, Giver, Series, Step, Wish
from buurtdraad.agendas.wishes.rules import answer_by, reference, to_the_street
from buurtdraad.agendas.wishes.states import WITHOUT_POINT, Stage
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area

PIECE = 1000


@dataclass(frozen=True)
class OneOfMany:
    """One wish of a table: `mark` is no other's, `said_at` is when it was told (the promise of an answer runs from now all the same)."""

    given: Given
    contact: Contact | None
    mark: str
    said_at: datetime.datetime


@transaction.atomic
def give_many(many: Sequence[OneOfMany], *, by: Person, at: datetime.datetime, batch: UUID) -> list[Wish]:
    """Write down all of these, with who gave them. It writes no event: who calls it records the whole as one deed."""
    made: list[Wish] = []
    areas = {one.given.area.code: one.given.area for one in many}
    for code, area in sorted(areas.items()):
        here = [one for one in many if one.given.area.code == code]
        choices, numbers = choices_for(area), numbers_for(area, len(here))
        made += [wish_of(one, choices, number, at, batch) for one, number in zip(here, numbers, strict=True)]
    by_mark = {one.mark: one for one in many}
    Wish.objects.bulk_create(made, batch_size=PIECE)
    Giver.objects.bulk_create([giver_of(wish, by_mark[wish.mark or ""], by) for wish in made], batch_size=PIECE)
    Step.objects.bulk_create([Step(wish=wish, stage=Stage.TOLD, by=by.uuid, at=at) for wish in made], batch_size=PIECE)
    return made


def numbers_for(area: Area, many: int) -> list[str]:
    """The next numbers of the series of an area; two at once get different ones."""
    series = series_of(area)
    Series.objects.filter(pk=series.pk).update(last=F("last") + many)
    series.refresh_from_db(fields=["last"])
    return [reference(series.prefix, number) for number in range(series.last - many + 1, series.last + 1)]


def wish_of(one: OneOfMany, choices: AreaChoices, number: str, at: datetime.datetime, batch: UUID) -> Wish:
    given, reasons = one.given, sorted(personal(one.given.text))
    point = to_the_street(*given.point) if given.point and given.theme not in WITHOUT_POINT else (None, None)
    return Wish(
        reference=number,
        area=given.area,
        kind=given.kind,
        theme=given.theme,
        **said(given.text),
        latitude=point[0],
        longitude=point[1],
        channel=given.channel,
        showing=first_showing(given.channel, reasons, choices),
        waits_for=reasons,
        given_at=one.said_at,
        answer_by=answer_by(timezone.localdate(at), choices.answer_within),
        mark=one.mark,
        batch=batch,
    )


def giver_of(wish: Wish, one: OneOfMany, by: Person) -> Giver:
    return Giver(wish=wish, contact=one.contact, words=one.given.text, channel=one.given.channel, written_by=by.uuid, given_at=one.said_at)
