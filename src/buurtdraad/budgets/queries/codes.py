"""Codes of a round in numbers: how many were given out and how, and where people can vote. Whose a code is nobody knows."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import may_give_codes, may_help
from buurtdraad.budgets.models import BudgetRound, CodeBatch
from buurtdraad.budgets.states import WITH_CODES, Channel, RoundStage
from buurtdraad.budgets.turnout import without_small
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind

ORDER = [channel.value for channel in Channel]


@dataclass(frozen=True)
class Given:
    """Codes that were given out by one channel. `voted` is None where so few did that one could tell who."""

    channel: Channel
    number: int
    voted: int | None


def given_out(round_: BudgetRound) -> list[Given]:
    """Per channel how many codes there are, and how many of them voted. One query."""
    counted = round_.register.values_list("channel").annotate(number=Count("pk"), voted=Count("pk", filter=Q(used=True)))
    rows = sorted(counted, key=lambda row: ORDER.index(row[0]))
    shown = without_small({channel: voted for channel, _number, voted in rows}, round_.sheet.smallest_group)
    return [Given(Channel(channel), number, shown[channel]) for channel, number, _voted in rows]


def batches_of(round_: BudgetRound) -> list[CodeBatch]:
    """What was printed together, the newest first. One query."""
    return list(round_.batches.annotate(place=places.last_name("area")))


def where_people_vote(round_: BudgetRound) -> list[tuple[Area, str]]:
    """The neighbourhoods of a round with their names, in the order of the alphabet. At most three queries."""
    area = round_.area
    if area.kind == Kind.NEIGHBOURHOOD:
        codes = {area.code}
    elif area.kind == Kind.MUNICIPALITY:
        codes = {one.code for one in places.named_inside(area.code) if one.kind == Kind.NEIGHBOURHOOD}
    else:
        codes = places.inside([area.code])[area.code] or {area.code}
    names = places.names_of(codes)
    found = [(one, names.get(one.code, one.code)) for one in Area.objects.filter(code__in=codes)]
    return sorted(found, key=lambda pair: pair[1])


def doings(round_: BudgetRound, person: Person) -> list[tuple[str, str]]:
    """What can be done with the codes of a round, for the page of the round at work."""
    found = []
    if round_.stage in WITH_CODES and may_give_codes(person, round_):
        found.append((_("Codes to vote with"), reverse("budgets:codes", args=[round_.slug])))
    if round_.stage in WITH_CODES and may_help(person, round_):
        found.append((_("Replace a code"), reverse("budgets:replace_code", args=[round_.slug])))
    if round_.stage == RoundStage.VOTING and may_help(person, round_) and Channel.HELP in round_.sheet.channels:
        found.append((_("Help somebody to vote"), reverse("budgets:help_point", args=[round_.slug])))
    return found
