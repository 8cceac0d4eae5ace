"""Pots and what is free in them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet, Sum

from buurtdraad.accounts.access import Reach
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.states import Source
from buurtdraad.places import queries as places

ZERO = Decimal(0)


def free_in(pot: Pot) -> Decimal:
    """Euros that can still be promised: the least of what the pot and those around it hold; zero when one of them is closed."""
    return free_of(Pot.objects.get(pk=pot.pk), None)


def free_of(pot: Pot, known: dict[int, Pot] | None) -> Decimal:
    """The same for a pot as it was read; `known` are those read with it, so that nothing is asked per pot."""
    least: Decimal | None = None
    here: Pot | None = pot
    while here is not None:
        free = ZERO if here.closed_at else here.free
        least = free if least is None else min(least, free)
        outer = (known or {}).get(here.within_id) if here.within_id else None
        here = outer or here.within
    return least or ZERO


def pots_of(codes: Iterable[str], year: int | None = None) -> QuerySet[Pot]:
    """The pots of these areas, of one year or all, with area, partner and the ceiling around; the newest first."""
    found = Pot.objects.filter(area__code__in=set(codes)).select_related("area", "organisation", "within")
    return found.filter(year=year) if year else found


def told() -> list[Pot]:
    """All pots as everybody may know them, the newest first, with area and partner. Two queries."""
    found = list(Pot.objects.select_related("area", "organisation"))
    leave_untold_out({pot.pk: pot for pot in found})
    return found


def years() -> list[int]:
    """The years in which there are pots, the newest first."""
    return list(Pot.objects.order_by("-year").values_list("year", flat=True).distinct())


# --- the money of an area -------------------------------------------------------------------------


@dataclass(frozen=True)
class PotRow:
    """A pot, what is free in it, and whether it counts in another pot that stands in the same list."""

    pot: Pot
    free: Decimal
    counts_elsewhere: bool = False


@dataclass(frozen=True)
class SourceRow:
    """All pots of one source together; one that lies within another counts once."""

    source: Source
    amount: Decimal
    committed: Decimal
    paid: Decimal
    free: Decimal


@dataclass(frozen=True)
class AreaMoney:
    """The pots of an area and what lies in it, by source; and the wider ones, from which money can come too."""

    pots: Sequence[PotRow] = field(default=())
    wider: Sequence[PotRow] = field(default=())

    @property
    def sources(self) -> list[SourceRow]:
        counting = sorted((row for row in self.pots if not row.counts_elsewhere), key=by_source)
        return [total(Source(source), list(rows)) for source, rows in groupby(counting, key=lambda row: row.pot.source)]

    @property
    def all(self) -> SourceRow:
        return total(Source.CITY, [row for row in self.pots if not row.counts_elsewhere])


def by_source(row: PotRow) -> int:
    return list(Source).index(Source(row.pot.source))


def total(source: Source, rows: Sequence[PotRow]) -> SourceRow:
    def of(name: str) -> Decimal:
        return sum((getattr(row.pot, name) for row in rows), ZERO)

    return SourceRow(source, of("amount"), of("committed"), of("paid"), sum((row.free for row in rows), ZERO))


def money_of(codes: Collection[str] | None, around: Collection[str], year: int) -> AreaMoney:
    """The pots of a year for an area: `codes` are those of it and what lies in it (None: all), `around` it and what it lies in.

    Two queries, however many pots.
    """
    found = list(Pot.objects.filter(year=year).select_related("area", "organisation"))
    known = {pot.pk: pot for pot in found}
    leave_untold_out(known)
    mine = [pot for pot in found if codes is None or pot.area.code in codes]
    ids = {pot.pk for pot in mine}
    return AreaMoney(
        [PotRow(pot, free_of(pot, known), counts_in(pot, ids, known)) for pot in mine],
        [PotRow(pot, free_of(pot, known)) for pot in found if pot.area.code in around and pot.pk not in ids],
    )


def leave_untold_out(known: dict[int, Pot]) -> None:
    """The pots as everybody may know them: what is promised without that who gets it was told, is free here. One query."""
    untold = Commitment.objects.filter(pot__in=known, told_on=None).order_by().values_list("pot").annotate(Sum("amount"))
    for key, amount in untold:
        here = known.get(key)
        while here:
            here.committed -= amount
            here = known.get(here.within_id) if here.within_id else None


def counts_in(pot: Pot, ids: Iterable[int], known: dict[int, Pot]) -> bool:
    """Whether one of these pots lies around this one."""
    here = pot
    while here.within_id:
        if here.within_id in ids:
            return True
        here = known.get(here.within_id) or here.within  # type: ignore[assignment]
    return False


# --- for staff ------------------------------------------------------------------------------------


def rows_of_year(year: int) -> list[PotRow]:
    """All pots of a year, each ceiling before what lies in it. Two queries."""
    found = list(Pot.objects.filter(year=year).select_related("area", "organisation").order_by("name", "pk"))
    known = {pot.pk: pot for pot in found}
    return [PotRow(pot, free_of(pot, known), bool(pot.within_id)) for pot in in_order(found)]


def in_order(pots: Sequence[Pot], within: int | None = None) -> list[Pot]:
    """Each pot followed by those that lie in it."""
    return [found for pot in pots if pot.within_id == within for found in (pot, *in_order(pots, pot.pk))]


def pots_to_spend(code: str) -> list[PotRow]:
    """The open pots from which money can go to an area, with what is free, the newest year first; none that is kept for something."""
    found = list(pots_of(places.around([code])).filter(closed_at__isnull=True, kept_for=""))
    known = {pot.pk: pot for pot in found}
    return [PotRow(pot, free_of(pot, known)) for pot in found]


def ceilings(reach: Reach) -> QuerySet[Pot]:
    """The open pots in which somebody may put another one."""
    found = Pot.objects.open_to()
    return found if reach.everywhere else found.filter(area__code__in=reach.codes)
