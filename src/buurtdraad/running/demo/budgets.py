"""The neighbourhood budgets of the demo city: one of last year that was voted, one in which people vote now, one that is being prepared.

Everything in them is invented, and goes through the deeds that a city does, on days before today.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.actions import adopting, checking, closing, counted, proposing, reading, rounds, sheet, sources, tracking
from buurtdraad.budgets.actions.adopting import ResultFacts
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Winner
from buurtdraad.budgets.states import BallotKind, CostFrom, Leftover, PlanStage, RoundStage, Verdict
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.initiatives.actions import plans
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.states import Way
from buurtdraad.money.actions.paying import owe
from buurtdraad.money.actions.pots import open_pot, put_in
from buurtdraad.money.states import Source
from buurtdraad.places.models import Area
from buurtdraad.places.queries import inside
from buurtdraad.running.demo import budget_plans as told
from buurtdraad.running.demo.budget_votes import vote_last_year, vote_until_now
from buurtdraad.running.demo.cast import GEUZENWIJK, OVERVECHT
from buurtdraad.running.demo.city import CITY
from buurtdraad.running.demo.money_asked import ACCOUNT, Desk, paid
from buurtdraad.running.demo.purse import YEAR_BEFORE, first_of, pot_of

DAY = datetime.timedelta(days=1)
ONDIEP = "ondiep-2e-daalsebuurt"
POT, ABOUT_POT = "Geld voor buurtbudgetten", "Hiervan krijgen buurten elk jaar een buurtbudget. Bewoners verdelen het."
LAST_YEAR, THIS_YEAR = Decimal(20_000), Decimal(40_000)
DECIDES = "het college van burgemeester en wethouders"
IF_NOT = "Het college volgt de stemmen. Alleen als iets niet veilig is, kiest het anders. Het vertelt dan waarom."
ADOPTED = "Het college volgt de uitslag. Alle gekozen plannen krijgen geld."
DONE = "De vijf bankjes staan er. Ans heeft de eerste uitgeprobeerd: zij zit goed."
ROUNDED_OFF = "De bankjes staan er, en alles is betaald."


@dataclass(frozen=True)
class Planned:
    """A round: what it is called before its year, where, how much, which year from now, and what it is for.

    The days are days ago: made, the first and last to send a plan, the list, the vote, the last for paper, the result.
    """

    name: str
    area: str
    amount: Decimal
    years_ago: int
    about: str
    days: tuple[int, ...] = ()
    ballot: BallotKind = BallotKind.CHOOSE

    def year(self, at: datetime.datetime) -> int:
        return timezone.localdate(at).year - self.years_ago


VOTED = Planned(
    "Buurtbudget Geuzenwijk", GEUZENWIJK, Decimal(20_000), 1, "Geld voor plannen die Geuzenwijk mooier en gezelliger maken. U kiest.",
    (400, 390, 300, 160, 120, 106, 104, 92),
)  # fmt: skip
VOTING = Planned(
    "Buurtbudget Ondiep en 2e Daalsebuurt", ONDIEP, Decimal(15_000), 0, "Vul uw mandje met plannen voor de buurt. U verdeelt 15.000 euro.",
    (75, 70, 40, 20, 6, -15, -17, -30), BallotKind.BASKET,
)  # fmt: skip
PREPARING = Planned("Buurtbudget Overvecht", OVERVECHT, Decimal(25_000), 0, "Geld voor plannen uit heel Overvecht.", (4,))


def make_pots(noor: Person, *, at: datetime.datetime) -> None:
    """The pot of last year and that of this one, with what the rounds take from it; one that stands already is filled anew."""
    for years_ago, amount in ((1, LAST_YEAR), (0, THIS_YEAR)):
        year = timezone.localdate(at).year - years_ago
        since = min(first_of(year, at), at - (VOTED.days[0] if years_ago else VOTING.days[0]) * DAY)
        area = Area.objects.get(code=CITY)
        pot = pot_of(POT, year) or open_pot(name=POT, source=Source.CITY, year=year, area=area, about=ABOUT_POT, by=noor, at=since)
        put_in(pot, amount, why=YEAR_BEFORE, by=noor, at=since)


def begin(planned: Planned, by: Person, *, at: datetime.datetime) -> BudgetRound:
    """A round without money yet."""
    year, since = planned.year(at), ago(planned.days[0], at)
    return rounds.make(
        name=f"{planned.name} {year}", area=Area.objects.get(code=planned.area), year=year, about=planned.about, by=by, at=since
    )


def add_money(round_: BudgetRound, planned: Planned, by: Person, *, at: datetime.datetime) -> None:
    """From the pot of its year."""
    pot = pot_of(POT, round_.year)
    assert pot, "its pot was opened"
    sources.add_money(round_, pot, planned.amount, by=by, at=ago(planned.days[0], at))


# --- until people vote ---------------------------------------------------------------------------


def until_the_vote(round_: BudgetRound, planned: Planned, ideas: tuple[told.Idea, ...], joris: Person, *, at: datetime.datetime) -> None:
    """Its rules are known, plans come in and are looked at, the list is made, and people can vote."""
    made, first, last, listed, vote, *_rest = planned.days
    sheet.write(round_, rules_of(planned, at), by=joris, at=ago(made, at))
    rounds.announce(round_, by=joris, at=ago(made, at))
    rounds.by_day(round_, RoundStage.GATHERING, at=ago(first, at))
    for n, idea in enumerate(ideas):
        tell(round_, idea, at=ago(first - 2 - n, at))
    if planned is VOTING:
        take_over(round_, joris, at=ago(last + 3, at))
    rounds.by_day(round_, RoundStage.CHECKING, at=ago(last - 1, at))
    reasons = {idea.title: idea.no for idea in ideas}
    for plan in BudgetPlan.objects.filter(round=round_).select_related("round", "area", "part"):
        look(plan, reasons.get(plan.title, ""), joris, at=ago(last - 5, at))
    share_field(round_, joris, at=ago(listed + 1, at))
    checking.list_plans(round_, by=joris, at=ago(listed, at))
    rounds.move_on(round_, RoundStage.READY, by=joris, at=ago(listed, at))
    rounds.by_day(round_, RoundStage.VOTING, at=ago(vote, at))
    round_.refresh_from_db()


def ago(days: int, at: datetime.datetime) -> datetime.datetime:
    """The morning of so many days ago."""
    return (timezone.localtime(at) - days * DAY).replace(hour=9, minute=0, second=0, microsecond=0)


def rules_of(planned: Planned, at: datetime.datetime) -> dict:
    _made, first, last, listed, vote, until, paper, result = planned.days
    day = {name: timezone.localdate(ago(days, at)) for name, days in (
        ("propose_from", first), ("propose_until", last), ("list_on", listed), ("paper_until", paper), ("result_on", result),
    )}  # fmt: skip
    # A seed of its own, so that two runs give the same story.
    rule = Rule(ties=("votes", "cost", "draw"), seed=planned.name).to_dict()
    return day | {
        "vote_from": ago(vote, at), "vote_until": ago(until, at).replace(hour=20), "ballot": planned.ballot, "rule": rule,
        "decides": DECIDES, "if_not_adopted": IF_NOT, "leftover": Leftover.NEXT,
    }  # fmt: skip


def tell(round_: BudgetRound, idea: told.Idea, *, at: datetime.datetime) -> BudgetPlan:
    """Somebody of whom we know the name tells a plan."""
    contact = add_contact(name=idea.maker, way=Way.NONE, by=None, at=at)
    part = round_.parts.get()
    return proposing.propose(
        round_, part=part, title=idea.title, summary=idea.summary, area=part.area, theme=idea.theme, place=idea.place, point=idea.at,
        cost=Decimal(idea.cost), contact=contact, name=idea.maker, agreed=True, by=None, at=at,
    )  # fmt: skip


def take_over(round_: BudgetRound, joris: Person, *, at: datetime.datetime) -> None:
    """One plan from a wish of this place and one from a plan of residents; nothing is typed again."""
    codes = inside([ONDIEP])[ONDIEP]
    wish = Wish.objects.on_site().heads().filter(
        area__code__in=codes, text__startswith="Een ", theme__in=[Theme.GREEN, Theme.TOGETHER, Theme.OTHER]
    ).order_by("reference").first()  # fmt: skip
    if wish:
        proposing.from_wish(round_, wish, title=wish.title.rstrip("."), cost=Decimal(told.OF_WISH), by_municipality=True, by=joris, at=at)
    initiative = Initiative.objects.filter(title=told.WALKING, area__code__in=codes).first()
    if initiative:
        facts = {"title": told.WALKING_TITLE, "cost": Decimal(told.OF_INITIATIVE)}
        proposing.from_initiative(round_, initiative, **facts, by=joris, at=at)


def look(plan: BudgetPlan, no: str, joris: Person, *, at: datetime.datetime) -> None:
    """Everybody may read it, and whether it can be done."""
    reading.show(plan, by=joris, at=at)
    if no:
        checking.check(plan, verdict=Verdict.NO, reason=no, by=joris, at=at + DAY)
    else:
        checking.check(
            plan, verdict=Verdict.YES, reason=told.YES, cost=plan.cost, cost_from=CostFrom.EXPERT, cost_words=told.COST_WORDS,
            by=joris, at=at + DAY,
        )  # fmt: skip


def share_field(round_: BudgetRound, joris: Person, *, at: datetime.datetime) -> None:
    """Two plans want the same field."""
    both = list(BudgetPlan.objects.filter(round=round_, title__in=[told.FIELD_SMALL, told.FIELD_LARGE]).select_related("round"))
    if len(both) > 1:
        name, why = told.FIELD
        checking.share_spot(both, name=name, why=why, by=joris, at=at)


# --- the three -----------------------------------------------------------------------------------


def finish(round_: BudgetRound, desk: Desk, joris: Person, noor: Person, *, at: datetime.datetime) -> None:
    """Voted, counted twice, adopted by two people; what won has its money, and one plan is done and paid."""
    until_the_vote(round_, VOTED, told.GEUZENWIJK_PLANS, joris, at=at)
    *_days, paper, result = VOTED.days
    vote_last_year(round_, joris, noor, listed(round_), likes(told.GEUZENWIJK_PLANS))
    closing.close(round_, by=joris, at=ago(paper - 1, at))
    counted.count(round_, at=ago(paper - 1, at))
    counted.verify(round_, at=ago(paper - 1, at))
    decided = timezone.localdate(ago(result + 2, at))
    adopting.propose(round_, ResultFacts(ADOPTED, decided), by=joris, at=ago(result + 1, at))
    adopting.adopt(round_, by=noor, at=ago(result, at))
    benches = Winner.objects.select_related("plan__initiative", "plan__round", "commitment").filter(
        plan__round=round_, plan__title=told.BENCHES
    ).first()  # fmt: skip
    if benches and benches.commitment and benches.plan.initiative:
        round_off(benches, benches.plan.initiative, desk, noor, at=at)


def round_off(winner: Winner, initiative: Initiative, desk: Desk, noor: Person, *, at: datetime.datetime) -> None:
    """The benches stand there: paid by Wouter and Ria, told to everybody."""
    assert winner.commitment
    owed = owe(
        winner.commitment, amount=winner.amount, reference=f"BB-{winner.plan.round.year}-{winner.plan.number}", payee=ACCOUNT["holder"],
        iban=ACCOUNT["iban"], card=False, due_on=timezone.localdate(ago(35, at)), by=noor, at=ago(60, at),
    )  # fmt: skip
    paid([owed], desk)
    plans.move_to(initiative, Stage.DONE, result=DONE, by=noor, at=ago(30, at))
    tracking.close(winner, words=ROUNDED_OFF, by=noor, at=ago(28, at))


def open_vote(round_: BudgetRound, joris: Person, *, at: datetime.datetime) -> None:
    """People vote now, and some did."""
    until_the_vote(round_, VOTING, told.ONDIEP_PLANS, joris, at=at)
    vote_until_now(round_, joris, listed(round_), likes(told.ONDIEP_PLANS), at=at)


def listed(round_: BudgetRound) -> list[BudgetPlan]:
    return list(BudgetPlan.objects.filter(round=round_, stage=PlanStage.LISTED).order_by("number"))


def likes(ideas: tuple[told.Idea, ...]) -> dict[str, tuple[int, int]]:
    """How much each plan is liked, by its title."""
    return {idea.title: idea.liked for idea in ideas}
