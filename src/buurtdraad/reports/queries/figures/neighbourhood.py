"""Lists about wishes, meetings, topics and agreements."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import SAYS_WHY, VersionStage
from buurtdraad.agendas.agenda.states import Stage as Agreed
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Seat
from buurtdraad.agendas.meetings.states import Stage as Met
from buurtdraad.agendas.wishes.models import Answered, Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.reports.queries.figures.rows import Period, Row, day_of, path_to, tags

DAY = datetime.timedelta(days=1)


def wishes(period: Period) -> list[Row]:
    """Wishes whose answer came in time or whose day for it passed in the period, and those given by its end that still have time.

    Each wish is counted once, in the period in which it became clear. All of them, also what is not on the site: of that no words.
    """
    last = period.day + DAY
    found = Wish.objects.filter(given_at__date__lt=last).filter(
        Q(answer_by__gte=period.from_on - DAY) | Q(answered_at__date__gte=period.from_on) | Q(given_at__date__gte=period.from_on)
    )
    why = Answered.objects.filter(wish=OuterRef("pk"), answer__at=OuterRef("answered_at")).exclude(answer__why_late="")
    rows = found.annotate(why_known=Exists(why)).select_related("area").defer("search", "stems").order_by("given_at", "pk")
    return [row for wish in rows if (row := wish_row(wish, period))]


def wish_row(wish: Wish, period: Period) -> Row | None:
    answered = day_of(wish.answered_at)
    given = day_of(wish.given_at)
    in_time = answered is not None and answered <= wish.answer_by
    clear_on = answered if answered is not None and in_time else wish.answer_by + DAY
    if clear_on < period.from_on:
        return None
    known = clear_on <= period.day
    late = known and not in_time
    # What was answered after the day of counting had no answer yet.
    answered = answered if period.over(answered) else None
    return Row(
        reference=wish.reference,
        words=str(wish.get_theme_display()),
        path=path_to("pages:wish", wish.reference) if wish.showing == Showing.SHOWN else "",
        codes=(wish.area.code,),
        group=str(wish.get_channel_display()),
        tags=tags(
            gegeven=period.holds(given), op_tijd=known and in_time, te_laat=late, heeft_tijd=not known,
            waarom_bekend=late and answered is not None and wish.why_known,  # type: ignore[attr-defined]
        ),
        note=how_late(wish.answer_by, answered, period.day) if late else "",
        on=given,
        title=wish.title if wish.showing == Showing.SHOWN else "",
    )  # fmt: skip


def how_late(answer_by: datetime.date, answered: datetime.date | None, day: datetime.date) -> str:
    """How much later than promised the answer came, or that there is none yet."""
    late = ((answered or day) - answer_by).days
    if answered is None:
        return ngettext("No answer yet, %(n)s day late", "No answer yet, %(n)s days late", late) % {"n": late}
    return ngettext("The answer came %(n)s day late", "The answer came %(n)s days late", late) % {"n": late}


def supporters(period: Period) -> list[Row]:
    """Wishes on the site that somebody said in the period to want too; the amount is how many people did."""
    since = Q(supporters__wants=True, supporters__since__date__range=(period.from_on, period.day))
    found = Wish.objects.on_site().annotate(people=Count("supporters", filter=since)).filter(people__gt=0)
    return [
        Row(
            wish.reference, str(wish.get_theme_display()), path_to("pages:wish", wish.reference), (wish.area.code,),
            on=day_of(wish.given_at), amount=Decimal(wish.people), title=wish.title,
        )
        for wish in found.select_related("area").defer("search", "stems").order_by("given_at", "pk")
    ]  # fmt: skip


def meetings(period: Period) -> list[Row]:
    """Meetings that were held in the period; the amount is how many people came at least (the lowest number of the band)."""
    held = Meeting.objects.filter(stage__in=(Met.HELD, Met.CLOSED), starts_at__date__range=(period.from_on, period.day))
    came = Count("sign_ups", filter=Q(sign_ups__stage=Seat.CAME))
    return [
        Row(
            f"B-{meeting.pk}", meeting.title, path_to("agendas:meeting", meeting.pk), (meeting.area.code,),
            group=str(meeting.get_kind_display()), on=day_of(meeting.starts_at), amount=Decimal(max(at_least(meeting), meeting.came)),
        )
        for meeting in held.select_related("area", "outcome").annotate(came=came).order_by("starts_at", "pk")
    ]  # fmt: skip


def at_least(meeting: Meeting) -> int:
    """The lowest number of the band in which a meeting was counted."""
    outcome = getattr(meeting, "outcome", None)
    return int(outcome.band.rstrip("+").partition("-")[0]) if outcome else 0


def topics(period: Period, codes: frozenset[str] | None = None) -> list[Row]:
    """Topics of the agendas that counted on the day of counting, in these areas (all for None); `gekozen` when chosen in the period."""
    counts = Topic.objects.exclude(version__stage=VersionStage.DRAFT).filter(version__valid_from__lte=period.day)
    newer = counts.filter(version__area=OuterRef("version__area"), version__number__gt=OuterRef("version__number"))
    rows = (
        within(counts, "version__area", codes)
        .filter(~Exists(newer))
        .select_related("version__area", "challenge__ambition")
        .order_by("version__area__code", "number", "pk")
    )
    return [
        Row(
            f"O-{topic.pk}", topic.title, path_to("agendas:topic", topic.pk), (topic.version.area.code,),
            ambition=topic.challenge.ambition.code if topic.challenge else "",
            group=str(topic.get_method_display()) if topic.method else "",
            tags=tags(gekozen=period.holds(topic.chosen_on or topic.version.valid_from)), on=topic.chosen_on or topic.version.valid_from,
            amount=None if topic.people is None else Decimal(topic.people),
        )
        for topic in rows
    ]  # fmt: skip


def within(found: Any, area: str, codes: frozenset[str] | None) -> Any:
    return found if codes is None else found.filter(**{f"{area}__code__in": codes})


def agreements(period: Period, codes: frozenset[str] | None = None) -> list[Row]:
    """Agreements of agendas in these areas (all for None), without those that were done or stopped before the period."""
    found = within(Agreement.objects.public(), "area", codes).filter(made_at__date__lte=period.day)
    found = found.filter(Q(done_on__isnull=True) | Q(done_on__gte=period.from_on)).annotate(moved_at=Max("steps__at"))
    rows = found.select_related("area", "topic__challenge__ambition").order_by("area__code", "number")
    return [agreement_row(one, period) for one in rows if not stopped_before(one, period)]


def stopped_before(agreement: Agreement, period: Period) -> bool:
    moved = day_of(agreement.moved_at)  # type: ignore[attr-defined]
    return agreement.stage == Agreed.STOPPED and (moved or day_of(agreement.made_at) or period.day) < period.from_on


def agreement_row(agreement: Agreement, period: Period) -> Row:
    challenge = agreement.topic.challenge
    done = agreement.stage == Agreed.DONE and period.over(agreement.done_on)
    open_ = agreement.is_open or (agreement.stage == Agreed.DONE and not done)
    late = open_ and agreement.due_on is not None and agreement.due_on < period.day
    later = open_ and agreement.stage == Agreed.LATER
    return Row(
        f"A-{agreement.pk}", agreement.what, path_to("agendas:agreement", agreement.pk), (agreement.area.code,),
        ambition=challenge.ambition.code if challenge else "", group=str(agreement.get_stage_display()),
        tags=tags(
            klaar=done, bezig=open_ and agreement.stage not in {Agreed.TODO, Agreed.LATER},
            te_doen=open_ and agreement.stage == Agreed.TODO,
            later=later, gestopt=agreement.stage == Agreed.STOPPED, te_laat=late, open=open_, nieuw=period.holds(agreement.made_at),
        ),
        note=agreement_note(agreement, late=late), on=agreement.done_on if done else agreement.due_on,
        amount=None if agreement.amount is None else Decimal(agreement.amount),
    )  # fmt: skip


def agreement_note(agreement: Agreement, *, late: bool) -> str:
    """Why it waits or stopped, and for when it was promised."""
    said = [agreement.why] if agreement.stage in SAYS_WHY or late else []
    if late and agreement.due_on:
        said.append(_("It was promised for %(day)s.") % {"day": date_format(agreement.due_on, "j F Y")})
    return " ".join(words for words in said if words)
