"""Unanswered wishes in groups that can get one answer: those that ask the same, then what is left by theme."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import TruncDate

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.similar.rules import SIMILAR, Key, likeness, shortlist_stems
from buurtdraad.agendas.wishes.models import Wish, WishQuerySet
from buurtdraad.agendas.wishes.queries.work import unanswered
from buurtdraad.agendas.wishes.states import Theme

# So many wishes are compared at once, and so many stand on one page; what is answered makes room for the rest.
COMPARED, ON_A_PAGE, IN_A_GROUP = 200, 80, 40
# From so many wishes on a day was an evening of its own.
BUSY_DAY = 5


@dataclass
class Group:
    """Wishes that ask the same (`alike`), or that have only their theme in common."""

    wishes: list[Wish]
    alike: bool = True
    keys: list[Key] = field(default_factory=list)

    @property
    def theme(self) -> str:
        """That of most of them."""
        themes = [wish.theme for wish in self.wishes]
        return max(dict.fromkeys(themes), key=themes.count)

    @property
    def is_sure(self) -> bool:
        """Whether one answer is likely to be for all of them."""
        return self.alike or len(self.wishes) == 1

    @property
    def name(self) -> str:
        return self.wishes[0].title if self.alike else str(Theme(self.theme).label)


def grouped(wishes: Iterable[Wish]) -> list[Group]:
    """The largest group first; then those that are like no other, by theme. In plain memory."""
    found: list[Group] = []
    for wish in wishes:
        mine: Key = tuple(wish.stems)
        near = set(shortlist_stems(mine))
        best, group = max(((most_like(mine, near, group), group) for group in found), key=lambda pair: pair[0], default=(0.0, None))
        if group and best >= SIMILAR:
            group.wishes.append(wish)
            group.keys.append(mine)
        else:
            found.append(Group([wish], keys=[mine]))
    together = sorted((group for group in found if len(group.wishes) > 1), key=lambda group: -len(group.wishes))
    alone = [group.wishes[0] for group in found if len(group.wishes) == 1]
    by_theme = [Group([wish for wish in alone if wish.theme == theme], alike=False) for theme in Theme]
    return [*together, *(group for group in by_theme if group.wishes)]


def most_like(mine: Key, near: set[str], group: Group) -> float:
    """How much a wish is like the first ones of a group: so one group does not wander from subject to subject.

    Those with nothing that is `near` are left out, as when one wish is looked for in the database: comparing is what costs.
    """
    return max((likeness(mine, other) for other in group.keys[:2] if not near.isdisjoint(other)), default=0.0)


@dataclass(frozen=True)
class Proposed:
    """The groups on one page, and how many wishes there are in all."""

    groups: list[Group]
    number: int

    @property
    def shown(self) -> int:
        return sum(len(group.wishes) for group in self.groups)


def proposed(reach: Reach, *, area: str = "", day: datetime.date | None = None, among: WishQuerySet | None = None) -> Proposed:
    """Groups of the unanswered wishes of somebody's areas, or of one area, one day or `among` these. Two queries, whatever their number."""
    found = unanswered(reach) if among is None else unanswered(reach).filter(pk__in=among.order_by().values("pk"))
    facts = {"area__code": area, "given_at__date": day}
    found = found.filter(**{name: fact for name, fact in facts.items() if fact})
    return Proposed(for_one_page(grouped(found.defer("search")[:COMPARED])), found.count())


def for_one_page(groups: list[Group]) -> list[Group]:
    room, shown = ON_A_PAGE, []
    for group in groups:
        part = group.wishes[: min(room, IN_A_GROUP)]
        if part:
            shown.append(Group(part, group.alike))
            room -= len(part)
    return shown


def busy_days(reach: Reach) -> list[tuple[datetime.date, int]]:
    """Days on which many wishes came in that still wait for an answer, the last one first: evenings, most of the time. One query."""
    days = unanswered(reach).order_by().annotate(day=TruncDate("given_at")).values("day").annotate(number=Count("pk"))
    return [(row["day"], row["number"]) for row in days.filter(number__gte=BUSY_DAY).order_by("-day")[:10]]
