"""Paper ballots in numbers: what was typed once, what differs, what counts and what was set aside, per pile."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Now

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import Aside, BudgetRound, CastDay, PaperEntry
from buurtdraad.budgets.states import AsideReason, Channel, PaperStage, RoundStage


@dataclass
class Pile:
    """A pile of paper: typed once by me and by others, different, and set aside by reason."""

    name: str
    mine: int = 0
    others: int = 0
    different: int = 0
    asides: list[tuple[AsideReason, int]] = field(default_factory=list)

    @property
    def aside(self) -> int:
        return sum(number for _reason, number in self.asides)


def piles(round_: BudgetRound, person: Person) -> list[Pile]:
    """The piles of a round, by name, as this person sees them. Two queries."""
    found: dict[str, Pile] = {}
    once = Q(stage=PaperStage.ONCE)
    typed = PaperEntry.objects.filter(round=round_).values("pile").annotate(
        mine=Count("pk", filter=once & Q(first_by=person.uuid)),
        others=Count("pk", filter=once & ~Q(first_by=person.uuid)),
        different=Count("pk", filter=Q(stage=PaperStage.DIFFERENT)),
    )  # fmt: skip
    for row in typed:
        found[row["pile"]] = Pile(row["pile"], row["mine"], row["others"], row["different"])
    for pile, reason, number in Aside.objects.filter(round=round_).order_by("reason").values_list("pile", "reason", "number"):
        found.setdefault(pile, Pile(pile)).asides.append((AsideReason(reason), number))
    return [found[name] for name in sorted(found)]


def counted_on_paper(round_: BudgetRound) -> int:
    """How many paper ballots count so far."""
    return CastDay.objects.filter(round=round_, channel=Channel.PAPER).aggregate(total=Sum("number"))["total"] or 0


def paper_round(rounds: QuerySet[BudgetRound], slug: str) -> BudgetRound | None:
    """A round with its rules, its paper, and `now` by the clock of the database."""
    return rounds.select_related("sheet", "area").annotate(now=Now()).filter(slug=slug).first()


def waiting(reach: Reach, person: Person) -> QuerySet[BudgetRound]:
    """Rounds of these areas of which paper waits for this person: `to_type` (once by another) and `to_decide`. One query."""
    untouched = Q(papers__stage=PaperStage.DIFFERENT) & ~Q(papers__first_by=person.uuid) & ~Q(papers__second_by=person.uuid)
    found = BudgetRound.objects.filter(stage=RoundStage.VOTING).annotate(
        to_type=Count("papers", filter=Q(papers__stage=PaperStage.ONCE) & ~Q(papers__first_by=person.uuid)),
        to_decide=Count("papers", filter=untouched),
        until=F("sheet__paper_until"),
        place=F("area__code"),
    )  # fmt: skip
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    return found.filter(Q(to_type__gt=0) | Q(to_decide__gt=0)).order_by("until", "pk")
