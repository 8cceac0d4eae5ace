"""What goes on in a place, for pages that show several rooms: its agenda in short, meetings to come, and what asks for people."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Agreement, Owner, Topic
from buurtdraad.agendas.agenda.states import Stage, VersionStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries import listing
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.places.queries import AreaPage, last_name

NEXT = 3
UNDER_WAY = (Stage.LOOKING, Stage.RUNNING)


def codes_around(page: AreaPage, codes: frozenset[str]) -> frozenset[str]:
    """The areas whose agendas and meetings matter on the page of an area, from what the page knows already.

    `codes` are itself and what lies in it; a neighbourhood adds its district and its working areas, as the list of meetings does.
    """
    if page.children or not page.ancestors:
        return codes
    return codes | {place.area.code for place in (*page.ancestors[1:], *page.working_areas)}


def topics_in(codes: Collection[str]) -> list[Topic]:
    """The topics of the agendas that count now in these areas, each with its number of agreements: `agreed`, `done`, `busy`. One query."""
    counts = {
        "agreed": Count("agreements"),
        "done": Count("agreements", filter=Q(agreements__stage=Stage.DONE)),
        "busy": Count("agreements", filter=Q(agreements__stage__in=UNDER_WAY)),
    }
    found = Topic.objects.filter(version__stage=VersionStage.ADOPTED, version__area__code__in=codes).select_related("version__area")
    return list(found.annotate(**counts, place=last_name("version__area")).order_by("version__area__code", "number"))


def meetings_to_come(codes: frozenset[str] | None = None) -> list[Meeting]:
    """The next meetings in these areas (all for None), the first one first; what will not happen is left out. One query."""
    found = listing.on_site(codes).exclude(stage=MeetingStage.CANCELLED)
    return list(found.to_come(timezone.now())[:NEXT])


def agreements_that_ask_for_people() -> list[Agreement]:
    """Agreements for which nobody was found yet, what is due first at the top; each with the name of its area. One query."""
    somebody = Owner.objects.filter(agreement=OuterRef("pk"), refused_at__isnull=True)
    open_ones = Agreement.objects.unfinished().filter(~Exists(somebody), topic__version__stage=VersionStage.ADOPTED)
    return list(open_ones.annotate(place=last_name("area")).order_by("due_on", "pk")[:NEXT])
