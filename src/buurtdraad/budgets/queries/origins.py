"""What a plan comes from, and what of that goes into the plan, so that nobody types it again."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg

from buurtdraad.agendas.agenda.models import Agreement, TopicWish
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.where import all_areas
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Part
from buurtdraad.budgets.states import ALIVE, CostFrom, RoundStage
from buurtdraad.fund.models import Application
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.plans import wishes_of
from buurtdraad.initiatives.states import Stage
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind

SUMMARY_LETTERS, TITLE_LETTERS = 300, 120

type Thing = Wish | Agreement | Initiative | Application


@dataclass(frozen=True)
class Origin:
    """What a plan comes from. Each keeps its own page, and the plan leads to it."""

    wishes: Sequence[Wish] = ()
    agreement: Agreement | None = None
    initiative: Initiative | None = None
    application: Application | None = None

    @property
    def things(self) -> list[Thing]:
        return [*self.wishes, *(one for one in (self.agreement, self.initiative, self.application) if one)]


def origin_of(thing: Thing) -> Origin:
    """The origin of a plan that is made from this; one of an application comes from its initiative too."""
    match thing:
        case Wish():
            return Origin(wishes=[thing])
        case Agreement():
            return Origin(agreement=thing)
        case Initiative():
            return Origin(wishes=wishes_of(thing), initiative=thing)
        case Application():
            return Origin(wishes=wishes_of(thing.initiative), initiative=thing.initiative, application=thing)


def facts_of(thing: Thing) -> dict[str, Any]:
    """What the plan takes over: title, summary, story, area, theme, and where known place, point and cost."""
    match thing:
        case Wish():
            return told(thing.title, thing.text) | {"area": thing.area, "theme": thing.theme, "point": point_of(thing)}
        case Agreement():
            amount = Decimal(thing.amount) if thing.amount is not None else None
            return told(thing.what, thing.what) | {
                "area": thing.area, "theme": Theme.OTHER, "cost": amount, "cost_from": CostFrom.EXPERT if amount is not None else "",
                "cost_words": thing.money_needed, "by_municipality": True,
            }  # fmt: skip
        case Initiative():
            words = {"title": thing.title, "summary": thing.summary, "story": thing.story[:3000]}
            return words | {"area": thing.area, "theme": thing.theme, "place": thing.place, "point": point_of(thing)}
        case Application():
            cost = {"cost": thing.asked, "cost_from": CostFrom.MAKER} if thing.asked else {}
            return facts_of(thing.initiative) | cost


def told(title: str, text: str) -> dict[str, str]:
    """A text as title and summary; the whole of it as the story where the summary cannot hold it."""
    short = text if len(text) <= SUMMARY_LETTERS else f"{text[: SUMMARY_LETTERS - 1].rsplit(' ', 1)[0]}\u2026"
    return {"title": title[:TITLE_LETTERS], "summary": short, "story": "" if short == text else text[:3000]}


def point_of(thing: Wish | Initiative) -> tuple[float, float] | None:
    """Latitude and longitude, where known."""
    return (thing.latitude, thing.longitude) if thing.latitude is not None and thing.longitude is not None else None


# --- where it may lie ------------------------------------------------------------------------------------


def areas_of(area: Area) -> dict[str, str]:
    """The neighbourhoods of an area by code with their names, by name; a neighbourhood has itself alone."""
    if area.kind == Kind.NEIGHBOURHOOD:
        return places.names_of([area.code])
    if area.code == places.city_code():
        return all_areas()
    found = places.names_of(places.inside([area.code])[area.code])
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def place_in(part: Part, area: Area) -> Area | None:
    """Where in this part of a round something of an area lies: there, or all of the part where the area is larger; None: elsewhere."""
    if area == part.area or area.code in areas_of(part.area):
        return area
    return part.area if part.area.code in places.inside([area.code])[area.code] or area.code == places.city_code() else None


def part_for(round_: BudgetRound, area: Area) -> tuple[Part, Area] | None:
    """The first part of a round in which something of an area can lie, and where in it; None: in none of them."""
    for part in round_.parts.select_related("area"):
        if here := place_in(part, area):
            return part, here
    return None


def rounds_to_propose_in(area: Area, on: datetime.date) -> list[BudgetRound]:
    """Rounds in which residents can send a plan of this area now: for the pages of a wish or an initiative to lead on.

    One query while no round takes plans, else three.
    """
    found = BudgetRound.objects.public().filter(stage=RoundStage.GATHERING, sheet__propose_until__gte=on)
    rounds = list(found.annotate(places=ArrayAgg("parts__area__code")).order_by("sheet__propose_until", "id"))
    holds = places.touched_by([area.code]) if rounds else set()
    return [one for one in rounds if holds & set(one.places)]


# --- what can come from an agenda ------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """What staff can put in at once: wishes of topics of agendas here, agreements that wait for money, and plans of residents."""

    wishes: list[Wish]
    agreements: list[Agreement]
    initiatives: list[Initiative]

    def __bool__(self) -> bool:
        return bool(self.wishes or self.agreements or self.initiatives)


def offered(round_: BudgetRound) -> Offered:
    """All of the areas of the round that stands on the site and is not in it yet. At most eight queries."""
    codes = {code for part in round_.parts.select_related("area") for code in (*areas_of(part.area), part.area.code)}
    alive = BudgetPlan.objects.filter(round=round_, stage__in=ALIVE)
    chosen = TopicWish.objects.filter(topic__version__stage=VersionStage.ADOPTED).values("wish")
    wishes = Wish.objects.on_site().heads().within(codes).filter(pk__in=chosen).select_related("area").defer("search")
    agreements = Agreement.objects.public().unfinished().filter(area__code__in=codes | places.working_areas_with(codes))
    initiatives = Initiative.objects.on_site().filter(area__code__in=codes, stage__in=[Stage.IDEA, Stage.PLAN])
    return Offered(
        list(wishes.exclude(pk__in=alive.filter(wishes__isnull=False).values("wishes"))),
        list(agreements.exclude(pk__in=alive.filter(agreement__isnull=False).values("agreement")).select_related("area")),
        list(initiatives.exclude(pk__in=alive.filter(initiative__isnull=False).values("initiative")).select_related("area")),
    )
