"""What waits at work of voting: letters with codes that have to go out before people vote; one query."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import MAKING, where
from buurtdraad.budgets.models import BudgetRound, Register
from buurtdraad.budgets.states import WITH_CODES, Channel
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST

# A printer and the post need so long (days).
AHEAD = datetime.timedelta(days=30)


def codes_to_make(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rounds of somebody's areas in which people vote by letter soon, and of which no letter was made; the nearest first."""
    reach = where(person, *MAKING)
    if reach == Reach():
        return []
    letters = Register.objects.filter(round=OuterRef("pk"), channel=Channel.POST)
    found = BudgetRound.objects.filter(
        ~Exists(letters), stage__in=WITH_CODES, sheet__channels__contains=[Channel.POST], sheet__vote_from__date__lte=on + AHEAD
    ).select_related("sheet")
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    return [
        WorkItem(
            _("Make the letters with codes of '%(name)s'") % {"name": one.name}, reverse("budgets:codes", args=[one.slug]),
            days_left=(localdate(one.sheet.vote_from) - on).days,
        )
        for one in found.order_by("sheet__vote_from")[: MOST + 1]
    ]  # fmt: skip
