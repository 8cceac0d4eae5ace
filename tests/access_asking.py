"""What the parameters of the addresses of asking for money stand for, in the run of `tests/access.py`."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import drafting
from buurtdraad.fund.actions.drafting import Cost, Income, PlanFacts
from buurtdraad.fund.actions.loading import load_schemes
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Activity, CostKind, IncomeKind
from buurtdraad.messages.actions import contact_for
from buurtdraad.places.models import Area

PLACE = "BU03440241"
# No file is kept where this runs.
NO_FILE = UUID(int=1)


def asking_samples(asks: Person, at: datetime.datetime) -> dict[str, Any]:
    """A draft and a sent request of somebody who is signed in, by the addresses that name them."""
    load_schemes(at=at)
    draft, sent = draft_of(asks, "Tables in the street", at), draft_of(asks, "Street party", at)
    drafting.submit(sent, by=asks, at=at)
    papers = {f"fund:{name}": {"uuid": draft.uuid, "paper": NO_FILE} for name in ("document", "drop_document")}
    of_draft = {f"fund:{name}": draft.uuid for name in ("later", "throw_away")}
    of_sent = {f"fund:{name}": sent.uuid for name in ("application", "receipt", "choose_mail", "ease")}
    return {**papers, **of_draft, **of_sent, "fund:write": {"uuid": draft.uuid, "step": "kosten"}}


def draft_of(asks: Person, title: str, at: datetime.datetime) -> Application:
    contact = contact_for(asks, at=at)
    plan = PlanFacts(title, Area.objects.get(code=PLACE), summary="With all neighbours")
    made = drafting.begin(facts=plan, activity=Activity.MEETING, contact=contact, by=asks, at=at)
    soon = timezone.localdate(at) + datetime.timedelta(days=60)
    who = {"applicant_name": "Somebody", "applicant_address": "Here 1"}
    drafting.save_what(made, starts_on=soon, visitors=60, **who, by=asks, at=at)
    drafting.save_costs(made, [Cost(CostKind.RENT, "Tables", Decimal(650))], by=asks, at=at)
    drafting.save_incomes(made, [Income(IncomeKind.HOURS, "Hours", hours=40)], by=asks, at=at)
    drafting.save_payee(made, holder="Somebody", iban="NL91ABNA0417164300", by=asks, at=at)
    return made
