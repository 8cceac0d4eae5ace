"""What of the things that go on has its time in one year, or one partner in it: counted when somebody asks for that.

A filter is asked for now and then, so it is not prepared. It reads only what stands under a challenge and fits the filter, in at most
eight queries. Wishes and euros are left out: those are prepared for all years and partners together.
"""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.challenges.models import Challenge
from buurtdraad.partners.models import Organisation
from buurtdraad.reports.queries.doing import plans
from buurtdraad.reports.queries.ground import Ground, ground
from buurtdraad.works.models import Work, WorkPartner

type At = tuple[int, int]
YEARS_AHEAD = 4


def narrowed(year: int, partner: int) -> Counter[At]:
    """By neighbourhood and challenge how many agreements, projects and plans there are; `year` or `partner` 0: all of them.

    No partner is known of plans of residents, so with a partner they do not count.
    """
    here = ground()
    days = (datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if year else None
    found: Counter[At] = Counter()
    for places, challenges in (*works(here, days, partner), *agreements(here, days, partner), *plans_in(here, days, partner)):
        found.update((place, challenge) for place in places for challenge in challenges)
    return found


type Days = tuple[datetime.date, datetime.date] | None
type Rows = Iterable[tuple[tuple[int, ...], Iterable[int]]]


def works(here: Ground, days: Days, partner: int) -> Rows:
    """Open works under a challenge. One whose beginning is not known has only its last day."""
    found = Work.objects.open().filter(challenge__isnull=False)
    if days:
        begins = Q(from_on__lte=days[1]) | Q(from_on__isnull=True, until_on__lte=days[1])
        found = found.filter(begins, until_on__gte=days[0])
    if partner:
        found = found.filter(pk__in=WorkPartner.objects.filter(organisation=partner).values("work"))
    areas: dict[tuple[int, int], list[int]] = {}
    for work, challenge, area in found.order_by().values_list("pk", "challenge", "work_areas__area"):
        areas.setdefault((work, challenge), []).append(area)
    return [(here.of(inside), (challenge,)) for (_work, challenge), inside in areas.items()]


def agreements(here: Ground, days: Days, partner: int) -> Rows:
    """Open agreements under a challenge, from the day they were made until the one for which they were promised."""
    found = Agreement.objects.public().unfinished().filter(topic__challenge__isnull=False)
    if days:
        found = found.filter(Q(due_on__isnull=True) | Q(due_on__gte=days[0]), made_at__date__lte=days[1])
    if partner:
        found = found.filter(pk__in=Owner.objects.filter(organisation=partner, refused_at=None).values("agreement"))
    return [(here.of([area]), (challenge,)) for challenge, area in found.order_by().values_list("topic__challenge", "area")]


def plans_in(here: Ground, days: Days, partner: int) -> Rows:
    """Open plans of residents on the site."""
    if partner:
        return []
    going = plans(here, dict(Challenge.objects.values_list("code", "pk")), {}, during=days)
    return [(one.places, one.challenges) for one in going]


def partners_to_choose() -> list[tuple[str, str]]:
    """Organisations that have a part in an open work or see to an open agreement, by name. One query."""
    in_works = WorkPartner.objects.filter(work__in=Work.objects.open()).values("organisation")
    in_agreements = Owner.objects.filter(agreement__in=Agreement.objects.public().unfinished(), refused_at=None).values("organisation")
    found = Organisation.objects.filter(Q(pk__in=in_works) | Q(pk__in=in_agreements)).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def years_to_choose(today: datetime.date) -> list[str]:
    """Last year, this one and those for which work is planned."""
    return [str(year) for year in range(today.year - 1, today.year + YEARS_AHEAD + 1)]
