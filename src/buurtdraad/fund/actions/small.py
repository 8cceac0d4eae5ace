"""A small plan (klein plan): asked on one screen, where the rules of the day have that, and sent at once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import drafting
from buurtdraad.fund.actions.drafting import Cost, Income, PlanFacts
from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.rules import is_small
from buurtdraad.fund.states import Activity, Channel
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.models import Contact
from buurtdraad.ui.euros import euros


class NotSmall(Refused):
    """The rules of today have no small plan, or it costs more than they allow."""


@dataclass(frozen=True)
class SmallPlan:
    """All of the one screen. `asks` are fields of `save_what`, `account` those of `save_payee`."""

    plan: PlanFacts
    activity: Activity
    costs: Sequence[Cost]
    incomes: Sequence[Income]
    asks: dict[str, Any]
    account: dict[str, Any]


@transaction.atomic
def ask_small(
    small: SmallPlan, *, contact: Contact | None, channel: Channel = Channel.WEB, by: Person | None, at: datetime.datetime, mark: str = ""
) -> Application:
    """Make the plan and its request, and send it: all, or nothing. The same `mark` twice is one. Raises `NotSmall`, and as `submit`."""
    rules = drafting.rules_of_today(timezone.localdate(at))
    if not is_small(rules, sum((cost.amount for cost in small.costs), drafting.NOTHING)):
        most = euros(rules.small_up_to) if rules.small_on else euros(0)
        raise NotSmall(_("On one screen you ask at most %(most)s. Use the longer form for this plan.") % {"most": most})
    made = drafting.begin(
        facts=small.plan, activity=small.activity, contact=contact, channel=channel, by=by, at=at, mark=mark
    )  # fmt: skip
    if made.number:
        return made
    drafting.save_what(made, **small.asks, by=by, at=at)
    drafting.save_costs(made, small.costs, by=by, at=at)
    drafting.save_incomes(made, small.incomes, by=by, at=at)
    drafting.save_payee(made, **small.account, by=by, at=at)
    return drafting.submit(made, by=by, at=at)
