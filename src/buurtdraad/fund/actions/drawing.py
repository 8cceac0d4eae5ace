"""The draw on the day on which a ceiling runs out: once, with a seed that everybody can read, so that anybody can repeat it."""

import datetime
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund import access
from buurtdraad.fund.models import Draw
from buurtdraad.fund.queries import deciding as queries
from buurtdraad.fund.tally import drawn
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.models import Pot
from buurtdraad.places import queries as places

SEED_BYTES = 16


class NothingToDraw(Refused):
    """There is enough for everybody, or the draw was held already."""


class NotImpartial(Refused):
    """Who has an interest in one of the applications does not hold the draw (Awb 2:4)."""


@transaction.atomic
def draw(pot: Pot, *, by: Person, at: datetime.datetime) -> Draw:
    """Put those who were complete on the overflow day in an order by lot. Of two at once one succeeds.

    Raises `NothingToDraw` and `NotImpartial`.
    """
    held = Pot.objects.select_for_update(no_key=True).get(pk=pot.pk)
    day = queries.overflow_day(held)
    if day is None:
        raise NothingToDraw(_("There is nothing to draw: there is enough, or the draw was held."))
    together = queries.together_on(held, day)
    if any(access.has_interest(by, application) for application in together):
        raise NotImpartial(_("You have something to do with one of these requests. Somebody else must hold the draw."))
    seed = secrets.token_hex(SEED_BYTES)
    order = drawn((str(application.uuid) for application in together), seed)
    made = Draw.objects.create(pot=held, on=day, seed=seed, order=order, drawn_by=by.uuid, drawn_at=at)
    record(
        "pot.drawn", room="fund", thing=held.thing, by=by.uuid, duty=access.duty_of(by), at=at,
        touches=places.touched_by([held.area.code]), payload={"on": day.isoformat(), "seed": seed, "order": order},
    )  # fmt: skip
    return made
