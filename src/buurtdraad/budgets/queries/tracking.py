"""How it goes with the plans that were chosen, until the last euro and the last picture.

All of it comes from the agreement or the plan of residents that each became, and from its money: nothing is typed twice.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, Prefetch, Q, QuerySet, Sum, Value, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.agendas.agenda.queries.words import when, who
from buurtdraad.agendas.agenda.states import TONES
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.budgets.models import BudgetRound, Winner
from buurtdraad.budgets.states import RESULT, RoundStage
from buurtdraad.initiatives.models import Initiative, InitiativePicture, Member
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.lib.uploads.models import PictureUpload
from buurtdraad.money.models import Commitment
from buurtdraad.ui.navigation import address

ZERO = Decimal(0)
CHOSEN, TAKEN, DOING, READY, CLOSED = range(1, 6)
WIDE = 640  # pixels


def track() -> list[str]:
    """The steps of a chosen plan in words."""
    return [_("Chosen"), _("Somebody does it"), _("Under way"), _("Done"), _("Rounded off")]


@dataclass
class Tracked:
    """One chosen plan. `does` is what it became; `promised` and `paid` are euros of the pots; the rest is what everybody may read of it."""

    winner: Winner
    does: Agreement | Initiative | None = None
    step: int = CHOSEN
    badge: str = ""
    tone: str = "neutral"
    who: str = ""
    when: str = ""
    why: str = ""
    result: str = ""
    url: str = ""
    promised: Decimal = ZERO
    paid: Decimal = ZERO
    picture: PictureUpload | None = None
    picture_url: str = ""
    new_picture: bool = False
    stopped: bool = False

    @property
    def waits(self) -> bool:
        """Nobody does it yet."""
        return self.does is None and self.winner.closed_on is None

    @property
    def spent(self) -> bool:
        """Nothing is left to pay: all was paid or set free."""
        return self.promised == self.paid if self.does else not self.winner.amount

    @property
    def finished(self) -> bool:
        """The last euro and the last picture are there; what stopped needs no picture."""
        return self.spent and (self.stopped or (self.step == READY and self.new_picture))

    @property
    def plan_url(self) -> str:
        plan = self.winner.plan
        return address("budgets:plan", plan.round.slug, plan.number)


# --- of one round ---------------------------------------------------------------------------------------


def tracked(round_: BudgetRound, *, today: datetime.date) -> list[Tracked]:
    """All chosen plans of a round, by budget and in the order of the count. Six queries at most, however many plans."""
    related = (
        "plan__area", "plan__part", "plan__initiative__area", "plan__application__initiative__area", "commitment", "agreement__area",
        "agreement__topic__version", "agreement__picture",
    )  # fmt: skip
    owners = Prefetch("agreement__owners", Owner.objects.select_related("organisation"))
    winners = list(Winner.objects.filter(plan__round=round_).select_related(*related).prefetch_related(owners))
    initiatives = {winner.pk: initiative for winner in winners if (initiative := initiative_of(winner))}
    keys = {initiative.pk for initiative in initiatives.values()}
    money, pictures, names = money_of(round_, keys), pictures_of(keys), names_of(keys)
    adopted_at = round_.adoption.adopted_at if hasattr(round_, "adoption") else None
    found = []
    for winner in winners:
        winner.plan.round = round_
        one = Tracked(winner)
        if winner.agreement:
            follow_agreement(one, winner.agreement, today)
        elif does := initiatives.get(winner.pk):
            follow_initiative(one, does, names.get(does.pk, ""), pictures.get(does.pk))
        counted(one, money)
        one.new_picture = bool(one.picture and adopted_at and one.picture.given_at >= adopted_at)
        if winner.closed_on:
            one.step = CLOSED
        found.append(one)
    return found


def initiative_of(winner: Winner) -> Initiative | None:
    """The plan of residents that does it; of a round of the fund that of the request."""
    if winner.agreement_id:
        return None
    plan = winner.plan
    return plan.initiative or (plan.application.initiative if plan.application else None)


def follow_agreement(one: Tracked, agreement: Agreement, today: datetime.date) -> None:
    stage = AgreementStage(agreement.stage)
    one.does, one.badge, one.tone = agreement, str(stage.label), TONES[stage]
    one.step = {AgreementStage.DONE: READY, AgreementStage.RUNNING: DOING}.get(stage, TAKEN)
    one.stopped = stage == AgreementStage.STOPPED
    one.who, one.when, one.why, one.result = who(agreement), when(agreement, today), agreement.why, agreement.result
    one.url = reverse("agendas:agreement", args=[agreement.pk])
    one.picture = getattr(agreement, "picture", None)
    if one.picture:
        one.picture_url = reverse("agendas:agreement_picture", args=[agreement.pk, one.picture.width_for(WIDE)])


def follow_initiative(one: Tracked, initiative: Initiative, names: str, picture: InitiativePicture | None) -> None:
    stage = Stage(initiative.stage)
    one.does, one.badge = initiative, str(stage.label)
    one.step = {Stage.DONE: READY, Stage.DOING: DOING}.get(stage, TAKEN)
    one.tone = {Stage.DONE: "good", Stage.DOING: "info", Stage.STOPPED: "bad"}.get(stage, "neutral")
    one.stopped = stage == Stage.STOPPED
    one.picture = picture
    if initiative.showing != Showing.SHOWN:
        return
    one.who, one.why, one.result = names or _("residents"), initiative.why, initiative.result
    one.url = reverse("initiatives:initiative", args=[initiative.slug])
    last = initiative.done_on or initiative.until_on
    if last and stage != Stage.STOPPED:
        words = _("Done on %(day)s") if initiative.done_on else _("Done before or on %(day)s")
        one.when = words % {"day": date_format(last, "j F Y")}
    if picture:
        one.picture_url = reverse("initiatives:picture", args=[picture.uuid, picture.width_for(WIDE)])


def counted(one: Tracked, money: dict[int, tuple[Decimal, Decimal]]) -> None:
    """Its euros: of its own commitment, or of what the fund granted."""
    commitment = one.winner.commitment
    if commitment:
        one.promised, one.paid = commitment.amount, commitment.paid
    elif isinstance(one.does, Initiative):
        one.promised, one.paid = money.get(one.does.pk, (ZERO, ZERO))


def money_of(round_: BudgetRound, initiatives: Collection[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """What the fund promised and paid to these initiatives, where the round is one of the fund."""
    if not round_.fund_round_id or not initiatives:
        return {}
    rows = Commitment.objects.public().filter(initiative__in=initiatives, pot=round_.fund_round.pot_id).order_by()  # type: ignore[union-attr]
    return {key: (amount, paid) for key, amount, paid in rows.values_list("initiative").annotate(Sum("amount"), Sum("paid"))}


def pictures_of(initiatives: Collection[int]) -> dict[int, InitiativePicture]:
    """The last picture of each that everybody sees."""
    seen = Q(update=None) | Q(update__showing=Showing.SHOWN)
    rows = InitiativePicture.objects.filter(seen, initiative__in=initiatives, showing=Showing.SHOWN)
    return {picture.initiative_id: picture for picture in rows.order_by("given_at", "pk")}


def names_of(initiatives: Collection[int]) -> dict[int, str]:
    """Who does each of these, as far as they said that their name may stand there."""
    found: dict[int, list[str]] = {}
    for member in Member.objects.filter(initiative__in=initiatives, agreed_at__isnull=False):
        found.setdefault(member.initiative_id, []).append(member.name)
    return {key: ", ".join(names) for key, names in found.items()}


def waiting(round_: BudgetRound) -> QuerySet[Winner]:
    """Chosen plans that still wait for their money: nobody does them yet. Of a round of the fund none: the fund pays."""
    return Winner.objects.filter(plan__round=round_, commitment=None, closed_on=None, amount__gt=0, plan__round__fund_round=None)


def left_over(round_: BudgetRound) -> Decimal:
    """Euros in the pot of a round that no chosen plan needs: not those of a plan that still waits for somebody. Two queries."""
    if round_.pot is None:
        return ZERO
    round_.pot.refresh_from_db(fields=["amount", "committed", "paid"])
    needed = waiting(round_).aggregate(all=Sum("amount"))["all"] or ZERO
    return max(round_.pot.free - needed, ZERO)


# --- for the pages of areas -------------------------------------------------------------------------------


@dataclass(frozen=True)
class CameOf:
    """A round in short: that people vote in it now, or how many plans got money, and how many of those are rounded off."""

    name: str
    slug: str
    year: int
    plans: int
    done: int
    voting: bool = False


def came_of(codes: Iterable[str] | None, most: int = 1) -> list[CameOf]:
    """Rounds in these areas (None: everywhere): first those in which people vote now, then the last with a known result. One query."""
    return [CameOf(**told) for told in told_of(codes)[:most]]


def told_of(codes: Iterable[str] | None) -> QuerySet:
    """The same as one column with the facts of each, so that a page can ask it within another query."""
    found = BudgetRound.objects.public().filter(stage__in=sorted(RESULT | {RoundStage.VOTING}), elsewhere="")
    if codes is not None:
        found = found.filter(area__code__in=set(codes))
    closed = Q(plans__winner__closed_on__isnull=False)
    counts = {"won": Count("plans__winner"), "closed": Count("plans__winner", filter=closed)}
    now = Case(When(stage=RoundStage.VOTING, then=Value(True)), default=Value(False))
    facts = JSONObject(name="name", slug="slug", year="year", plans="won", done="closed", voting="now")
    return found.annotate(**counts, now=now).order_by("-now", "-year", "-pk").values_list(facts, flat=True)
