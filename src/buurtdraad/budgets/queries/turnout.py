"""How many people voted, by which way, of which age and where: totals only, taken when the ballots are frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.budgets.models import BudgetRound, Register
from buurtdraad.budgets.states import WEAK, AgeBand, AsideReason, Channel
from buurtdraad.budgets.turnout import Beside, compared, without_small
from buurtdraad.figures.models import Measurement
from buurtdraad.places.queries import names_of
from buurtdraad.ui.numbers import as_text

# Age bands of which CBS counts the residents within the same borders.
RESIDENTS = "inwoners"
RESIDENTS_OF = {AgeBand.ADULT: "leeftijd-25-44", AgeBand.MIDDLE: "leeftijd-45-64", AgeBand.OLD: "leeftijd-65-plus"}


def turnout_of(round_: BudgetRound) -> dict[str, Any]:
    """Totals of a round as they are kept for good (7 queries). None stands for a group that is too small to show."""
    least = round_.sheet.smallest_group
    lines = round_.register.all()
    codes, voted = tallied(lines, "channel"), tallied(lines.filter(used=True), "channel")
    ways = ways_of(round_, voted)
    used = {channel: ways.get(channel, 0) for channel in {*codes, *ways}}
    ages = tallied(lines.filter(used=True), "age_band")
    areas = tallied(lines.filter(used=True), "area__code")
    return {
        "least": least,
        "codes": sum(codes.values()),
        "voted": sum(voted.values()),
        "channels": rows(Channel.values, without_small(used, least), codes=without_small(codes, least)),
        "ages": rows(AgeBand.values, without_small(ages, least)) if set(ages) - {AgeBand.UNKNOWN.value} else [],
        "areas": rows(sorted(areas), without_small(areas, least)) if len(areas) > 1 else [],
        "asides": dict(round_.asides.values_list("reason").annotate(all=Sum("number")).order_by("reason")),
        "residents": residents_of(round_, list(areas)),
    }


def ways_of(round_: BudgetRound, voted: dict[str, int]) -> dict[str, int]:
    """By which way people voted: a code by post may have come in on paper, which only the count of the day knows."""
    days = dict(round_.days.order_by().values_list("channel").annotate(all=Sum("number")))
    return days if sum(days.values()) == sum(voted.values()) else voted


def tallied(lines: QuerySet[Register], by: str) -> dict[str, int]:
    return dict(lines.values_list(by).annotate(number=Count("pk")).order_by(by))


def rows(order: list[str], voted: dict[str, int | None], **others: dict[str, int | None]) -> list[dict[str, Any]]:
    """A line per group that there is, in a fixed order."""
    return [
        {"key": key, "voted": voted[key]} | {name: numbers.get(key) for name, numbers in others.items()} for key in order if key in voted
    ]


def residents_of(round_: BudgetRound, areas: list[str]) -> dict[str, dict[str, int]]:
    """Who lives there (figures of CBS, the last year): by age in the area of the round, and by neighbourhood."""
    asked = Q(area__code__in=areas, indicator__code=RESIDENTS) | Q(area=round_.area, indicator__code__in=RESIDENTS_OF.values())
    found = Measurement.objects.filter(asked, value__isnull=False).order_by("year")
    measured = {(code, of): int(value or 0) for code, of, value in found.values_list("area__code", "indicator__code", "value")}
    return {
        "areas": {code: number for (code, of), number in measured.items() if of == RESIDENTS},
        "ages": {band: measured[round_.area.code, of] for band, of in RESIDENTS_OF.items() if (round_.area.code, of) in measured},
    }


# --- in words ------------------------------------------------------------------------------------


type Table = tuple[str, list[str], Sequence[tuple[str, ...]]]


@dataclass(frozen=True)
class Told:
    """Turnout as a page shows it: sentences, tables (caption, head, rows), and what has to be said beside them."""

    says: list[str]
    tables: list[Table]
    asides: list[tuple[str, int]]
    not_reached: list[str]
    hidden: str
    weak: str


def told(turnout: dict[str, Any]) -> Told:
    """Turnout in words, without one number that was not meant for everybody (1 query)."""
    ages = {row["key"]: row["voted"] for row in turnout["ages"]}
    shares = {beside.name: beside for beside in compared(ages, turnout["residents"].get("ages", {}))}
    too_few = _("We reached too few people of this age: %(age)s. We want to do that better next time.")
    least = _("Groups of fewer than %(least)s people are not shown, so that nobody can be recognised.") % {"least": turnout["least"]}
    weak = "* " + _("Who votes with a code by e-mail says where they live. We cannot check that.")
    shown = [row["voted"] for part in ("channels", "ages", "areas") for row in turnout[part]]
    return Told(
        says=list(sentences(turnout)),
        tables=[table for table in (channels(turnout), by_age(ages, shares), by_area(turnout)) if table[2]],
        asides=[(str(AsideReason(reason).label), many) for reason, many in turnout["asides"].items()],
        not_reached=[too_few % {"age": age_name(one.name)} for one in shares.values() if not one.is_reached],
        hidden=least if None in shown else "",
        weak=weak if any(row["key"] in WEAK for row in turnout["channels"]) else "",
    )


def channels(turnout: dict[str, Any]) -> Table:
    """How people came to vote, side by side; who says where they live is marked."""
    rows = [(channel_name(row["key"]), number(row["voted"]), number(row["codes"])) for row in turnout["channels"]]
    return _("How did people vote?"), [_("How"), _("Voted"), _("Had a code")], rows


def by_age(ages: dict[str, int | None], shares: dict[str, Beside]) -> Table:
    rows = [(age_name(key), number(voted), beside_of(shares.get(key))) for key, voted in ages.items()]
    return as_known(_("How old are they? Not everybody told us"), [_("Age"), _("Voted"), _("Beside who lives here")], rows)


def by_area(turnout: dict[str, Any]) -> Table:
    names, residents = names_of([row["key"] for row in turnout["areas"]]), turnout["residents"].get("areas", {})
    rows = [
        (names.get(row["key"], row["key"]), number(row["voted"]), out_of(row["voted"], residents.get(row["key"])))
        for row in turnout["areas"]
    ]
    return as_known(_("Where do they live?"), [_("Neighbourhood"), _("Voted"), _("Beside who lives here")], rows)


def as_known(caption: str, head: list[str], rows: list[tuple[str, str, str]]) -> Table:
    """The table; without its last column where no figure of residents is known."""
    if all(last == "-" for _name, _voted, last in rows):
        return caption, head[:2], [row[:2] for row in rows]
    return caption, head, rows


def sentences(turnout: dict[str, Any]) -> Iterator[str]:
    voted, codes = turnout["voted"], turnout["codes"]
    yield ngettext("%(voted)s person voted.", "%(voted)s people voted.", voted) % {"voted": as_text(voted)}
    if codes:
        says = _("%(codes)s people had a code. Of each 100 of them %(share)s voted.")
        yield says % {"codes": as_text(codes), "share": as_text(round(100 * voted / codes))}


def channel_name(key: str) -> str:
    return f"{Channel(key).label} *" if key in WEAK else str(Channel(key).label)


def age_name(key: str) -> str:
    return str(AgeBand(key).label)


def number(many: int | None) -> str:
    return "-" if many is None else as_text(many)


def beside_of(beside: Beside | None) -> str:
    if beside is None:
        return "-"
    facts = {"voters": as_text(round(100 * beside.voters)), "residents": as_text(round(100 * beside.residents))}
    return _("%(voters)s of 100 voters, %(residents)s of 100 residents") % facts


def out_of(voted: int | None, residents: int | None) -> str:
    if voted is None or not residents:
        return "-"
    return _("%(share)s of each 1,000 residents") % {"share": as_text(round(1000 * voted / residents))}
