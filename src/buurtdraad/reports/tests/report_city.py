"""A half year of a city, straight into the tables: of every list something that counts, and something that does not."""

import datetime
from decimal import Decimal

from django.utils import timezone

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, AgreementStep, Topic
from buurtdraad.agendas.agenda.states import Stage as Agreed
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.meetings.models import Meeting, Outcome
from buurtdraad.agendas.meetings.states import Stage as Met
from buurtdraad.agendas.wishes.models import Answer, Answered, Supporter, Wish
from buurtdraad.agendas.wishes.states import Showing, Theme
from buurtdraad.budgets.models import BudgetRound, Counted, Part, RulesSheet
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.challenges.models import Aim, Ambition, Challenge, Pledge
from buurtdraad.fund.models import Application, Decision, Scheme, SchemeRules
from buurtdraad.fund.states import Outcome as Decided
from buurtdraad.fund.states import Stage as Asked
from buurtdraad.initiatives.models import Initiative, InitiativeTopic, Opinion
from buurtdraad.initiatives.states import Showing as OnSite
from buurtdraad.initiatives.states import Stage as Plan
from buurtdraad.method.models import Lesson as MethodLesson
from buurtdraad.method.models import MethodStep, MethodVersion, Run, RunStep
from buurtdraad.money.models import Commitment, Payment, Pot
from buurtdraad.partners.models import Kind, Organisation
from buurtdraad.placements.models import Host, Lesson, Placement, Shift
from buurtdraad.reports.models import Finding, MeasureValue
from buurtdraad.works.models import Buurtcheck, Work, WorkAnswers, WorkArea, WorkMoney

TODAY = timezone.localdate()
FROM, UNTIL = TODAY - datetime.timedelta(days=120), TODAY
BEFORE = FROM - datetime.timedelta(days=20)
ZO, OVERVECHT = "BU03440241", "BU03440321"
HOSTILE = "<script>alert(1)</script> {wensen}"


def days_ago(number):
    return TODAY - datetime.timedelta(days=number)


def moment(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def fill(areas):
    """All of it; returns the ambitions by code."""
    ambitions = programme()
    topic = agendas(areas, ambitions)
    wishes(areas, topic)
    residents(areas, topic)
    works(areas, ambitions, topic)
    learned(areas)
    fitting()
    return ambitions


def programme():
    ambitions = {
        code: Ambition.objects.create(code=code, number=number, name=name, from_on=days_ago(900))
        for number, (code, name) in enumerate((("nabij", "Nabij"), ("groen", "Groen en gezond")), start=1)
    }
    for code, one in ambitions.items():
        Challenge.objects.create(ambition=one, code=f"{code}-1", name=f"Opgave {one.name}", from_on=days_ago(900))
    nabij, groen = ambitions["nabij"], ambitions["groen"]
    Aim.objects.create(ambition=nabij, what="In elke buurt een spreekuur", due_on=days_ago(30), done_on=days_ago(40))
    Aim.objects.create(ambition=nabij, what="Iedereen krijgt antwoord", due_on=days_ago(10), told="Het kost meer tijd.")
    Aim.objects.create(ambition=groen, what="100 bomen", due_on=TODAY + datetime.timedelta(days=300))
    Aim.objects.create(ambition=groen, what="Oud", due_on=days_ago(300), done_on=days_ago(280))
    Pledge.objects.create(kind="pledge", number="T-1", what=f"Een rapport {HOSTILE}", ambition=nabij, made_on=days_ago(200))
    Pledge.objects.create(kind="motion", number="M-2", what="Bankjes", made_on=days_ago(100), due_on=days_ago(5), done_on=days_ago(6))
    Pledge.objects.create(kind="motion", number="M-0", what="Oud", made_on=days_ago(400), done_on=days_ago(300))
    return ambitions


def agendas(areas, ambitions):
    facts = {"stage": VersionStage.ADOPTED, "adopted_by": "De avond", "adopted_at": moment(days_ago(60)), "valid_from": days_ago(60)}
    version = AgendaVersion.objects.create(area=areas["zuilen-oost"], number=1, lesson="Begin bij de mensen.", **facts)
    other = AgendaVersion.objects.create(area=areas["WK034403"], number=1, **facts)
    challenge = Challenge.objects.get(code="groen-1")
    topic = Topic.objects.create(
        version=version, number=1, title="Groen en ontmoeten", challenge=challenge, chosen_on=days_ago(60), people=47
    )
    Topic.objects.create(version=other, number=1, title="Veilig", chosen_on=BEFORE)
    made = {"topic": topic, "area": areas["zuilen-oost"], "made_at": moment(days_ago(59))}
    Agreement.objects.create(number=1, what="Twee banken", stage=Agreed.DONE, due_on=days_ago(20), done_on=days_ago(25), **made)
    Agreement.objects.create(number=2, what="Drie bomen", stage=Agreed.RUNNING, due_on=days_ago(2), why="De grond is vies.", **made)
    later = Agreement.objects.create(
        number=3, what=HOSTILE, stage=Agreed.LATER, why="De bomen komen later.", due_on=TODAY + datetime.timedelta(days=40), **made
    )
    AgreementStep.objects.create(agreement=later, stage=Agreed.LATER, why=later.why, at=moment(days_ago(3)))
    Agreement.objects.create(number=4, what="Nog doen", stage=Agreed.TODO, **made)
    stopped = Agreement.objects.create(number=5, what="Vroeger", stage=Agreed.STOPPED, why="Kan niet.", **made)
    AgreementStep.objects.create(agreement=stopped, stage=Agreed.STOPPED, why="Kan niet.", at=moment(BEFORE))
    Agreement.objects.create(number=6, what="Oud", stage=Agreed.DONE, done_on=BEFORE, **made)
    for number, (stage, band) in enumerate(((Met.CLOSED, "26-50"), (Met.HELD, ""), (Met.ANNOUNCED, ""))):
        at = moment(days_ago(50 + number)) if stage != Met.ANNOUNCED else moment(TODAY + datetime.timedelta(days=9))
        meeting = Meeting.objects.create(
            area=areas["zuilen-oost"], title="Buurtavond", starts_at=at, ends_at=at + datetime.timedelta(hours=2), place="De Uithoek",
            stage=stage, code=f"KAMER{number}", made_at=at, changed_at=at,
        )  # fmt: skip
        if band:
            Outcome.objects.create(meeting=meeting, band=band, by=meeting.uuid, at=at)
    return topic


def wishes(areas, topic):
    """Day of giving, day of promise, day of the answer: in time, too late, never, still time, and clear before the period."""
    cases = (
        (days_ago(50), days_ago(36), days_ago(40), ZO),
        (days_ago(50), days_ago(36), days_ago(36), ZO),
        (days_ago(50), days_ago(36), days_ago(24), ZO),
        (days_ago(40), days_ago(26), None, ZO),
        (days_ago(3), TODAY + datetime.timedelta(days=11), None, ZO),
        (days_ago(3), TODAY, None, OVERVECHT),
        (BEFORE, FROM + datetime.timedelta(days=2), FROM + datetime.timedelta(days=1), OVERVECHT),
        (BEFORE, BEFORE + datetime.timedelta(days=5), BEFORE, OVERVECHT),
        (BEFORE, BEFORE + datetime.timedelta(days=5), days_ago(9), OVERVECHT),
    )
    for number, (given, answer_by, answered, code) in enumerate(cases, start=1):
        one = Wish.objects.create(
            reference=f"ZO-{number}", area=areas[code], theme=Theme.GREEN, text=f"Een bank voor mij {number}. {HOSTILE}",
            given_at=moment(given), answer_by=answer_by, answered_at=moment(answered) if answered else None,
            showing=Showing.PRIVATE if number == 2 else Showing.SHOWN,
        )  # fmt: skip
        topic.wishes.add(one)
        for _each in range(number):
            Supporter.objects.create(wish=one, wants=number != 4, since=moment(max(given, BEFORE)))
        # Of the third, which came late, somebody wrote down why; of the first, which was in time, there is nothing to know.
        if number in {1, 3}:
            said = Answer.objects.create(text="Er komt een bank.", at=one.answered_at, why_late="Niemand nam het over.")
            Answered.objects.create(answer=said, wish=one, stage=one.stage)


def residents(areas, topic):
    facts = {"area": areas[ZO], "theme": Theme.GREEN}
    shown = facts | {"showing": OnSite.SHOWN}
    plan = Initiative.objects.create(slug="wilgentuin", title="Wilgentuin", stage=Plan.DOING, made_at=moment(days_ago(30)), **shown)
    Initiative.objects.create(slug="klaar", title="Feest", stage=Plan.DONE, done_on=days_ago(5), made_at=moment(BEFORE), **shown)
    Initiative.objects.create(slug="oud", title="Oud", stage=Plan.DONE, done_on=BEFORE, made_at=moment(BEFORE), **shown)
    Initiative.objects.create(slug="dicht", title="Niet op de site", made_at=moment(days_ago(3)), **facts)
    InitiativeTopic.objects.create(initiative=plan, topic=topic)
    for number in range(7):
        Opinion.objects.create(initiative=plan, says="for" if number else "against", given_at=moment(days_ago(number)))
    now = moment(days_ago(10))
    scheme = Scheme.objects.create(slug="fonds", name="Fonds", municipality="Utrecht")
    rules = SchemeRules.objects.create(scheme=scheme, from_on=days_ago(500), source="Bedacht", most=35000, decides="iemand", made_at=now)
    pot = Pot.objects.create(
        name="Fonds", source="fund", year=TODAY.year, area=areas["GM0344"], amount=20000, committed=12900, paid=900, made_at=now
    )
    given = {"pot": pot, "area": areas[ZO], "kind": "grant", "initiative": plan, "made_at": now}
    money = Commitment.objects.create(amount=11900, paid=900, told_on=days_ago(8), **given)
    Commitment.objects.create(amount=1000, told_on=None, **given)
    for number, (paid_on, stage) in enumerate(((days_ago(4), "paid"), (None, "due"))):
        Payment.objects.create(
            commitment=money, amount=900, stage=stage, reference=f"F-{number}", payee="K. Vermeer", iban="NL00", due_on=TODAY, made_at=now,
            paid_on=paid_on,
        )  # fmt: skip
    for number, received in enumerate((days_ago(12), BEFORE), start=1):
        made = Application.objects.create(
            initiative=plan, rules=rules, stage=Asked.GRANTED, number=f"F-{number}", asked=Decimal("12400"), made_at=now, saved_at=now,
            submitted_at=now, received_on=received, complete_on=received, applicant_name="Kees Vermeer",
        )  # fmt: skip
        outcome, amount = (Decided.PARTLY, 11900) if number == 1 else (Decided.REFUSED, 0)
        Decision.objects.create(
            application=made, outcome=outcome, asked=12400, amount=amount, words="Ja", taken_by=plan.uuid, mandate="fund_decider",
            taken_at=now,
            known_on=days_ago(8) if number == 1 else days_ago(7), commitment=money if number == 1 else None,
        )  # fmt: skip
    voted = BudgetRound.objects.create(
        slug="geuzenwijk",
        name="Budget",
        area=areas[ZO],
        year=TODAY.year,
        stage=RoundStage.ADOPTED,
        made_at=now,
        closed_at=moment(days_ago(15)),
    )
    for number in range(2):
        Part.objects.create(round=voted, name=f"Deel {number}", area=areas[ZO], amount=1000)
    RulesSheet.objects.create(
        round=voted, rule=Rule().to_dict(), announced_at=now, propose_from=days_ago(60), propose_until=days_ago(50), list_on=days_ago(40),
        vote_from=moment(days_ago(30)), vote_until=moment(days_ago(20)), paper_until=days_ago(19), result_on=days_ago(10), decides="Wij",
    )  # fmt: skip
    for part, ballots in zip(voted.parts.all(), (120, 80), strict=True):
        Counted.objects.create(
            part=part, rule={}, plans=[], budget=1000, ballots=ballots, ballots_hash="", plans_hash="", rule_hash="", whole_hash=""
        )


def works(areas, ambitions, topic):
    now = moment(days_ago(90))
    facts = {"department": "Stadsbedrijven", "made_at": now, "changed_at": now}
    challenge = Challenge.objects.get(code="groen-1")
    cases = (
        ("Riool", {"stage": "busy", "until_on": TODAY + datetime.timedelta(days=90), "confirmed_at": moment(days_ago(5))}),
        ("Speelplek", {"stage": "done", "until_on": days_ago(9), "done_on": days_ago(9), "lesson": "Vraag het de kinderen."}),
        ("Brug", {"stage": "paused", "why": "Geen geld.", "until_on": days_ago(4), "confirmed_at": moment(days_ago(90))}),
        (f"Plein {HOSTILE}", {"stage": "planned", "until_on": TODAY + datetime.timedelta(days=30), "challenge": None}),
        ("Oud", {"stage": "done", "until_on": BEFORE, "done_on": BEFORE}),
        ("Gestopt", {"stage": "stopped", "why": "Nee.", "until_on": TODAY, "changed_at": moment(BEFORE)}),
        ("Geheim", {"stage": "busy", "until_on": TODAY, "public": False}),
        ("Maaien", {"stage": "busy", "until_on": TODAY, "kind": "maintenance"}),
    )
    for number, (title, said) in enumerate(cases):
        work = Work.objects.create(title=title, **(facts | {"challenge": challenge} | said))
        WorkArea.objects.create(work=work, area=areas[ZO if number % 2 else OVERVECHT])
        if number in {0, 2}:
            WorkAnswers.objects.create(work=work, topic=topic, since=now)
        WorkMoney.objects.create(work=work, source="municipality", year=TODAY.year, planned=1000 * (number + 1), committed=600, spent=500)
        WorkMoney.objects.create(work=work, source="state", year=TODAY.year - 3, planned=70)
    for number, finished in enumerate((days_ago(4), days_ago(3), BEFORE, None)):
        check = Buurtcheck.objects.create(
            title="Een plan dat nog geheim is", department="Ruimte" if number else "Sport", asks="A", does="B", spoke_with="C", made_at=now,
            finished_at=moment(finished) if finished else None,
        )  # fmt: skip
        check.areas.add(areas[ZO])


def learned(areas):
    host = Host.objects.create(
        organisation=Organisation.objects.create(name="De Dreef", kind=Kind.WELFARE, from_on=days_ago(300)), area=areas[OVERVECHT],
        name="Buurtmaaltijd", address="Dreef 1", tasks="Koken", from_on=days_ago(300),
    )  # fmt: skip
    for starts, stage in ((days_ago(20), "held"), (BEFORE, "held"), (TODAY + datetime.timedelta(days=4), "offered")):
        at = moment(starts)
        shift = Shift.objects.create(
            host=host, starts_at=at, ends_at=at + datetime.timedelta(hours=3), seats=2, tasks="Koken", stage=stage, made_at=at
        )
        for attended in ("attended", "no_show") if stage == "held" else ():
            Placement.objects.create(shift=shift, department="Verkeer", stage=attended, since=at, over_at=at)
    facts = {"department": "Verkeer", "theme": "rules", "made_at": moment(days_ago(19))}
    Lesson.objects.create(
        text="Twee formulieren voor een bankje", stage="shared", shared_at=moment(days_ago(18)), area=areas[OVERVECHT], **facts
    )
    Lesson.objects.create(text="Nog niet gelezen", **facts)
    MethodLesson.objects.create(happened="Niemand kwam.", next_time="Eerst bellen.", at=moment(days_ago(17)))
    version = MethodVersion.objects.create(number=1, name="Vaste werkwijze", made_at=moment(BEFORE), stage="in_use", in_use_on=BEFORE)
    run = Run.objects.create(area=areas["zuilen-oost"], version=version, started_on=days_ago(100))
    for number, (since, until) in enumerate(((days_ago(100), days_ago(70)), (days_ago(70), None)), start=1):
        step = MethodStep.objects.create(version=version, number=number, key=f"stap-{number}", name=f"Stap {number}", purpose="Waarom")
        RunStep.objects.create(run=run, step=step, stage="done" if until else "now", since_on=since, until_on=until)


def fitting():
    for number, (found, solved) in enumerate(((days_ago(40), days_ago(9)), (days_ago(8), None), (BEFORE, days_ago(2)), (BEFORE, BEFORE))):
        Finding.objects.create(
            kind="need", key=str(number), found_at=moment(found), seen_at=moment(found), stage="solved" if solved else "open",
            solved_at=moment(solved) if solved else None,
        )  # fmt: skip
    for month, value in ((BEFORE.replace(day=1), 50), (TODAY.replace(day=1), Decimal("41.5"))):
        MeasureValue.objects.create(name="first_action", month=month, value=value, made_at=moment(TODAY))
