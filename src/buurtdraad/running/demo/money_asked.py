"""Requests for money of the demo city: those of last year and this one, each through all its steps. Everybody in them is invented."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.fund.actions import accounting, deciding, drafting, ease, handling, interests, letters, questions, sending, settling
from buurtdraad.fund.actions.drafting import Cost, Income, PlanFacts
from buurtdraad.fund.actions.small import SmallPlan, ask_small
from buurtdraad.fund.models import Account, Application, Letter
from buurtdraad.fund.queries import steps
from buurtdraad.fund.queries.paying import payments_of
from buurtdraad.fund.states import Activity, Channel, CostKind, Ground, IncomeKind, Interest, Outcome, SentBy, SettlementGround, Who
from buurtdraad.initiatives.actions import plans
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.states import Way
from buurtdraad.money.actions.listing import make_list, release_list, send_list
from buurtdraad.money.actions.paying import settle_paid
from buurtdraad.money.models import Payment
from buurtdraad.places.models import Area
from buurtdraad.running.demo.purse import FUND, pot_of

DAY, SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)
# An account that banks give as an example.
ACCOUNT: dict[str, Any] = {"holder": "Voorbeeld", "iban": "NL91ABNA0417164300"}
GRANTED = "Uw plan is goed voor de buurt. Veel mensen kunnen meedoen. Daarom krijgt u het geld."
TELL_US = "Gaat uw plan anders dan u schreef? Vertel het ons meteen."
DONE = "Het is gelukt. Veel buren deden mee."


@dataclass(frozen=True)
class Ask:
    """A request: the plan, where, what, for whom, how much; in which month of last year it came, or how many days ago."""

    title: str
    area: str
    activity: Activity
    who: str
    amount: int
    month: int = 0
    ago: int = 0
    organisation: str = ""


# Few of them lie in Overvecht: that is what the page of the fund shows.
LAST_YEAR = (
    Ask("Zaalvoetbal voor meiden", "BU03440123", Activity.COURSE, "M. de Wit", 3_200, 2),
    Ask("Samen eten in de Vogelenbuurt", "BU03440411", Activity.MEETING, "Vereniging De Lijster", 2_450, 3, organisation="De Lijster"),
    Ask("Muziek in het park van Wittevrouwen", "BU03440433", Activity.NEIGHBOURHOOD_PARTY, "L. Blom", 4_800, 3),
    Ask("Geveltuinen in Oudwijk", "BU03440512", Activity.GREEN, "A. Kramer", 2_900, 4),
    Ask("Repareren in Lunetten", "BU03440711", Activity.MEETING, "Stichting Heel", 3_750, 5, organisation="Heel Weer Heel"),
    Ask("Zomer op straat", "BU03440812", Activity.LIVING_STREET, "J. Post", 1_900, 6),
    Ask("Taal en koffie in Overvecht", "BU03440321", Activity.COURSE, "F. Yilmaz", 1_500, 9),
)
# Of more than EUR 5,000 one shows afterwards what was done.
FINISHED = Ask("Speelplek achter de school", "BU03440232", Activity.PUBLIC_SPACE, "R. Mol", 7_400, 2)
THIS_YEAR = (
    Ask("Buurtkas in Terwijde", "BU03440913", Activity.GREEN, "S. Haan", 4_100, ago=150),
    Ask("Wandelen met de buren", "BU03440222", Activity.MEETING, "P. Groen", 1_650, ago=120),
    Ask("Toneel in Hoograven", "BU03440723", Activity.COURSE, "Stichting Doek", 4_600, ago=100, organisation="Doek Open"),
)
PARTY = Ask("Straatfeest in de Schaakbuurt", "BU03440242", Activity.STREET_PARTY, "W. Dekker", 1_450, ago=15)
QUESTION = "Wilt u uitleggen wat de tent kost? Een offerte of een prijslijst is genoeg."
REFUSED = Ask("Uitje van een sportclub", "BU03440942", Activity.OUTING, "T. Bos", 2_600, ago=70)
WHY_REFUSED = "Alleen leden van de club kunnen mee. Het fonds betaalt plannen waar de hele buurt aan mee kan doen."
# It answers this wish.
FLOWERS = "Bloembakken in de straat die we zelf verzorgen."
SMALL = Ask("Bloembakken bij de flat", "BU03440241", Activity.GREEN, "N. Smit", 380, ago=35)


@dataclass(frozen=True)
class Desk:
    """Who works for the fund: handles, decides, and the two who pay."""

    priya: Person
    bas: Person
    wouter: Person
    ria: Person


def make_requests(desk: Desk, joris: Person, *, at: datetime.datetime) -> None:
    """All of them, each paid in time; the street party waits for an answer, and the boxes with flowers for their money."""
    finish(granted(FINISHED, desk, at), desk)
    for one in (*LAST_YEAR, *THIS_YEAR):
        paid(list(payments_of(granted(one, desk, at))), desk)
    for days, (how, words) in enumerate(EASE, start=1):
        ease.say(how, words, channel=Channel.WEB, at=at - 9 * days * DAY)
    refuse(desk, at)
    small(joris, at)
    wait_for_answer(desk, at)


def moment(one: Ask, at: datetime.datetime) -> datetime.datetime:
    """When it came in."""
    here = timezone.localtime(at)
    return here.replace(year=here.year - 1, month=one.month, day=10, hour=10) if one.month else here - one.ago * DAY


def sent(one: Ask, at: datetime.datetime) -> Application:
    """Asked by somebody of whom we know the address on paper."""
    contact = add_contact(name=one.who, way=Way.NONE, by=None, at=at)
    facts = PlanFacts(one.title, Area.objects.get(code=one.area), summary=f"{one.title}: bewoners doen het samen.")
    made = drafting.begin(
        facts=facts, activity=one.activity, who=Who.ORGANISATION if one.organisation else Who.NEIGHBOURS, contact=contact, by=None, at=at
    )  # fmt: skip
    drafting.save_what(made, **asks(one, at), by=None, at=at)
    drafting.save_costs(made, costs(one), by=None, at=at)
    drafting.save_incomes(made, OWN, by=None, at=at)
    drafting.save_payee(made, **ACCOUNT, by=None, at=at)
    walked(made, at)
    return drafting.submit(made, by=None, at=at)


# How long somebody is busy with each screen, in seconds; who asks much takes longer.
SCREENS = {steps.PLAN: 90, steps.WHEN: 50, steps.COSTS: 170, steps.PAYS: 80, steps.NEIGHBOURS: 60, steps.ACCOUNT: 120, steps.SEND: 70}
# What some say of it afterwards, 1 (hard) to 5 (easy).
EASE = ((5, ""), (4, "Duidelijke vragen."), (4, ""), (3, "Ik wist niet wat ik bij de kosten moest schrijven."), (5, ""), (4, ""))


def walked(application: Application, at: datetime.datetime) -> None:
    """Each of its screens was opened and sent, the last one now."""
    names = [steps.PLAN, *steps.steps_of(application)]
    slower = 1 + min(application.asked, Decimal(10_000)) / 10_000
    opened = at - sum(SCREENS[name] for name in names) * float(slower) * SECOND
    for name in names:
        sent_at = opened + SCREENS[name] * float(slower) * SECOND
        ease.note_step(application, name, opened_at=opened, at=sent_at)
        opened = sent_at


OWN = [Income(IncomeKind.HOURS, "Onze uren", hours=60)]


def costs(one: Ask) -> list[Cost]:
    return [Cost(CostKind.MATERIAL, "Materiaal en huur", Decimal(one.amount))]


def asks(one: Ask, at: datetime.datetime) -> dict:
    day = timezone.localdate(at)
    return {
        "applicant_name": one.who, "applicant_address": "Voorbeeldstraat 1, Utrecht", "organisation_name": one.organisation,
        "starts_on": day + 40 * DAY, "ends_on": day + (40 if one.activity == Activity.STREET_PARTY else 75) * DAY, "visitors": 60,
    }  # fmt: skip


def complete(application: Application, desk: Desk, at: datetime.datetime) -> None:
    """Priya and Bas have nothing to do with it; Priya takes it, and everything is there."""
    for who in (desk.priya, desk.bas):
        interests.declare(application, who, Interest.NONE, by=who, at=at + DAY)
    handling.take(application, by=desk.priya, at=at + DAY)
    handling.complete(application, on=timezone.localdate(at), by=desk.priya, at=at + DAY)


def granted(one: Ask, desk: Desk, at: datetime.datetime) -> Application:
    """Through all steps to a letter: everything that was asked. The plan stands on the site."""
    since = moment(one, at)
    made = sent(one, since)
    complete(made, desk, since)
    pot = pot_of(FUND, timezone.localdate(since).year)
    deciding.propose(
        made, outcome=Outcome.GRANTED, amount=made.asked, words=GRANTED, obligations=TELL_US, pot=pot, by=desk.priya, at=since + 8 * DAY
    )  # fmt: skip
    decide(made, desk.bas, since + 10 * DAY)
    plans.show(made.initiative, by=desk.bas, at=since + 12 * DAY)
    return made


def decide(application: Application, by: Person, at: datetime.datetime) -> None:
    decision = deciding.decide(application, by=by, at=at)
    assert decision is not None, "so little needs one person"
    letters.make_known(decision, sent_by=SentBy.POST, on=timezone.localdate(at), by=by, at=at)


def finish(application: Application, desk: Desk) -> None:
    """Paid, shown what was done, and the final amount is as granted; the plan is done."""
    assert application.submitted_at, "what was granted was sent"
    paid(list(payments_of(application)), desk)
    at = application.submitted_at + 90 * DAY
    account = Account.objects.get(application=application)
    accounting.ask(account, at=at)
    accounting.write(account, done=DONE, people=120, learned="Begin op tijd met vergunningen.", by=None, at=at + 10 * DAY)
    accounting.give(account, by=None, at=at + 10 * DAY)
    accounting.look(account, by=desk.priya, at=at + 15 * DAY)
    application.refresh_from_db()
    settled = settling.settle(
        application, amount=Decimal(FINISHED.amount), ground=SettlementGround.AS_GRANTED, words="U deed wat u schreef.",
        by=desk.bas, at=at + 20 * DAY,
    )  # fmt: skip
    day = timezone.localdate(at + 20 * DAY)
    sending.send(settled.letter, sent_by=SentBy.POST, on=day, by=desk.bas, at=at + 20 * DAY)
    application.initiative.refresh_from_db()
    plans.move_to(application.initiative, PlanStage.DONE, result=DONE, by=desk.bas, at=at + 20 * DAY)


def paid(payments: list[Payment], desk: Desk) -> None:
    """On a list of Wouter, which Ria released, and paid by the bank on the day after."""
    if not payments:
        return
    at = max(one.made_at for one in payments) + 2 * DAY
    listed = make_list(payments, by=desk.wouter, at=at)
    release_list(listed, by=desk.ria, at=at)
    send_list(listed, by=desk.wouter, at=at)
    for one in Payment.objects.filter(listed=listed):
        settle_paid(one, on=timezone.localdate(at + DAY), by=desk.wouter, at=at + DAY)


def refuse(desk: Desk, at: datetime.datetime) -> None:
    since = moment(REFUSED, at)
    made = sent(REFUSED, since)
    complete(made, desk, since)
    deciding.propose(
        made, outcome=Outcome.REFUSED, amount=Decimal(0), ground=Ground.NOT_FOR_ALL, words=WHY_REFUSED, by=desk.priya, at=since + 9 * DAY
    )  # fmt: skip
    decide(made, desk.bas, since + 12 * DAY)


def small(joris: Person, at: datetime.datetime) -> None:
    """Asked on one screen; the area adviser decided two days later."""
    since = moment(SMALL, at)
    facts = asks(SMALL, since) | {"starts_on": timezone.localdate(since) + 10 * DAY}
    plan = PlanFacts(SMALL.title, Area.objects.get(code=SMALL.area), summary="Zes bakken met bloemen bij de ingang van de flat.")
    contact = add_contact(name=SMALL.who, way=Way.NONE, by=None, at=since)
    made = ask_small(SmallPlan(plan, SMALL.activity, costs(SMALL), OWN, facts, ACCOUNT), contact=contact, by=None, at=since)
    ease.note_step(made, steps.SMALL, opened_at=since - 200 * SECOND, at=since)
    interests.declare(made, joris, Interest.NONE, by=joris, at=since + 2 * DAY)
    decision = deciding.decide_small(
        made, outcome=Outcome.GRANTED, amount=made.asked, words=GRANTED, pot=pot_of(FUND, timezone.localdate(since).year),
        by=joris, at=since + 2 * DAY,
    )  # fmt: skip
    day = timezone.localdate(since + 2 * DAY)
    letters.make_known(decision, sent_by=SentBy.HANDED, on=day, by=joris, at=since + 2 * DAY)
    plans.add_all(made.initiative, [*Wish.objects.filter(text=FLOWERS, area__code=SMALL.area)], by=joris, at=since + 3 * DAY)
    plans.show(made.initiative, by=joris, at=since + 3 * DAY)


def wait_for_answer(desk: Desk, at: datetime.datetime) -> None:
    since = moment(PARTY, at)
    made = sent(PARTY, since)
    interests.declare(made, desk.priya, Interest.NONE, by=desk.priya, at=since + DAY)
    handling.take(made, by=desk.priya, at=since + DAY)
    asked = since + 3 * DAY
    questions.ask(made, text=QUESTION, answer_by=timezone.localdate(at) + 6 * DAY, by=desk.priya, at=asked)
    letter = Letter.objects.get(application=made, about=Letter.About.QUESTION)
    sending.send(letter, sent_by=SentBy.POST, on=timezone.localdate(asked), by=desk.priya, at=asked)
