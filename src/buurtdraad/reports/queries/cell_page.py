"""One cell with what is behind it: what is being done for a challenge in a neighbourhood, which figures say what, and findings."""

from dataclasses import dataclass

from django.db.models import Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.states import OPEN as OPEN_AGREEMENTS
from buurtdraad.challenges.models import Challenge
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import OPEN as OPEN_PLANS
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.reports.models import Cell, Finding
from buurtdraad.reports.rules import THEMES
from buurtdraad.reports.states import FindingStage
from buurtdraad.works.models import Work

MOST = 50


@dataclass(frozen=True)
class CellPage:
    cell: Cell
    name: str
    works: list[Work]
    agreements: list[Agreement]
    plans: list[Initiative]
    findings: list[Finding]


def cell_page(area: Area, challenge: Challenge) -> CellPage | None:
    """None when the cell was not prepared. What is listed is as it is now, so it may be newer than the number in the cell."""
    cell = Cell.objects.filter(area=area, challenge=challenge).select_related("area", "challenge").first()
    if cell is None:
        return None
    codes = places.touched_by([area.code]) - {places.city_code()}
    works = Work.objects.open().filter(challenge=challenge, areas__code__in=codes).distinct().order_by("until_on", "pk")
    agreements = Agreement.objects.public().filter(stage__in=sorted(OPEN_AGREEMENTS), topic__challenge=challenge, area__code__in=codes)
    themes = [theme for theme, code in THEMES.items() if code == challenge.code]
    tied = Q(in_topics__isnull=False) | Q(does_agreements__isnull=False)
    under = Q(in_topics__topic__challenge=challenge) | Q(does_agreements__agreement__topic__challenge=challenge)
    plans = Initiative.objects.on_site().filter(stage__in=sorted(OPEN_PLANS), area__code__in=codes)
    plans = plans.filter(under | (Q(theme__in=themes) & ~tied)).distinct()
    findings = Finding.objects.filter(area__code__in=codes, challenge=challenge).exclude(stage=FindingStage.SOLVED)
    name = places.names_of([area.code]).get(area.code, area.code)
    return CellPage(cell, name, list(works[:MOST]), list(agreements[:MOST]), list(plans[:MOST]), list(findings[:MOST]))
