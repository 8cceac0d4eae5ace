"""Lists about money: of municipal works by year, what pots promised, and what was paid."""

from django.db.models import QuerySet

from buurtdraad.money.models import Commitment, Payment
from buurtdraad.money.models.pots import CommitmentQuerySet
from buurtdraad.money.states import PaymentStage
from buurtdraad.reports.queries.figures.rows import Period, Row, path_to, tags
from buurtdraad.works.models import WorkMoney

KINDS = (("planned", "gepland"), ("committed", "vastgelegd"), ("spent", "uitgegeven"))


def work_money(period: Period) -> list[Row]:
    """Euros of municipal works that everybody may see, of the whole years of the period: a row for each source and year.

    A work counts for the year and not for half of it, for sheets know no more.
    """
    years = range(period.from_on.year, period.until_on.year + 1)
    found = WorkMoney.objects.filter(year__in=list(years), work__public=True).select_related("work__challenge__ambition")
    rows = found.prefetch_related("work__work_areas__area").order_by("work__until_on", "work", "year", "source")
    return [row for one in rows for row in rows_of(one)]


def rows_of(one: WorkMoney) -> list[Row]:
    work = one.work
    codes = tuple(sorted(within.area.code for within in work.work_areas.all()))
    ambition = work.challenge.ambition.code if work.challenge else ""
    return [
        Row(
            f"{work.title} {one.year}", str(one.get_source_display()), path_to("works:public_work", work.uuid), codes, ambition,
            group=one.source, tags=(tag,), amount=getattr(one, name),
        )
        for name, tag in KINDS if getattr(one, name)
    ]  # fmt: skip


def commitments(period: Period) -> list[Row]:
    """What pots promised in the period."""
    rows = commitments_of(period).select_related("pot", "area", "agreement__topic__challenge__ambition").order_by("told_on", "pk")
    return [promised(one) for one in rows]


def commitments_of(period: Period) -> CommitmentQuerySet:
    """What pots promised and everybody may know, since a day in the period; what was set free again does not count."""
    return Commitment.objects.public().filter(told_on__range=(period.from_on, period.day))


def promised(one: Commitment) -> Row:
    challenge = one.agreement.topic.challenge if one.agreement else None
    return Row(
        one.pot.name, str(one.get_kind_display()), path_to("money:area_money", one.area.code), (one.area.code,),
        challenge.ambition.code if challenge else "", group=one.pot.source, tags=tags(beloofd=True), on=one.told_on, amount=one.amount,
    )  # fmt: skip


def payments(period: Period) -> list[Row]:
    """What was paid in the period. Without to whom."""
    rows = payments_of(period).select_related("commitment__pot", "commitment__area")
    return [
        Row(
            one.commitment.pot.name, str(one.commitment.get_kind_display()), codes=(one.commitment.area.code,),
            group=one.commitment.pot.source, tags=tags(betaald=True), on=one.paid_on, amount=one.amount,
        )
        for one in rows.order_by("paid_on", "pk")
    ]  # fmt: skip


def payments_of(period: Period) -> QuerySet[Payment]:
    """What was paid in the period of what everybody may know."""
    found = Payment.objects.filter(stage=PaymentStage.PAID, paid_on__range=(period.from_on, period.day))
    return found.filter(commitment__in=Commitment.objects.public())
