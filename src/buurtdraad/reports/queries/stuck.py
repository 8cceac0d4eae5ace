"""What is stuck, the worst first, each with a name to call: for who has five minutes."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.agendas.agenda.states import Role
from buurtdraad.places import queries as places
from buurtdraad.places.queries import last_name
from buurtdraad.ui.navigation import address
from buurtdraad.works.models import Work
from buurtdraad.works.states import Stage, Trend

MOST = 5


@dataclass(frozen=True)
class Stuck:
    """One thing: why it is stuck, for how many days, and whom to call."""

    title: str
    url: str
    why: str
    days: int
    place: str
    call: str
    email: str = ""


def stuck(on: datetime.date, codes: frozenset[str] | None = None, most: int = MOST) -> list[Stuck]:
    """Projects that wait for a decision, stand still, say that they are stuck or are late, and agreements that are late. Five queries.

    The order is by days: how long a decision or the last day is past. One without such a day stands behind those.
    """
    found = [*works(on, codes, most), *agreements(on, codes, most)]
    return sorted(found, key=lambda one: (-one.days, one.title))[:most]


def works(on: datetime.date, codes: frozenset[str] | None, most: int) -> list[Stuck]:
    late = Q(until_on__lt=on) | Q(decision_by__lt=on)
    found = Work.objects.open().projects().filter(late | Q(stage=Stage.PAUSED) | Q(trend=Trend.STUCK))
    if codes is not None:
        found = found.filter(areas__code__in=codes).distinct()
    rows = list(found.order_by("until_on", "pk").prefetch_related("work_areas__area")[: 4 * most])
    names = places.names_of({one.area.code for work in rows for one in work.work_areas.all()})
    return [of_work(work, on, names) for work in rows]


def of_work(work: Work, on: datetime.date, names: Mapping[str, str]) -> Stuck:
    days, why = max(
        ((on - work.decision_by).days, _("Waits for a decision: %(what)s") % {"what": work.decision}) if work.decision_by else (0, ""),
        ((on - work.until_on).days, _("Is late.")),
        (0, _("Is stuck: %(why)s") % {"why": work.why} if work.why else _("Is stuck.")),
        key=lambda pair: (pair[0], bool(pair[1])),
    )
    areas = ", ".join(names.get(one.area.code, one.area.code) for one in work.work_areas.all())
    call = work.owner_name or ("" if work.owner_email else work.department)
    return Stuck(work.title, address("works:work", work.uuid), why, max(days, 0), areas, call, work.owner_email)


def agreements(on: datetime.date, codes: frozenset[str] | None, most: int) -> list[Stuck]:
    found = Agreement.objects.public().late(on).annotate(place=last_name("area"))
    if codes is not None:
        found = found.filter(area__code__in=codes)
    owners = Prefetch("owners", Owner.objects.filter(role=Role.OWNER, refused_at__isnull=True))
    return [
        Stuck(
            one.what, reverse("agendas:work_agreement", args=[one.pk]), _("Is late."), (on - one.due_on).days, one.place or "",  # type: ignore[operator]
            ", ".join(owner.name for owner in one.owners.all()),
        )
        for one in found.order_by("due_on", "pk").prefetch_related(owners)[:most]
    ]  # fmt: skip
