"""What waits at work with project sheets, for who leads them; each function gives its lines for `work.KINDS`."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST
from buurtdraad.works.access import COLLEAGUES
from buurtdraad.works.queries.waiting import Waits, waiting_for_owner


def projects(person: Person, on: datetime.date) -> list[WorkItem]:
    """The projects that somebody leads, of which the last day passed, or that need a decision soon."""
    if not (person.email and has_duty(person, *COLLEAGUES, on=on)):
        return []
    return [item_of(one, on) for one in waiting_for_owner(person, on=on, most=MOST + 1)]


def item_of(one: Waits, on: datetime.date) -> WorkItem:
    path = reverse("works:work", args=[one.work.uuid])
    if one.decide_by:
        said = {"project": one.work.title, "what": one.work.decision}
        return WorkItem(_("A decision is needed for %(project)s: %(what)s") % said, path, (one.decide_by - on).days)
    return WorkItem(
        _("How does it stand with %(project)s? Its last day passed.") % {"project": one.work.title}, path, (one.work.until_on - on).days
    )
