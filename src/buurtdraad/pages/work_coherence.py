"""What waits at work about coherence: findings in somebody's areas that nobody sees to yet."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import areas_of, has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST
from buurtdraad.reports.access import ACTING
from buurtdraad.reports.queries.findings import in_reach

MOST_OF_CITY = 5


def findings(person: Person, on: datetime.date) -> list[WorkItem]:
    """Findings in the areas where somebody acts, what waits longest first; of the whole city the first five alone."""
    if not has_duty(person, *ACTING, on=on):
        return []
    reach = areas_of(person, *ACTING, on=on)
    return [
        WorkItem(
            _("Does this fit: %(what)s") % {"what": one.get_kind_display()},
            reverse("reports:finding", args=[one.uuid]),
            area=one.place or "",  # type: ignore[attr-defined]
            since=localdate(one.found_at),
        )
        for one in in_reach(reach)[: MOST_OF_CITY if reach.everywhere else MOST + 1]
    ]
