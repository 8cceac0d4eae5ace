"""How easy asking is, in figures: minutes and screens of what was sent, where people stop, the share that was helped, what they say."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Aggregate, Avg, Count, FloatField, Q, Sum
from django.utils import timezone

from buurtdraad.fund.models import Application, Ease, Step
from buurtdraad.fund.states import Channel, Stage

# A draft that nobody touched for so many days has stopped.
STOPPED_AFTER = datetime.timedelta(days=14)
FEWEST = 5  # below this number of people we show no average


class Middle(Aggregate):
    """The middle one of all values, or what lies between the two in the middle: counted by the database."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class EaseFigures:
    """All since one day. `minutes` and `screens` are the middle one of what was sent on the site; None: too few to say."""

    since: datetime.date
    sent: int = 0
    helped: int = 0
    minutes: float | None = None
    screens: float | None = None
    stopped_at: dict[str, int] = field(default_factory=dict)
    said: int = 0
    how: float | None = None
    words: list[str] = field(default_factory=list)

    @property
    def helped_percent(self) -> int | None:
        return round(100 * self.helped / self.sent) if self.sent >= FEWEST else None


def ease_since(since: datetime.date, *, at: datetime.datetime) -> EaseFigures:
    """The figures since a day. Five queries, however much there is."""
    sent = Application.objects.filter(received_on__gte=since).exclude(stage=Stage.DRAFT)
    counted = sent.aggregate(sent=Count("pk"), helped=Count("pk", filter=~Q(channel=Channel.WEB)))
    steps = Step.objects.filter(application__in=sent.filter(channel=Channel.WEB)).values("application")
    walks = steps.annotate(whole=Sum("seconds"), screens=Count("pk")).aggregate(
        number=Count("application"), seconds=Middle("whole"), middle=Middle("screens")
    )
    enough = walks["number"] >= FEWEST
    said = Ease.objects.filter(given_on__gte=since)
    told = said.aggregate(said=Count("pk"), how=Avg("how"))
    return EaseFigures(
        since=since, sent=counted["sent"], helped=counted["helped"],
        minutes=round(walks["seconds"] / 60, 1) if enough else None, screens=walks["middle"] if enough else None,
        stopped_at=stopped_at(since, at - STOPPED_AFTER), said=told["said"],
        how=round(told["how"], 1) if told["said"] >= FEWEST else None,
        words=list(said.exclude(words="").order_by("-given_on", "-pk").values_list("words", flat=True)[:20]),
    )  # fmt: skip


def stopped_at(since: datetime.date, before: datetime.datetime) -> dict[str, int]:
    """After which screen people stopped: of drafts that nobody touched lately, the last one that was saved."""
    begun = timezone.make_aware(datetime.datetime.combine(since, datetime.time.min))
    drafts = Application.objects.filter(stage=Stage.DRAFT, made_at__gte=begun, saved_at__lt=before)
    steps = Step.objects.filter(application__in=drafts).exclude(saved_at=None).order_by("saved_at")
    last = dict(steps.values_list("application", "name"))  # the later one takes the place of the earlier
    return dict(Counter(last.values()).most_common())
