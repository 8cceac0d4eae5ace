"""How people vote in the demo city: by post, by e-mail and on paper. Each demo gives the same ballots; nobody of them exists."""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions.casting import cast
from buurtdraad.budgets.actions.claiming import Declared, claim
from buurtdraad.budgets.actions.codes import make_batch, make_letters
from buurtdraad.budgets.actions.paper import set_aside, type_ballot
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries.codes import where_people_vote
from buurtdraad.budgets.secrecy import normalised
from buurtdraad.budgets.sources.addresses import Addressee
from buurtdraad.budgets.states import AgeBand, AsideReason, BallotKind, Channel
from buurtdraad.places.models import Area

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
AGES = (AgeBand.YOUNG, AgeBand.ADULT, AgeBand.ADULT, AgeBand.MIDDLE, AgeBand.MIDDLE, AgeBand.OLD)
# Of last year: letters that went out and how many voted with them; who asked by e-mail; paper.
LETTERS, BY_POST, BY_EMAIL, ON_PAPER = 70, 46, 25, 20
# Of now, in each neighbourhood: letters, and votes so far.
LETTERS_NOW, VOTES_NOW = 12, 5
# Which part of the voters likes other plans than most do, and how much plans are liked that come from elsewhere.
OTHERS, UNKNOWN = 1 / 3, (4, 4)
MOST, PILE = 5, "Buurthuis, doos 1"

type Marks = dict[str, dict[str, int]]


def vote_last_year(
    round_: BudgetRound, joris: Person, noor: Person, plans: Sequence[BudgetPlan], likes: Mapping[str, tuple[int, int]]
) -> None:
    """91 ballots in two weeks, of which 20 on paper; one more was set aside."""
    first = round_.sheet.vote_from
    assert first
    ballots = choices(round_, plans, likes)
    posted = letters(round_, round_.area, LETTERS, joris, at=first - 10 * DAY)
    for n, code in enumerate(posted[:BY_POST]):
        cast(round_, code, next(ballots), at=moment(first, n))
    for n in range(BY_EMAIL):
        declared, when = Declared(round_.area, AGES[(n * 5) % len(AGES)]), moment(first, n * 3)
        made = claim(round_, channel=Channel.EMAIL, name=f"{n}@voorbeeld.example", declared=declared, at=when)
        cast(round_, known(made.code), next(ballots), at=when + HOUR / 4)
    _batch, papers = make_batch(
        round_, channel=Channel.PAPER, area=round_.area, name="Op papier", number=ON_PAPER + 5, by=joris, at=first - 10 * DAY
    )
    typed = first + 14 * DAY
    for paper in papers[:ON_PAPER]:
        marks = next(ballots)
        for who in (joris, noor):
            type_ballot(round_, known(paper.code), marks, pile=PILE, by=who, at=typed)
    set_aside(round_, pile=PILE, reason=AsideReason.UNREADABLE, by=joris, at=typed)


def vote_until_now(
    round_: BudgetRound, joris: Person, plans: Sequence[BudgetPlan], likes: Mapping[str, tuple[int, int]], *, at: datetime.datetime
) -> None:
    """Some letters in each neighbourhood, and who voted already."""
    first = round_.sheet.vote_from
    assert first
    ballots = choices(round_, plans, likes)
    for area, _name in where_people_vote(round_):
        for n, code in enumerate(letters(round_, area, LETTERS_NOW, joris, at=first - 4 * DAY)[:VOTES_NOW]):
            cast(round_, code, next(ballots), at=min(first + n * DAY + n * HOUR, at))


def letters(round_: BudgetRound, area: Area, number: int, by: Person, *, at: datetime.datetime) -> list[str]:
    """The codes of letters to invented people of a neighbourhood."""
    to = [
        Addressee("Bewoner", f"Voorbeeldstraat {n} ({area.code})", "0000 AA", "Utrecht", age_band=AGES[n % len(AGES)])
        for n in range(number)
    ]
    _batch, made = make_letters(round_, to, area=area, name=f"Brieven {area.code}", by=by, at=at)
    return [known(letter.code) for letter in made]


def known(code: str) -> str:
    """A code as it is cast with."""
    found = normalised(code)
    assert found
    return found


def moment(first: datetime.datetime, n: int) -> datetime.datetime:
    """Some hour of the first two weeks."""
    return first + (n % 13) * DAY + (n % 9) * HOUR


def choices(round_: BudgetRound, plans: Sequence[BudgetPlan], likes: Mapping[str, tuple[int, int]]) -> Iterator[Marks]:
    """Ballots without end, as the rules of the round allow; what is liked more is chosen more."""
    dice = random.Random(round_.slug)  # noqa: S311 (a story, no secret)
    basket, budget = round_.sheet.ballot == BallotKind.BASKET, round_.parts.get().amount
    while True:
        who = int(dice.random() < OTHERS)
        liked = {plan.number: dice.random() ** (1 / likes.get(plan.title, UNKNOWN)[who]) for plan in plans}
        order = sorted(plans, key=lambda plan: liked[plan.number], reverse=True)
        most, cost = dice.randint(round_.sheet.least_marks, MOST), Decimal(0)
        chosen: list[BudgetPlan] = []
        for plan in order:
            price = plan.cost or Decimal(0)
            if len(chosen) < most and not (basket and cost + price > budget):
                chosen.append(plan)
                cost += price
        yield {"1": {str(plan.number): 1 for plan in chosen}}
