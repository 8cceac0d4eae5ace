"""When a round can be closed and what stands in the way, what waits for the count, and whose votes are past their time."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Now
from django.utils import timezone

from buurtdraad.budgets.models import BudgetRound, Counted, FrozenBallot, PaperEntry, Register
from buurtdraad.budgets.states import COUNTED, Channel, PaperStage, RoundStage
from buurtdraad.lib.retention import CLASSES, ended_before

# By then the worker has done what it does by itself: it looks every minute.
SOON = datetime.timedelta(hours=1)


def voting_is_over() -> QuerySet[BudgetRound]:
    """Rounds in which nobody can vote any more and that are not closed; by the clock of the database."""
    return BudgetRound.objects.filter(stage=RoundStage.VOTING, sheet__vote_until__lte=Now()).select_related("sheet", "area")


def is_over(round_: BudgetRound) -> bool:
    """Whether nobody can vote any more (1 query)."""
    return voting_is_over().filter(pk=round_.pk).exists()


def takes_paper(round_: BudgetRound) -> bool:
    return Channel.PAPER in round_.sheet.channels


def paper_is_over(round_: BudgetRound) -> bool:
    """Whether the last day to type paper went by, by the clock of the database (1 query)."""
    if not takes_paper(round_) or round_.sheet.paper_until is None:
        return True
    next_day = round_.sheet.paper_until + datetime.timedelta(days=1)
    midnight = timezone.make_aware(datetime.datetime.combine(next_day, datetime.time.min))
    return BudgetRound.objects.annotate(now=Now()).filter(pk=round_.pk, now__gte=midnight).exists()


def waits_for_paper(round_: BudgetRound, at: datetime.datetime) -> bool:
    """Whether paper can still come in, or waits for a second person."""
    return not paper_is_over(round_) or round_.papers.exists()


@dataclass(frozen=True)
class StillOpen:
    """What stands before closing: whether people vote, whether paper may be typed, and paper of one person or of two who differ."""

    voting: bool
    paper_days: bool
    once: int
    different: int

    @property
    def may_close(self) -> bool:
        return not self.voting and not (self.paper and self.paper_days)

    @property
    def paper(self) -> int:
        return self.once + self.different


def still_open(round_: BudgetRound) -> StillOpen:
    """What is still open of a round in which people vote (3 queries)."""
    typed = dict(PaperEntry.objects.filter(round=round_).values_list("stage").annotate(number=Count("pk")))
    return StillOpen(
        voting=not is_over(round_),
        paper_days=not paper_is_over(round_),
        once=typed.get(PaperStage.ONCE, 0),
        different=typed.get(PaperStage.DIFFERENT, 0),
    )


# --- the count -----------------------------------------------------------------------------------


def to_count() -> QuerySet[Counted]:
    """Frozen and not counted yet."""
    return Counted.objects.filter(counted_at__isnull=True).select_related("part__round__area").order_by("pk")


def to_verify() -> QuerySet[Counted]:
    """Counted, and not yet counted a second time."""
    return Counted.objects.filter(counted_at__isnull=False, verified_at__isnull=True, differs="").select_related("part__round__area")


def all_verified(round_: BudgetRound) -> bool:
    """Whether a second program found the same for every budget of a round (1 query)."""
    found = Counted.objects.filter(part__round=round_).aggregate(all=Count("pk"), same=Count("pk", filter=Q(verified_at__isnull=False)))
    return bool(found["all"]) and found["all"] == found["same"]


def without_use_for_keys() -> QuerySet[BudgetRound]:
    """Rounds whose key must be gone: counted twice with the same result, or stopped (after a crash it may still be there)."""
    checked = Exists(Counted.objects.filter(part__round=OuterRef("pk")))
    open_count = Exists(Counted.objects.filter(part__round=OuterRef("pk"), verified_at__isnull=True))
    return BudgetRound.objects.filter(Q(checked, ~open_count, stage__in=sorted(COUNTED)) | Q(stage=RoundStage.STOPPED))


# --- past their time -----------------------------------------------------------------------------


def votes_due(on: datetime.date) -> QuerySet[BudgetRound]:
    """Rounds whose result was final three months ago and of which ballots or register are still there; `since` is that day."""
    limit = ended_before(CLASSES["vote data"], on)
    register, ballots = Register.objects.filter(round=OuterRef("pk")), FrozenBallot.objects.filter(part__round=OuterRef("pk"))
    found = BudgetRound.objects.filter(Exists(register) | Exists(ballots), final_on__lt=limit)
    return found.annotate(since=Cast("final_on", DateTimeField())).select_related("area")


# --- at work -------------------------------------------------------------------------------------


def to_see_to() -> QuerySet[BudgetRound]:
    """Rounds that wait for a person: voting is over and paper is not, two programs did not count the same, or the second count is too
    long for the worker (`large`); the oldest first."""
    counts = Counted.objects.filter(part__round=OuterRef("pk"))
    differs, large = counts.exclude(differs=""), waits_for_a_person(counts)
    paper = Q(stage=RoundStage.VOTING, sheet__vote_until__lte=Now(), sheet__channels__contains=[Channel.PAPER])
    found = BudgetRound.objects.filter(paper | Q(Exists(differs)) | Q(Exists(large))).annotate(large=Exists(large) & ~Exists(differs))
    return found.select_related("sheet", "area").order_by("sheet__vote_until", "pk")


def waits_for_a_person(counts: QuerySet[Counted]) -> QuerySet[Counted]:
    """Those that the worker would have counted a second time by now if it did so by itself: `./run verify_round` has to."""
    return counts.filter(counted_at__lte=Now() - SOON, verified_at=None, differs="", part__round__elsewhere="")


def needs_command(round_: BudgetRound) -> bool:
    """Whether the second count of a round waits for somebody who starts it (1 query)."""
    return waits_for_a_person(Counted.objects.filter(part__round=round_)).exists()
