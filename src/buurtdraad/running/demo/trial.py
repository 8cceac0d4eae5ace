"""A trial with small plans in the demo city. It is invented: in the rules of Utrecht a small plan is a proposal only."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.loading import ROWS
from buurtdraad.fund.actions.rules import Facts, make_version
from buurtdraad.fund.models import SchemeRules
from buurtdraad.fund.queries.rules import our_scheme, rules_on

DAYS_AGO = 60
DAY = datetime.timedelta(days=1)
SOURCE = "Voorbeeld, verzonnen: een proef met kleine plannen. De andere regels zijn dezelfde als daarvoor."
OWN = ("id", "scheme", "rules", "from_on", "until_on", "made_at")


def begin_trial(noor: Person, *, at: datetime.datetime) -> None:
    """The same rules from some weeks ago on, with the small plan; nothing where it began already."""
    since = at - DAYS_AGO * DAY
    scheme = our_scheme()
    now = rules_on(scheme, timezone.localdate(since))
    if scheme is None or now is None or SchemeRules.objects.filter(scheme=scheme, small_on=True).exists():
        return
    values = facts_of(now) | {"small_on": True, "source": SOURCE}
    rows = {name: [facts_of(row) for row in model._default_manager.filter(rules=now)] for name, model in ROWS.items()}
    make_version(scheme, Facts(values, rows), from_on=timezone.localdate(since), by=noor, at=since - DAY)


def facts_of(row) -> dict:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in OWN}
