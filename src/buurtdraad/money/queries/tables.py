"""Rows of the files with all money of an area, and with the whole ledger of a pot: plain rows, read while they are sent."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.models.version import TopicWish
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import InitiativeAgreement, InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.states import EntryKind, Kind, Source
from buurtdraad.ui.csv import Cell
from buurtdraad.works.models import WorkAnswers

AT_ONCE = 2_000  # rows read at a time


def spent(commitments: QuerySet[Commitment]) -> Iterator[tuple[Cell, ...]]:
    """What each promise went to and the wishes that it began with, as `where.with_threads` tells them.

    In the language of now, also where the rows are read later. One query.
    """
    sources = {value: str(label) for value, label in Source.choices}
    nameless = {Kind.WORK.value: _("A project of the municipality")}
    plan = _("A plan of residents")
    rows = threads_of(commitments).iterator(chunk_size=AT_ONCE)
    return (
        (
            made_on.isoformat(), pot, sources.get(source, source), code, title or nameless.get(kind, plan),
            amount, paid, ", ".join(map(str, wishes)),
        )
        for made_on, pot, source, code, title, kind, amount, paid, wishes in map(thread_of, rows)
    )  # fmt: skip


def threads_of(commitments: QuerySet[Commitment]) -> QuerySet[Commitment, tuple[Any, ...]]:
    """Per promise what `thread_of` reads. A plan that is not shown, or a work that is not public, has no title and no wishes."""
    plan = InitiativeAgreement.objects.filter(initiative=OuterRef("initiative"), agreement__in=Agreement.objects.public())
    first = Subquery(plan.order_by("pk").values("agreement__topic")[:1])
    return commitments.annotate(plan_topic=first).values_list(
        TruncDate("made_at"), "pot__name", "pot__source", "area__code", "kind", "amount", "paid",
        "initiative__showing", "initiative__title", "agreement__what", "work__public", "work__title",
        references(InitiativeWish, initiative="initiative"), references(TopicWish, topic="plan_topic"),
        references(TopicWish, topic="agreement__topic"), references(WorkAnswers, work="work"),
    )  # fmt: skip


def references(through: Any, **to: str) -> ArraySubquery:
    """The references of the wishes on the site that a row leads to, the first given first."""
    ((column, outer),) = to.items()
    found = through.objects.filter(**{column: OuterRef(outer)}, wish__in=Wish.objects.on_site())
    return ArraySubquery(found.order_by("wish__given_at", "pk").values("wish__reference"))


def thread_of(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """One promise with what may be told of it."""
    made_on, pot, source, code, kind, amount, paid, showing, plan, agreement, public, work, *wishes = row
    of_plan, of_plan_topic, of_topic, of_work = wishes
    if showing == Showing.SHOWN:
        title, began_with = plan, of_plan or of_plan_topic
    elif public:
        title, began_with = work, of_work
    else:
        title, began_with = agreement, of_topic
    return made_on, pot, source, code, title, kind, amount, paid, began_with


def ledger(pot: Pot) -> Iterator[tuple[Cell, ...]]:
    """Every line of the ledger of a pot, the first one first. In the language of now. One query."""
    kinds = {value: str(label) for value, label in EntryKind.choices}
    rows = pot.entries.order_by("pk").values_list(TruncDate("at"), "kind", "amount", "why", "commitment__uuid")
    return (
        (on.isoformat(), kinds.get(kind, kind), amount, why, str(promise or ""))
        for on, kind, amount, why, promise in rows.iterator(chunk_size=AT_ONCE)
    )
