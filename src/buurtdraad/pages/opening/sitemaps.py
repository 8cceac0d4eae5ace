"""The map of the site for search engines (sitemaps.org): every page that everybody may see, in files of at most 10,000 addresses."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse

from buurtdraad.agendas.agenda.access import visible_agreements, visible_topics
from buurtdraad.agendas.agenda.models import AgendaVersion
from buurtdraad.agendas.meetings.access import visible_to as visible_meetings
from buurtdraad.agendas.wishes.access import visible_to as visible_wishes
from buurtdraad.budgets.access import visible_plans, visible_rounds
from buurtdraad.challenges.models import Challenge
from buurtdraad.figures.queries.indicator import indicators_shown
from buurtdraad.fund.models import Scheme
from buurtdraad.initiatives.models import Initiative
from buurtdraad.pages.opening.counting import Kind, counted
from buurtdraad.pages.opening.datasets import DATASETS
from buurtdraad.pages.opening.datasets.places import areas_of_the_city
from buurtdraad.reports.models import Report
from buurtdraad.works.access import visible_works

MOST = 10_000
EVERYBODY = AnonymousUser()
FIXED = (
    "pages:home", "pages:areas", "pages:indicators", "pages:done", "pages:fund", "pages:programme", "pages:open_data",
    "agendas:wishes", "agendas:map", "agendas:give", "agendas:agendas", "agendas:meetings",
    "initiatives:gallery", "initiatives:list", "initiatives:map", "budgets:rounds", "fund:rules", "fund:register",
    "works:public_works", "partners:accords", "reports:progress",
    "ui:accessibility", "ui:privacy", "ui:vulnerability",
)  # fmt: skip


class Fixed(Sitemap):
    """Pages of which there is one."""

    limit = MOST

    def items(self) -> list[tuple[str, list[str]]]:
        return [(name, []) for name in FIXED] + [("pages:dataset", [dataset.key]) for dataset in DATASETS]

    def location(self, item: tuple[str, list[str]]) -> str:
        name, args = item
        return reverse(name, args=args)


class Section(Sitemap):
    """The pages of one kind of thing: `key` is what stands in their address, `changed` says when it last changed, where that is cheap."""

    limit = MOST

    def __init__(self, found: Callable[[], QuerySet], name: str, *key: str, changed: Any = None) -> None:
        self.found, self.name, self.key, self.changed = found, name, key, changed

    def items(self) -> QuerySet:
        wanted = (*self.key, self.changed) if self.changed else self.key
        return self.found().order_by("pk").values_list(*wanted)

    def location(self, item: tuple[Any, ...]) -> str:
        return reverse(self.name, args=item[: len(self.key)])

    def lastmod(self, item: tuple[Any, ...]) -> Any:
        return item[-1] if self.changed else None

    def get_latest_lastmod(self) -> Any:
        """Asked of the database; Django would read every row for it."""
        return self.found().order_by().aggregate(last=Max(self.changed))["last"] if self.changed else None

    @property
    def kind(self) -> Kind:
        """What is counted of it for the list of all files."""
        return Kind(self.found(), changed=self.changed)


def areas() -> QuerySet:
    """Each area once: of a year that we know, the last one."""
    return areas_of_the_city().order_by("area", "-year").distinct("area")


class Areas(Section):
    def items(self) -> QuerySet:
        return areas().values_list("area__code")

    @property
    def kind(self) -> Kind:
        return Kind(areas_of_the_city(), each="area")


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "paginas": Fixed(),
    "buurten": Areas(areas, "pages:area", "area__code"),
    "cijfers": Section(indicators_shown, "pages:indicator", "code"),
    "wensen": Section(lambda: visible_wishes(EVERYBODY).heads(), "pages:wish", "reference", changed=Greatest("given_at", "answered_at")),
    "bijeenkomsten": Section(lambda: visible_meetings(EVERYBODY), "agendas:meeting", "pk", changed="changed_at"),
    "agendas": Section(AgendaVersion.objects.adopted, "agendas:agenda", "area__code", changed="adopted_at"),
    "onderwerpen": Section(lambda: visible_topics(EVERYBODY), "agendas:topic", "pk"),
    "afspraken": Section(lambda: visible_agreements(EVERYBODY), "agendas:agreement", "pk"),
    "initiatieven": Section(Initiative.objects.on_site, "initiatives:initiative", "slug"),
    "regelingen": Section(Scheme.objects.all, "fund:rules_scheme", "slug"),
    "rondes": Section(lambda: visible_rounds(EVERYBODY), "budgets:round", "slug"),
    "budgetplannen": Section(lambda: visible_plans(EVERYBODY), "budgets:plan", "round__slug", "number"),
    "werken": Section(lambda: visible_works(EVERYBODY), "works:public_work", "uuid", changed="changed_at"),
    "opgaven": Section(Challenge.objects.all, "pages:challenge", "code"),
    "voortgang": Section(Report.objects.published, "reports:report", "slug", changed="published_at"),
}


@dataclass(frozen=True)
class Listed:
    """A section as the list of all files asks it: how many files it has, and when it last changed."""

    num_pages: int
    last: datetime.datetime | None = None
    protocol = None

    @property
    def paginator(self) -> "Listed":
        return self

    def get_latest_lastmod(self) -> datetime.datetime | None:
        return self.last


def listed() -> dict[str, Listed]:
    """Every section that has pages. One query: Django would ask two for each."""
    sections = {name: section for name, section in SECTIONS.items() if isinstance(section, Section)}
    rows = counted({name: section.kind for name, section in sections.items()})
    filled = {name: Listed(-(-row.number // sections[name].limit), row.last) for name, row in rows.items() if row.number}
    return {name: filled.get(name, Listed(1)) for name in SECTIONS if name in filled or name not in rows}
