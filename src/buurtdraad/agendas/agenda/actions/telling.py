"""Telling who gave the wishes of a topic what became of them: one answer for all, when staff wrote one. Never silently."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import MOVES, TRACK, Stage

ENDED = frozenset({Stage.DONE, Stage.NOT_DONE})


@dataclass(frozen=True)
class TellGivers:
    """One answer to the people of these wishes."""

    text: str
    wishes: Collection[Wish]


def tell_givers(tell: TellGivers, stage: Stage, *, by: Person, at: datetime.datetime) -> int:
    """Answer the people of these wishes, and move the wishes on to this step; how many wishes.

    One that is further already is told and stays there. Those that came to their end before are left alone.
    """
    pks = {wish.head_id or wish.pk for wish in tell.wishes}
    found = list(Wish.objects.filter(pk__in=pks))
    moving = [wish for wish in found if is_ahead(stage, wish) and stage in MOVES[wish.stage]]
    staying = [wish for wish in found if not is_ahead(stage, wish) and wish.stage not in ENDED]
    for wishes_there, to in ((moving, stage), (staying, None)):
        if wishes_there:
            wishes.answer(wishes_there, text=tell.text, stage=to, by=by, at=at)
    return len(moving) + len(staying)


def is_ahead(stage: Stage, wish: Wish) -> bool:
    """Whether this step lies ahead of a wish, or the wish is off the track."""
    return wish.stage not in TRACK or TRACK.index(stage) > TRACK.index(Stage(wish.stage))
