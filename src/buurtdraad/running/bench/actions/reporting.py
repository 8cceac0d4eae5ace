"""A report to the council in a city that is made to be measured: one that is published, corrected once, and a draft of another."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.actions.drafting import draft
from buurtdraad.reports.actions.filing import file_files
from buurtdraad.reports.models import Report
from buurtdraad.reports.queries.drafts import half_year_of

A_YEAR = datetime.timedelta(days=365)


def report_to_council() -> dict[str, Any]:
    """Make them by the hands of the cast, once; how many reports there are."""
    if not Report.objects.exists():
        noor, joris, anouk = (Person.objects.get(demo_role=role) for role in ("noor", "joris", "anouk"))
        at = timezone.now()
        today = timezone.localdate(at)
        # The draft first: its sentences are called by their numbers, which are the same in both cities then.
        other = draft(from_on=today - A_YEAR, until_on=today, by=noor, at=at)
        reviewing.remark(other.sections.order_by("number")[0], "Mooi.", by=joris, at=at)
        from_on, until_on = half_year_of(today)
        made = draft(from_on=from_on, until_on=until_on, by=noor, at=at)
        reviewing.send_to_read(made, by=noor, at=at)
        reviewing.say_read(made, by=joris, at=at)
        reviewing.approve(made, by=anouk, at=at)
        reviewing.publish(made, by=noor, at=at)
        reviewing.correct(made, "Een naam was verkeerd gespeld.", by=noor, at=at)
        file_files(made)
    return {"reports": Report.objects.count()}
