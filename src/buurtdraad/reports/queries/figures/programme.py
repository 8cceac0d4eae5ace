"""Lists about the programme and what the municipality does: promises, pledges, works, checks, and what fits."""

import datetime

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.challenges.models import Aim, Pledge
from buurtdraad.lib.monthly import CONFIRMED_WITHIN
from buurtdraad.reports.models import Finding, MeasureValue
from buurtdraad.reports.queries.figures.rows import Period, Row, day_of, path_to, tags
from buurtdraad.reports.queries.words import DEFINITIONS, Definition
from buurtdraad.works.models import Buurtcheck, Work
from buurtdraad.works.models.sheets import WorkQuerySet
from buurtdraad.works.states import OPEN, Stage


def aims(period: Period) -> list[Row]:
    """What was promised under an ambition: for a day by the end of the period and not done before it, or done in it."""
    found = Aim.objects.filter(Q(done_on__isnull=True) | Q(done_on__gte=period.from_on))
    found = found.filter(Q(due_on__lte=period.until_on) | Q(done_on__lte=period.day))
    return [
        Row(
            f"D-{one.pk}", one.what, path_to("pages:programme"), ambition=one.ambition.code, group=one.source, note=one.told,
            tags=done_open_late(period, done_on=one.done_on, due_on=one.due_on), on=one.done_on or one.due_on,
        )
        for one in found.select_related("ambition").order_by("due_on", "pk")
    ]  # fmt: skip


def pledges(period: Period) -> list[Row]:
    """Pledges and motions made by the end of the period and not done before it."""
    found = Pledge.objects.filter(made_on__lte=period.day).filter(Q(done_on__isnull=True) | Q(done_on__gte=period.from_on))
    return [
        Row(
            one.number, one.what, path_to("pages:programme"), ambition=one.ambition.code if one.ambition else "",
            group=str(one.get_kind_display()), note=one.told, on=one.done_on or one.due_on,
            tags=done_open_late(period, done_on=one.done_on, due_on=one.due_on),
        )
        for one in found.select_related("ambition").order_by("due_on", "number")
    ]  # fmt: skip


def done_open_late(period: Period, *, done_on: datetime.date | None, due_on: datetime.date | None) -> tuple[str, ...]:
    done = period.over(done_on)
    return tags(klaar=done, open=not done, te_laat=not done and due_on is not None and due_on < period.day)


def works(period: Period) -> list[Row]:
    """The projects of the municipality of a period."""
    rows = works_of(period).select_related("challenge__ambition").prefetch_related("work_areas__area")
    return [work_row(one, period) for one in rows.annotate(answers_number=Count("answers"))]


def works_of(period: Period) -> WorkQuerySet:
    """Projects that everybody may see, without upkeep and without those done or stopped before the period; in order of their last day."""
    found = Work.objects.public().projects().filter(made_at__date__lte=period.day)
    found = found.filter(Q(done_on__isnull=True) | Q(done_on__gte=period.from_on))
    return found.exclude(stage=Stage.STOPPED, changed_at__date__lt=period.from_on).order_by("until_on", "pk")


def work_row(work: Work, period: Period) -> Row:
    done = work.stage == Stage.DONE and period.over(work.done_on)
    open_ = work.stage in OPEN or (work.stage == Stage.DONE and not done)
    late = open_ and work.until_on < period.day
    stands_still = work.stage in {Stage.PAUSED, Stage.STOPPED}
    confirmed = day_of(work.confirmed_at)
    return Row(
        f"W-{work.pk}", work.title, path_to("works:public_work", work.uuid), tuple(sorted(one.area.code for one in work.work_areas.all())),
        work.challenge.ambition.code if work.challenge else "", group=work.department,
        tags=tags(
            klaar=done, open=open_, bezig=work.stage == Stage.BUSY, gepland=work.stage == Stage.PLANNED,
            staat_stil=work.stage == Stage.PAUSED,
            gestopt=work.stage == Stage.STOPPED, te_laat=late, leidt_terug=work.answers_number > 0,  # type: ignore[attr-defined]
            bevestigd=open_ and confirmed is not None and period.day - confirmed <= CONFIRMED_WITHIN,
        ),
        note=work_note(work, late=late) if late or stands_still else "", on=work.done_on if done else work.until_on,
    )  # fmt: skip


def work_note(work: Work, *, late: bool) -> str:
    """Why it stands still, and for when it was planned."""
    planned = _("It was planned for %(day)s.") % {"day": date_format(work.until_on, "j F Y")} if late else ""
    return " ".join(words for words in (work.why, planned) if words)


def checks(period: Period) -> list[Row]:
    """Proposals for which a Buurtcheck was finished in the period, by department. Without what the proposal is about."""
    found = Buurtcheck.objects.filter(finished_at__date__range=(period.from_on, period.day)).prefetch_related("areas")
    return [
        Row(
            f"BC-{one.pk}", one.department, codes=tuple(sorted(area.code for area in one.areas.all())), group=one.department,
            on=day_of(one.finished_at),
        )
        for one in found.order_by("finished_at", "pk")
    ]  # fmt: skip


def findings(period: Period) -> list[Row]:
    """What does not fit, found or solved in the period: which kind and when. Where and who is for staff."""
    inside = (period.from_on, period.day)
    found = Finding.objects.filter(Q(found_at__date__range=inside) | Q(solved_at__date__range=inside))
    return [
        Row(
            f"S-{one.pk}", str(one.get_kind_display()), on=day_of(one.found_at),
            tags=tags(gevonden=period.holds(one.found_at), opgelost=period.holds(one.solved_at)),
        )
        for one in found.order_by("found_at", "pk")
    ]  # fmt: skip


def measures(period: Period) -> list[Row]:
    """Measures of coherence of the whole city as they stood last in the period; the amount is the value, of a share how many in 100.

    An index says nothing to who does not know how it is made: that one is for staff alone.
    """
    found = MeasureValue.objects.filter(area__isnull=True, month__lte=period.day, month__gte=period.from_on.replace(day=1))
    newest = {one.name: one for one in found.order_by("month")}
    return [measure(newest[one.name], one) for one in DEFINITIONS if one.name in newest and one.form != "index"]


def measure(found: MeasureValue, definition: Definition) -> Row:
    words, amount = str(definition.title), found.value
    if definition.form == "share" and amount is not None:
        words, amount = _("%(measure)s, of every 100") % {"measure": words}, 100 * amount
    return Row(f"M-{found.name}", words, path_to("reports:measures"), group=found.name, on=found.month, amount=amount)
