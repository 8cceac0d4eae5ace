"""Who got money: every grant that was made known and still counts. Of people without an organisation nothing but that it was a resident."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from buurtdraad.fund.models import Decision, Draw, Settlement
from buurtdraad.fund.states import YES, Stage, Who
from buurtdraad.initiatives.states import Showing
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import Cell


@dataclass(frozen=True)
class Line:
    """One grant. `slug`: of the initiative, where it stands on the site. Amounts in euros; `determined` None: not known yet."""

    year: int
    decided_on: datetime.date
    scheme: str
    theme: str
    applicant: str
    plan: str
    slug: str
    asked: Decimal
    granted: Decimal
    determined: Decimal | None
    code: str
    area: str
    source: str
    taken_back: bool


def granted_decisions() -> QuerySet[Decision]:
    """Grants that were made known, without those that a new decision came in the place of."""
    settled = Settlement.objects.filter(application=OuterRef("application"), known_on__isnull=False).order_by("-pk").values("amount")[:1]
    known = Decision.objects.filter(outcome__in=sorted(YES), known_on__isnull=False)
    counting = known.filter(Q(replaced_by__isnull=True) | Q(replaced_by__known_on__isnull=True))
    related = ("application__initiative__area", "application__rules__scheme", "commitment__pot")
    return counting.select_related(*related).annotate(settled=Subquery(settled)).order_by("-known_on", "-pk")


def years() -> list[int]:
    """The years of which the register holds grants, the newest first."""
    found = granted_decisions().order_by().values_list("commitment__pot__year", flat=True).distinct()
    return sorted((year for year in found if year), reverse=True)


def granted_in(year: int | None = None, code: str = "") -> QuerySet[Decision]:
    """The grants of a year of the fund, or of all; of one area and what lies in it (a query), or everywhere."""
    found = granted_decisions()
    if year:
        found = found.filter(commitment__pot__year=year)
    if code:
        inside = {code} | places.inside([code]).get(code, set())
        found = found.filter(application__initiative__area__code__in=inside)
    return found


def granted_sum(found: QuerySet[Decision]) -> Decimal:
    """Euros of these grants together (1 query)."""
    return found.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def register(year: int | None = None, code: str = "") -> list[Line]:
    """All of them as lines. Two queries, with an area three."""
    return lines_of(granted_in(year, code))


def lines_of(found: Iterable[Decision]) -> list[Line]:
    """These grants as lines (2 queries at most)."""
    decisions = list(found)
    names = places.names_of({one.application.initiative.area.code for one in decisions})
    return [line_of(one, names) for one in decisions]


def line_of(decision: Decision, names: dict[str, str]) -> Line:
    application = decision.application
    initiative, pot = application.initiative, decision.commitment.pot if decision.commitment else None
    shown = initiative.showing == Showing.SHOWN
    return Line(
        year=pot.year if pot else decision.taken_at.year,
        decided_on=decision.known_on or decision.taken_at.date(),
        scheme=application.rules.scheme.name,
        theme=str(initiative.get_theme_display()),
        applicant=application.organisation_name if application.who == Who.ORGANISATION else _("resident"),
        plan=initiative.title if shown else str(application.get_activity_display()),
        slug=initiative.slug if shown else "",
        asked=decision.asked,
        granted=decision.amount,
        determined=final_amount(decision),
        code=initiative.area.code,
        area=names.get(initiative.area.code, initiative.area.code),
        source=str(pot.get_source_display()) if pot else "",
        taken_back=application.stage == Stage.REVOKED,
    )


def final_amount(decision: Decision) -> Decimal | None:
    """The amount that was determined, at once or later; None while it is not known."""
    settled = decision.settled  # type: ignore[attr-defined] # of `granted_decisions`
    return decision.amount if settled is None and decision.at_once else settled


def head() -> list[str]:
    """The columns that municipalities have in their registers of subsidies, with the code of the area."""
    return [
        _("Year of the fund"), _("Year of the decision"), _("Made known on"), _("Scheme"), _("Policy field"), _("Kind"), _("Who got it"),
        _("What for"), _("How often"), _("Asked (euros)"), _("Granted (euros)"), _("Final amount (euros)"), _("Whose money"),
        _("Code of the area"), _("Area"), _("Taken back"),
    ]  # fmt: skip


def cells(line: Line) -> list[Cell]:
    """One row of the CSV file."""
    once = _("once")
    return [
        line.year, line.decided_on.year, line.decided_on.isoformat(), line.scheme, line.theme, _("grant"), line.applicant,
        line.plan, once, line.asked, line.granted, line.determined, line.source, line.code, line.area, line.taken_back,
    ]  # fmt: skip


def draws() -> list[Draw]:
    """The draws that were held, the newest first."""
    return list(Draw.objects.select_related("pot").order_by("-on", "-drawn_at"))
