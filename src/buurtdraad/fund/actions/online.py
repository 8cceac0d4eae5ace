"""Asking on the site, with or without an account: the draft, and the link in a mail with which somebody goes on later."""

import datetime

from django.db import transaction
from django.http import HttpRequest

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.drafting import PlanFacts, begin
from buurtdraad.fund.actions.small import SmallPlan, ask_small
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Activity, Who
from buurtdraad.initiatives.access import hold
from buurtdraad.initiatives.actions.people import send_go_on_link
from buurtdraad.initiatives.models import Initiative
from buurtdraad.messages.actions import contact_for


def begin_here(
    request: HttpRequest, *, initiative: Initiative | None = None, facts: PlanFacts | None = None, activity: Activity, who: Who,
    email: str = "", at: datetime.datetime, mark: str = "",
) -> Application:  # fmt: skip
    """A draft of who is signed in, or that this browser holds; an `email` gets a link to go on. Raises `NoFund` and `TooOften`."""
    by = request.user if isinstance(request.user, Person) else None
    with transaction.atomic():
        contact = contact_for(by, at=at) if by else None
        made = begin(initiative=initiative, facts=facts, activity=activity, who=who, contact=contact, by=by, at=at, mark=mark)
    return held(request, made, email, by=by, at=at)


def ask_small_here(request: HttpRequest, small: SmallPlan, *, email: str = "", at: datetime.datetime, mark: str = "") -> Application:
    """A small plan, sent at once. Raises as `ask_small`, and `TooOften`."""
    by = request.user if isinstance(request.user, Person) else None
    with transaction.atomic():
        contact = contact_for(by, at=at) if by else None
        made = ask_small(small, contact=contact, by=by, at=at, mark=mark)
    return held(request, made, email, by=by, at=at)


def held(request: HttpRequest, made: Application, email: str, *, by: Person | None, at: datetime.datetime) -> Application:
    if by is None:
        hold(request.session, made.initiative)
        if email:
            send_go_on_link(made.initiative, email, request=request, by=None, at=at)
    return made
