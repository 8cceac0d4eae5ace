"""The plans of a round as everybody sees them: in an order that favours nobody, by subject, place and cost, and on the map."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat

from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.states import ALIVE, LISTED, PlanStage
from buurtdraad.places import queries as places
from buurtdraad.places.geometry import to_frame
from buurtdraad.places.models import AreaYear
from buurtdraad.places.queries import last_name

ON_A_PAGE = 24
# Costs to choose from, in euros: from, and below. By the name in the address.
COSTS: dict[str, tuple[int, int | None]] = {"1000": (0, 1_000), "5000": (1_000, 5_000), "20000": (5_000, 20_000), "meer": (20_000, None)}
# With more plans than this the map shows a number for each neighbourhood.
MOST_DOTS = 60


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of the list; what is empty does not count. `others`: those that are not on the list, with why."""

    theme: str = ""
    area: str = ""
    cost: str = ""
    others: bool = False

    @property
    def filtered(self) -> bool:
        return bool(self.theme or self.area or self.cost)


def plans_of(round_: BudgetRound, *, others: bool = False) -> QuerySet[BudgetPlan]:
    """What stands on the site of this round: the list, or before it is known all that go on; `others` are the rest."""
    main = [PlanStage.LISTED] if round_.stage in LISTED else sorted(ALIVE)
    found = BudgetPlan.objects.public().filter(round=round_)
    return found.exclude(stage__in=main) if others else found.filter(stage__in=main)


def search(round_: BudgetRound, wanted: Wanted) -> QuerySet[BudgetPlan]:
    """Those that somebody asks for, with picture and the name of their area (`place_name`)."""
    found = plans_of(round_, others=wanted.others).select_related("picture").defer("story").annotate(place_name=last_name("area"))
    if wanted.theme:
        found = found.filter(theme=wanted.theme)
    if wanted.area:
        found = found.filter(area__code=wanted.area)
    if wanted.cost:
        least, below = COSTS[wanted.cost]
        found = found.filter(cost__gte=Decimal(least))
        found = found if below is None else found.filter(cost__lt=Decimal(below))
    return found


def shuffled(plans: QuerySet[BudgetPlan], *, day: datetime.date, turn: int = 0) -> QuerySet[BudgetPlan]:
    """In an order by lots that is another one each day, and for each `turn`: no plan stands above the others for long."""
    seed = Value(f"{day}:{turn}:")
    return plans.order_by(MD5(Concat(seed, Cast(F("number"), CharField()), output_field=CharField())))


def page_of(found: QuerySet[BudgetPlan], number: int) -> Page:
    """One page of the list. Raises `EmptyPage` for one that is not there."""
    return Paginator(found, ON_A_PAGE).page(number)


def choices_in(round_: BudgetRound) -> tuple[list[tuple[str, str]], list[str]]:
    """The areas (code and name, by name) and the themes in which the round has plans. One query."""
    found = BudgetPlan.objects.public().filter(round=round_).annotate(place_name=last_name("area")).order_by()
    rows = set(found.values_list("area__code", "place_name", "theme").distinct())
    areas = sorted({(code, name or code) for code, name, _theme in rows}, key=lambda pair: pair[1].casefold())
    return areas, sorted({theme for _code, _name, theme in rows})


# --- the map -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dot:
    """A plan on the map, in units of the map."""

    number: int
    title: str
    x: int
    y: int


@dataclass(frozen=True)
class OnMap:
    """Where the plans are: dots where their spots are known and not too many, else a number for each part of the place."""

    here: AreaYear
    parts: Sequence[AreaYear]
    dots: Sequence[Dot]
    numbers: Mapping[str, int]


def on_map(round_: BudgetRound) -> OnMap | None:
    """The main plans of a round on the map; None where nothing can be drawn. At most four queries."""
    here = places.area_in(round_.area.code)
    rows = list(plans_of(round_).order_by("number").values_list("number", "title", "longitude", "latitude", "area__code"))
    if here is None or not rows:
        return None
    parts = places.children(here.area.code) or [here]
    dots = [Dot(number, title, *to_frame(x, y)) for number, title, x, y, _code in rows if x is not None and y is not None]
    if dots and len(dots) <= MOST_DOTS:
        return OnMap(here, parts, dots, {})
    if parts == [here]:
        return None
    home = {code: district for district, codes in places.inside([part.area.code for part in parts]).items() for code in codes}
    numbers: dict[str, int] = {}
    for *_rest, code in rows:
        part = code if any(code == one.area.code for one in parts) else home.get(code, "")
        numbers[part] = numbers.get(part, 0) + 1
    drawn = {code: number for code, number in numbers.items() if code and code != here.area.code}
    return OnMap(here, parts, [], drawn) if drawn else None
