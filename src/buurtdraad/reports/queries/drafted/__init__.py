"""The draft of a report: what a machine can say from facts that somebody confirmed. A person makes it a report."""

from buurtdraad.agendas.agenda.models import AgendaVersion
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear
from buurtdraad.reports.queries.drafted import parts, whole
from buurtdraad.reports.queries.drafted.pen import Chapter, Line, Pen
from buurtdraad.reports.queries.figures import Counting

__all__ = ["Chapter", "Line", "Pen", "areas_with_agenda", "chapters"]


def areas_with_agenda(counting: Counting) -> list[str]:
    """The areas that have an agenda of their own at the end of the period: working areas and districts mostly; by code."""
    found = AgendaVersion.objects.public().filter(valid_from__lte=counting.period.day)
    return sorted(set(found.values_list("area__code", flat=True)))


def chapters(pen: Pen) -> list[Chapter]:
    """All chapters in the order in which they are read, with the names of areas as they are now."""
    codes = areas_with_agenda(pen.counting)
    city = places.city_code()
    found = AreaYear.objects.filter(municipality__code=city).order_by("area", "year")
    pen.names.update(found.values_list("area__code", "name"))
    pen.counting.reaches(codes)
    return [
        whole.summary(pen),
        *parts.ambitions(pen),
        whole.examples(pen),
        whole.money(pen),
        whole.slower(pen, codes),
        parts.learned(pen),
        whole.next_half_year(pen),
        whole.pledges(pen),
        whole.request(pen),
        *parts.areas(pen, codes),
        whole.annex(pen),
    ]
