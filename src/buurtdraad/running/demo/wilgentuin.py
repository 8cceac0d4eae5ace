"""The money for the Wilgentuin: asked by Kees, handled by Priya, and one click of Bas away from a decision. Invented."""

import datetime
from decimal import Decimal

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.fund import rules as law
from buurtdraad.fund.actions import advice, deciding, drafting, handling, interests, lines
from buurtdraad.fund.actions.drafting import Cost, Income
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Activity, CostKind, Ground, IncomeKind, Interest, Outcome
from buurtdraad.initiatives.models import Initiative
from buurtdraad.messages.actions import contact_for
from buurtdraad.running.demo.money_asked import walked
from buurtdraad.running.demo.purse import FUND, pot_of

DAY = datetime.timedelta(days=1)
# Together 15,600: asked 12,400, of De Vechtoever 1,200 in money and 2,000 in things.
COSTS = (
    (CostKind.MATERIAL, "Een pergola en een waterpomp", 4_600),
    (CostKind.MATERIAL, "Planten, aarde en bakken", 5_800),
    (CostKind.RENT, "Een kraan en gereedschap huren", 2_700),
    (CostKind.PEOPLE, "Een hovenier die vier dagen helpt", 2_000),
    (CostKind.FOOD, "Eten en drinken", 500),
)
INCOMES = (
    (IncomeKind.HOURS, "Wij werken zelf, elke zaterdag", 0, 400),
    (IncomeKind.PARTNER, "De Vechtoever: geld", 1_200, None),
    (IncomeKind.PARTNER, "De Vechtoever: planten en bakken (spullen)", 2_000, None),
)
GRANT = Decimal(11_900)
NO_FOOD = "Eten en drinken betaalt het fonds niet."
ADVICE = "Bewoners vragen hier al lang om. De groep is groot, en De Vechtoever doet mee. Ik zeg: doen."
WORDS = (
    "Uw plan is goed voor de buurt. Veel buren zijn voor, en u doet veel zelf. Daarom krijgt u geld.\n\n"
    "Eten en drinken betaalt het fonds niet. Daarom krijgt u 500 euro minder dan u vroeg."
)
OBLIGATIONS = "Bewaar de bonnen. Gaat uw plan anders dan u schreef? Vertel het ons meteen."
DAYS_LEFT = (9, 8, 10, 7, 11)


def complete_on(today: datetime.date, weeks: int) -> datetime.date:
    """The day on which everything was there, so that nine days are left; a weekend or holiday makes that a day more or less."""
    days = [today - back * DAY for back in range(weeks * 7 - 15, weeks * 7 - 4)]
    left = {(law.last_day(start_on=day, weeks=weeks, happened=()) - today).days: day for day in days}
    return next((left[wanted] for wanted in DAYS_LEFT if wanted in left), days[-1])


def make_request(plan: Initiative, cast: dict[str, Person], *, at: datetime.datetime) -> Application:
    """Sent, complete, looked at, advised and proposed. Above EUR 10,000 two decide: Femke said yes, so that Bas decides."""
    kees, priya, bas, femke, joris = (cast[slug] for slug in ("kees", "priya", "bas", "femke", "joris"))
    rules = drafting.rules_of_today(timezone.localdate(at))
    day = complete_on(timezone.localdate(at), rules.weeks)
    since = timezone.localtime(at).replace(year=day.year, month=day.month, day=day.day)
    made = sent(plan, kees, since)
    for who in (priya, bas, joris, femke):
        interests.declare(made, who, Interest.NONE, by=who, at=since + DAY)
    handling.take(made, by=priya, at=since + DAY)
    handling.complete(made, on=day, by=priya, at=since + DAY)
    asked = advice.ask(made, joris, department="Wijkbureau Noordwest", by=priya, at=since + 2 * DAY)
    advice.give(asked, words=ADVICE, positive=True, by=joris, at=since + 5 * DAY)
    look_at_costs(made, priya, since + 6 * DAY)
    pot = pot_of(FUND, day.year)
    deciding.propose(
        made, outcome=Outcome.PARTLY, amount=GRANT, ground=Ground.NOT_PAID, words=WORDS, obligations=OBLIGATIONS, pot=pot,
        by=priya, at=since + 8 * DAY,
    )  # fmt: skip
    deciding.decide(made, by=femke, at=since + 9 * DAY)
    return made


def sent(plan: Initiative, kees: Person, at: datetime.datetime) -> Application:
    """Filled from the plan: what it is and when was there already."""
    made = drafting.begin(initiative=plan, activity=Activity.GREEN, contact=contact_for(kees, at=at), by=kees, at=at)
    facts = {"applicant_address": "Wilgenhof 7, Utrecht", "visitors": 150, "everybody_can_come": "De paden zijn breed en vlak."}
    drafting.save_what(made, **facts, by=kees, at=at)
    drafting.save_costs(made, [Cost(kind, label, Decimal(amount)) for kind, label, amount in COSTS], by=kees, at=at)
    incomes = [Income(kind, label, Decimal(amount), hours) for kind, label, amount, hours in INCOMES]
    drafting.save_incomes(made, incomes, by=kees, at=at)
    drafting.save_payee(made, holder="K. Vermeer", iban="NL91ABNA0417164300", by=kees, at=at)
    walked(made, at)
    return drafting.submit(made, by=kees, at=at)


def look_at_costs(application: Application, priya: Person, at: datetime.datetime) -> None:
    """All of it is accepted but for food and drink."""
    seen = {}
    for line in application.costs.all():
        food = line.kind == CostKind.FOOD
        seen[line.pk] = (Decimal(0), NO_FOOD) if food else (line.amount, "")
    lines.see(application, seen, by=priya, at=at)
