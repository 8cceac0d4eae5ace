"""Money that may be promised twice for one thing."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement
from buurtdraad.money.models import Commitment
from buurtdraad.reports.queries.doing import Doing
from buurtdraad.reports.queries.seen import Seen
from buurtdraad.reports.states import FindingKind
from buurtdraad.works.models import WorkAnswers, WorkMoney


def promised_twice(doing: Doing) -> Iterator[Seen]:
    """An agreement, or a plan of residents without one, for which money is promised from two or more places.

    Places: pots (commitments to the agreement, and to the plan that carries it out) and sources in sheets of open works that answer the
    agreement. Promised is what is committed and not released. Two who pay together is often meant so: a person looks.
    """
    for key, givers in sorted(givers_by_thing(doing).items()):
        if len(givers) > 1:
            kind, pk = key
            thing, area, challenge = thing_of(kind, pk)
            facts = {"givers": sorted(name for _place, name in givers), "euros": str(sum(givers.values(), Decimal(0)))}
            yield Seen(FindingKind.MONEY_TWICE, f"money:{kind}:{pk}", area, challenge, (thing,), facts)


def givers_by_thing(doing: Doing) -> dict[tuple[str, int], dict[tuple[str, str], Decimal]]:
    """By agreement or plan: from which pot or source how much. Pots that are named alike in two years are two."""
    found: dict[tuple[str, int], dict[tuple[str, str], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    carried_out = dict(InitiativeAgreement.objects.order_by("-pk").values_list("initiative", "agreement"))
    rows = Commitment.objects.filter(amount__gt=0).exclude(agreement=None, initiative=None).select_related("pot")
    for one in rows:
        plan = one.initiative_id or 0
        agreement = one.agreement_id or carried_out.get(plan)
        key = ("agreement", agreement) if agreement else ("initiative", plan)
        found[key][f"pot {one.pot_id}", str(one.pot)] += one.amount
    answers = defaultdict(set)
    for work, agreement in WorkAnswers.objects.filter(agreement__isnull=False).values_list("work", "agreement"):
        answers[work].add(agreement)
    money = WorkMoney.objects.filter(committed__gt=0, work__in=[sheet.pk for sheet in doing.works if sheet.pk in answers]).select_related(
        "work"
    )
    for row in money:
        for agreement in answers[row.work_id]:
            found["agreement", agreement][f"work {row.work_id} {row.source}", row.work.title] += row.committed
    return found


def thing_of(kind: str, pk: int) -> tuple[str, int, int | None]:
    """How the record names it, its area and its challenge."""
    if kind == "agreement":
        one = Agreement.objects.select_related("topic").get(pk=pk)
        return one.thing, one.area_id, one.topic.challenge_id
    plan = Initiative.objects.get(pk=pk)
    return plan.thing, plan.area_id, None
