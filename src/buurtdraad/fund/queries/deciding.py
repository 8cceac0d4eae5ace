"""What a decision has to look at: how much can be granted, from which pot, whether it is somebody's turn, and who was heard."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from buurtdraad.fund import tally
from buurtdraad.fund.models import Application, Decision, Draw
from buurtdraad.fund.queries import rounds
from buurtdraad.fund.queries.applications import asked_of
from buurtdraad.fund.queries.rules import cap_of
from buurtdraad.fund.rules import highest_grant, needs_view
from buurtdraad.fund.states import IN_HAND
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.pots import free_in, pots_of
from buurtdraad.money.states import Source
from buurtdraad.places import queries as places


@dataclass(frozen=True)
class Text:
    """What is proposed or decided: for the applicant in plain words, with the coded ground where it is not all that was asked."""

    outcome: str
    amount: Decimal
    ground: str
    words: str
    obligations: str = ""


# --- how much ------------------------------------------------------------------------------------------


def most_of(application: Application) -> Decimal:
    """The most euros that can be granted, whatever is in the pot: what was asked, was accepted, and the rules allow."""
    rules = application.rules
    return highest_grant(
        need=min(application.asked, asked_of(application)),
        most=rules.most,
        cap=cap_of(rules, application.activity, application.visitors),
        most_a_year=rules.most_a_year,
        had_this_year=had_this_year(application) if rules.most_a_year is not None else Decimal(0),
    )


def had_this_year(application: Application) -> Decimal:
    """Euros that this initiative was granted before in the calendar year in which this came in."""
    year = application.received_on.year if application.received_on else 0
    granted = Decision.objects.filter(application__initiative=application.initiative_id, application__received_on__year=year)
    counting = granted.filter(replaced_by=None).exclude(application=application)
    return counting.aggregate(all=Sum("amount"))["all"] or Decimal(0)


def needs_two(application: Application) -> bool:
    """Whether two people decide together: above the amount of the rules, by what was asked. Not of a small plan."""
    return not application.small and application.asked > application.rules.four_eyes_above


def must_be_heard(application: Application, ground: str) -> bool:
    """Whether the applicant has to be heard before a decision on this ground (Awb 4:7, 4:12), and was not."""
    return needs_view(ground=ground) and not was_heard(application)


def was_heard(application: Application) -> bool:
    """Whether they gave their view, or said that they do not want to, or let the day go by."""
    return application.views.filter(Q(given_at__isnull=False) | Q(waived_at__isnull=False)).exists()


# --- pots and the order on a ceiling -------------------------------------------------------------------


def pots_for(application: Application) -> QuerySet[Pot]:
    """Open pots of the fund and the year from which this can be paid: of its area, or of a place around it.

    Never money of an agenda or a partner: over that others decide.
    """
    day = application.complete_on or application.received_on
    code = application.initiative.area.code
    found = pots_of([code, *places.touched_by([code])], day.year if day else None).filter(closed_at=None, kept_for="", source=Source.FUND)
    return found.filter(Q(theme="") | Q(theme=application.initiative.theme))


def only_pot_for(application: Application) -> Pot | None:
    """The pot of the fund from which this is paid, when only one fits; of a ceiling and its part the part. None: somebody chooses."""
    fits = list(pots_for(application))
    around = {pot.within_id for pot in fits}
    inner = [pot for pot in fits if pot.pk not in around]
    return inner[0] if len(inner) == 1 else None


def chain(pot: Pot) -> list[Pot]:
    """The pot and the ceilings around it, the outermost first."""
    found = [pot]
    while (outer := found[-1].within) is not None:
        found.append(outer)
    return found[::-1]


def inside(pot: Pot) -> set[int]:
    """Keys of the pot and of all that lie within it."""
    found, layer = {pot.pk}, {pot.pk}
    while layer:
        layer = set(Pot.objects.filter(within__in=layer).values_list("pk", flat=True)) - found
        found |= layer
    return found


def waiting_for(pot: Pot) -> QuerySet[Application]:
    """Applications that are complete and wait for money of this pot or of one within it, in the order in which they were complete.

    Those of a round have an order of their own.
    """
    waiting = Application.objects.filter(pot__in=inside(pot), stage__in=sorted(IN_HAND), complete_on__isnull=False)
    return waiting.exclude(rounds.by_round()).select_related("initiative__area").order_by("complete_on", "id")


def claims_of(waiting: QuerySet[Application]) -> list[tally.Claim]:
    """What they ask, as plain rows: there can be thousands."""
    rows = waiting.select_related(None).values_list("uuid", "complete_on", "asked")
    return [tally.Claim(str(uuid), complete_on, asked) for uuid, complete_on, asked in rows if complete_on]


def draws_of(pot: Pot) -> dict[datetime.date, list[str]]:
    """The order of each draw that was held of this pot."""
    return {draw.on: draw.order for draw in Draw.objects.filter(pot=pot)}


def turn_of(application: Application, amount: Decimal) -> tally.Turn:
    """Whether so much can be granted now without taking it from somebody who was complete sooner; for each ceiling around the pot."""
    if application.pot is None or application.complete_on is None:
        return tally.Turn.YES
    if rounds.goes_by_round(application):
        return rounds.turn_in_round(application, amount, free=free_in(application.pot))
    mine = tally.Claim(str(application.uuid), application.complete_on, amount)
    for pot in chain(application.pot):
        free = Pot.objects.get(pk=pot.pk).free
        said = tally.turn(mine, claims_of(waiting_for(pot)), draws_of(pot), free=free)
        if said != tally.Turn.YES:
            return said
    return tally.Turn.YES


def is_short(application: Application) -> bool:
    """Whether there is less than what can be granted for it, and nobody waits before it: then the ceiling is a ground (Awb 4:25)."""
    most = most_of(application)
    if application.pot is None or turn_of(application, most) != tally.Turn.YES:
        return False
    return free_in(application.pot) < most


def overflow_day(pot: Pot) -> datetime.date | None:
    """The day on which not all who were complete can get money of this pot any more, when no draw was held for it yet. Two queries."""
    claims = claims_of(waiting_for(pot))
    day = tally.overflow_day(claims, free=pot.free)
    together = sum(claim.complete_on == day for claim in claims)
    return None if day is None or together == 1 or day in draws_of(pot) else day


def together_on(pot: Pot, day: datetime.date) -> list[Application]:
    """Who was complete on this day and waits for money of this pot."""
    return list(waiting_for(pot).filter(complete_on=day))
