"""The final amount of an application, and what has to come before it."""

from django.db.models import Q

from buurtdraad.fund.models import Application, Settlement, View
from buurtdraad.fund.queries.paying import granted_of


def last_settlement(application: Application) -> Settlement | None:
    """The final amount that counts: not replaced."""
    return Settlement.objects.filter(application=application, replaced_by=None).select_related("letter", "decision").first()


def outdated(application: Application) -> Settlement | None:
    """The final amount where another decision came in the place of its own since: then a new one has to come. None: not the case."""
    last, decision = last_settlement(application), granted_of(application)
    return last if last and decision and last.known_on and last.decision != decision else None


def needs_two(application: Application) -> bool:
    """Whether one looks and another decides: above the amount of the rules, by what was granted."""
    decision = granted_of(application)
    return decision is not None and decision.amount > application.rules.four_eyes_above


def open_view(application: Application) -> View | None:
    """What we asked them to react to after the decision, and wait for."""
    decision = granted_of(application)
    if decision is None:
        return None
    return application.views.filter(asked_at__gte=decision.taken_at, given_at=None, waived_at=None).first()


def was_heard_after(application: Application) -> bool:
    """Whether they were heard since the grant: they reacted, did not want to, or let the day go by (Awb 4:7, 4:12 second paragraph)."""
    decision = granted_of(application)
    answered = Q(given_at__isnull=False) | Q(waived_at__isnull=False)
    return decision is not None and application.views.filter(answered, asked_at__gte=decision.taken_at).exists()
