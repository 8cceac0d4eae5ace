"""Lists about what residents start, ask money for and divide."""

from decimal import Decimal

from django.db.models import Max, Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.states import RESULT
from buurtdraad.challenges.models import Challenge
from buurtdraad.fund.models import Application, Decision
from buurtdraad.fund.states import Outcome
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement, InitiativeTopic, Opinion
from buurtdraad.initiatives.rules import FEWEST_TO_SHOW
from buurtdraad.initiatives.states import SAYS_WHY, Stage
from buurtdraad.reports.queries.figures.rows import Period, Row, day_of, path_to, tags


def initiatives(period: Period) -> list[Row]:
    """Plans of residents on the site, without those that were done before the period or will not happen."""
    found = Initiative.objects.on_site().filter(made_at__date__lte=period.day).exclude(stage__in=sorted(SAYS_WHY))
    found = found.filter(Q(done_on__isnull=True) | Q(done_on__gte=period.from_on))
    ambitions = ambitions_of_plans()
    return [
        Row(
            f"P-{one.slug}", one.title, path_to("initiatives:initiative", one.slug), (one.area.code,), ambitions.get(one.pk, ""),
            group=str(one.get_stage_display()), on=day_of(one.made_at),
            tags=tags(begonnen=period.holds(one.made_at), klaar=one.stage == Stage.DONE and period.over(one.done_on)),
        )
        for one in found.select_related("area").order_by("made_at", "pk")
    ]  # fmt: skip


def ambitions_of_plans() -> dict[int, str]:
    """The ambition of a plan, by the topic that it belongs to or the agreement that it does."""
    challenges = dict(Challenge.objects.values_list("pk", "ambition__code"))
    by_topic = InitiativeTopic.objects.values_list("initiative", "topic__challenge")
    done = InitiativeAgreement.objects.filter(agreement__in=Agreement.objects.public())
    pairs = [*by_topic, *done.values_list("initiative", "agreement__topic__challenge")]
    return {plan: challenges[challenge] for plan, challenge in pairs if challenge in challenges}


def opinions(period: Period) -> list[Row]:
    """Plans on the site on which neighbours gave their opinion in the period; the amount is how many. Fewer than five are not told."""
    given = Opinion.objects.filter(given_at__date__range=(period.from_on, period.day), initiative__in=Initiative.objects.on_site())
    numbers: dict[int, int] = {}
    for plan in given.values_list("initiative", flat=True):
        numbers[plan] = numbers.get(plan, 0) + 1
    shown = Initiative.objects.filter(pk__in=[plan for plan, number in numbers.items() if number >= FEWEST_TO_SHOW]).select_related("area")
    return [
        Row(
            f"P-{one.slug}", one.title, path_to("initiatives:initiative", one.slug), (one.area.code,), on=day_of(one.made_at),
            amount=Decimal(numbers[one.pk]),
        )
        for one in shown.order_by("made_at", "pk")
    ]  # fmt: skip


def applications(period: Period) -> list[Row]:
    """Requests to the fund that came in within the period; the amount is what was asked. Without who asked."""
    found = Application.objects.filter(received_on__range=(period.from_on, period.day)).select_related("initiative__area", "rules__scheme")
    return [
        Row(
            one.number or "", str(one.get_activity_display()), codes=(one.initiative.area.code,), group=str(one.rules.scheme),
            on=one.received_on, amount=one.asked,
        )
        for one in found.order_by("received_on", "pk")
    ]  # fmt: skip


def decisions(period: Period) -> list[Row]:
    """Decisions of the fund that were made known in the period and count; the amount is what was granted. Without who asked."""
    found = Decision.objects.filter(known_on__range=(period.from_on, period.day), replaced_by__isnull=True)
    return [
        Row(
            one.application.number or "", str(one.application.get_activity_display()), codes=(one.application.initiative.area.code,),
            group=str(one.get_outcome_display()), on=one.known_on, amount=one.amount,
            tags=tags(ja=one.outcome in {Outcome.GRANTED, Outcome.PARTLY}, nee=one.outcome == Outcome.REFUSED),
        )
        for one in found.select_related("application__initiative__area").order_by("known_on", "pk")
    ]  # fmt: skip


def budget_rounds(period: Period) -> list[Row]:
    """Neighbourhood budgets whose vote closed in the period and whose result is known; the amount is how many people voted.

    That is the highest number of ballots over its parts, so that nobody is counted twice.
    """
    found = BudgetRound.objects.public().filter(stage__in=sorted(RESULT), closed_at__date__range=(period.from_on, period.day))
    rows = found.annotate(most=Max("parts__counted__ballots")).select_related("area").order_by("closed_at", "pk")
    return [
        Row(
            f"R-{one.slug}", one.name, path_to("budgets:round", one.slug), (one.area.code,), on=day_of(one.closed_at),
            amount=Decimal(one.most or 0),
        )
        for one in rows
    ]  # fmt: skip
