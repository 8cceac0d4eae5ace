"""The screens of an application: which ones there are for it, and on which one somebody goes on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.applications import asks_neighbours, documents_wanted
from buurtdraad.fund.states import DocumentKind

PLAN, WHEN, COSTS, PAYS, NEIGHBOURS, ACCOUNT, SEND = "plan", "wanneer", "kosten", "wie-betaalt", "buren", "rekening", "versturen"
SMALL = "klein"
TITLES: dict[str, str | Promise] = {
    PLAN: _("What and where?"),
    WHEN: _("When is it, and who comes?"),
    COSTS: _("What does it cost?"),
    PAYS: _("Who pays, and what do you do yourself?"),
    NEIGHBOURS: _("What do the neighbours think?"),
    ACCOUNT: _("Who are you, and where does the money go?"),
    SEND: _("Look at it and send"),
    SMALL: _("A small plan"),
}


def steps_of(application: Application) -> list[str]:
    """Its screens in order, behind the first one. What the neighbours think is asked only where the rules want to know that."""
    more = asks_neighbours(application) or bool(documents_wanted(application)) or application.documents.exists()
    return [WHEN, COSTS, PAYS, *([NEIGHBOURS] if more else []), ACCOUNT, SEND]


def counted_of(application: Application) -> list[str]:
    """The screens that are counted, from the first: also one that the rules may ask later, so that the number of a screen stays.

    What the neighbours think is asked above an amount, which is not known at the beginning.
    """
    rules = application.rules
    papers = any(set(band.documents) - {DocumentKind.BUDGET, DocumentKind.SUPPORT} for band in rules.rows("bands"))
    steps = steps_of(application)
    if NEIGHBOURS not in steps and (papers or rules.support_above is not None):
        steps.insert(steps.index(ACCOUNT), NEIGHBOURS)
    return [PLAN, *steps]


def next_step(application: Application) -> str:
    """The first screen that was not saved yet."""
    saved = set(application.steps.values_list("name", flat=True))
    return next((step for step in steps_of(application) if step not in saved), SEND)


def after(application: Application, step: str) -> str:
    """The screen behind this one."""
    steps = steps_of(application)
    return steps[min(steps.index(step) + 1, len(steps) - 1)] if step in steps else next_step(application)
