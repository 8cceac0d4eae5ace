"""Plans for their pages: one with all that everybody sees of it, its picture, and what its makers and staff see besides."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Change, Check, Consent, Maker, PlanPicture
from buurtdraad.budgets.states import ChangeStage, PlanStage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.places.queries import last_name


def with_facts() -> QuerySet[BudgetPlan]:
    """Plans with their round and its sheet, part, area and its name (`area_name`), spot, and picture."""
    found = BudgetPlan.objects.select_related("round__area", "round__sheet", "part__area", "area", "spot", "picture", "into")
    return found.annotate(area_name=last_name("area"))


def plan_at(slug: str, number: int) -> BudgetPlan | None:
    """The plan with this number in the round at this address, whoever may see it."""
    return with_facts().filter(round__slug=slug, number=number).first()


def is_public(plan: BudgetPlan) -> bool:
    """Whether everybody sees it: it was read, and so were the rules of its round."""
    return plan.shown and plan.stage != PlanStage.WRITING and BudgetRound.objects.public().filter(pk=plan.round_id).exists()


@dataclass(frozen=True)
class Seen:
    """What stands on the page of a plan. `makers` agreed that their name stands there; `others` is how many did not."""

    makers: list[Maker]
    others: int
    checks: list[Check]
    likes: int | None
    wishes: list[Wish]
    agreement: Agreement | None
    initiative: Initiative | None
    excludes: list[BudgetPlan]
    joined: list[BudgetPlan]
    parts: list[BudgetPlan]

    @property
    def comes_from(self) -> bool:
        return bool(self.wishes or self.agreement or self.initiative)


def seen_by_all(plan: BudgetPlan) -> Seen:
    """Nine queries at most, however much there is."""
    makers = list(plan.makers.all())
    others = BudgetPlan.objects.public().filter(round=plan.round_id).exclude(pk=plan.pk)
    needed = plan.round.sheet.likes_needed
    return Seen(
        makers=[maker for maker in makers if maker.agreed_at],
        others=sum(1 for maker in makers if not maker.agreed_at),
        checks=list(plan.checks.all()),
        likes=plan.likes.count() if needed else None,
        wishes=list(Wish.objects.on_site().filter(pk__in=plan.wishes.values("pk")).defer("search").order_by("given_at", "pk")),
        agreement=Agreement.objects.public().filter(pk=plan.agreement_id).first() if plan.agreement_id else None,
        initiative=Initiative.objects.on_site().filter(pk=plan.initiative_id).first() if plan.initiative_id else None,
        excludes=list(others.filter(spot=plan.spot_id).select_related("round")) if plan.spot_id else [],
        joined=list(others.filter(into=plan).select_related("round")),
        parts=list(others.filter(out_of=plan).select_related("round")),
    )


def picture_by(uuid: UUID) -> PlanPicture | None:
    """One picture, whether shown or not."""
    return PlanPicture.objects.select_related("plan__round__area").filter(uuid=uuid).first()


# --- for its makers, and for staff -----------------------------------------------------------------------


def maker_of(plan: BudgetPlan, person: Person) -> Maker | None:
    """Somebody as one of those who made a plan."""
    return plan.makers.filter(contact__person=person).first()


def makers_with_contact(plan: BudgetPlan) -> list[Maker]:
    """All who made it, each with how we reach them. For staff and the makers themselves. One query."""
    return list(plan.makers.select_related("contact__person"))


def asked_change(plan: BudgetPlan) -> Change | None:
    """The proposal to join or split it about which its makers think now."""
    return plan.changes.filter(stage=ChangeStage.ASKED).first()


def waiting_consents(change: Change) -> list[Consent]:
    """Who did not say yes or no yet, with their plan and how we reach them. One query."""
    found = change.consents.filter(says__isnull=True).select_related("maker__plan__round", "maker__contact__person")
    return list(found.order_by("maker__plan__number", "pk"))


# --- for the page of the round ---------------------------------------------------------------------------


def taken_back_from_list(round_: BudgetRound) -> list[BudgetPlan]:
    """Plans that were on the list and were taken back: said aloud wherever people choose. One query."""
    found = BudgetPlan.objects.public().filter(round=round_, stage=PlanStage.WITHDRAWN, listed_at__isnull=False)
    return list(found.order_by("-ended_at", "number"))
