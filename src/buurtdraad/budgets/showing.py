"""Plans of a round as a template shows them: the colour of a step, and the map with its dots or numbers."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.plan_list import OnMap
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.places.models import AreaYear
from buurtdraad.ui.clusters import Circle, Dot, cluster_map, dot_map
from buurtdraad.ui.maps import Shape
from buurtdraad.ui.navigation import address

# How a badge says it, beside the word (`ui` badge).
TONES = {
    PlanStage.PROPOSED: "neutral",
    PlanStage.REPAIR: "watch",
    PlanStage.FEASIBLE: "good",
    PlanStage.LISTED: "good",
    PlanStage.NOT_FEASIBLE: "bad",
    PlanStage.WITHDRAWN: "bad",
    PlanStage.JOINED: "info",
    PlanStage.SPLIT: "info",
}
ROUND_TONES = {
    RoundStage.PREPARING: "neutral",
    RoundStage.VOTING: "good",
    RoundStage.STOPPED: "bad",
    RoundStage.ADOPTED: "good",
    RoundStage.DONE: "good",
}


def tone_of(stage: str) -> str:
    """The colour of a step of a plan."""
    return TONES.get(PlanStage(stage), "neutral")


def round_tone(stage: str) -> str:
    """The colour of a step of a round."""
    return ROUND_TONES.get(RoundStage(stage), "info")


def drawn(round_: BudgetRound, found: OnMap | None) -> SafeString:
    """The map of a round; nothing where nothing can be drawn, for the list says the same."""
    if found is None:
        return SafeString("")
    title = _("Plans in %(name)s") % {"name": found.here.name}
    shapes = [shape_of(part) for part in found.parts]
    schematic = any(part.schematic for part in found.parts)
    if found.dots:
        dots = [Dot(one.number, one.x, one.y, f"{one.number}. {one.title}", plan_at(round_, one.number)) for one in found.dots]
        note = _("The number is that of the plan. Plans without a spot stand in the list only.")
        return dot_map(shapes, dots, title=title, schematic=schematic, note=note)
    names = {part.area.code: part.name for part in found.parts}
    start = reverse("budgets:round", args=[round_.slug])
    circles = [Circle(code, number, says(names, code, number), f"{start}?buurt={code}") for code, number in found.numbers.items()]
    return cluster_map(shapes, circles, title=title, schematic=schematic, note=_("The number in a circle is the number of plans."))


def says(names: dict[str, str], code: str, number: int) -> str:
    plans = ngettext("%(count)s plan", "%(count)s plans", number) % {"count": number}
    return f"{names.get(code, code)}: {plans}"


def shape_of(part: AreaYear) -> Shape:
    return Shape(part.area.code, part.name, "", part.outline, frame=part.frame)


def plan_at(round_: BudgetRound, number: int) -> str:
    """The address of a plan; that of the round while plans have no page."""
    return address("budgets:plan", round_.slug, number) or reverse("budgets:round", args=[round_.slug])
