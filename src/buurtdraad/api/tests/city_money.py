"""Of the small city what came after: money, rounds, works, partners and reports, also full of what is private."""

import json

import shapely

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.api.tests.city import AT, DAY, NAME, SECRET, SECRETS, place
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Maker, Part, RulesSheet
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.fund.models import Application, Band, Decision, Scheme, SchemeRules
from buurtdraad.initiatives.models import Initiative
from buurtdraad.messages.models import Contact
from buurtdraad.money.models import Commitment, Payment, Pot
from buurtdraad.partners.models import Organisation, Representative, WorksIn
from buurtdraad.reports.actions.freezing import keep_parts
from buurtdraad.reports.models import Erratum, Report
from buurtdraad.works.models import Work, WorkAnswers, WorkArea, WorkMoney, WorkPartner

KEY = "00000000-0000-4000-8000-{:012}".format
TODAY = AT.date()


def make_the_rest(number: int, contact: Contact) -> None:
    for one in range(1, number + 1):
        make_grant(one, contact)
        make_round(one, contact)
        make_work(one)
        make_partner(one)
        make_report(one)


def make_grant(one: int, contact: Contact) -> None:
    """A scheme, a pot, and of it a grant that is known and one that is not."""
    scheme = Scheme.objects.create(
        slug="initiatievenfonds" if one == 1 else f"fonds-{one}", name=f"Fonds {one}", municipality="Utrecht", ours=one == 1
    )
    rules = SchemeRules.objects.create(
        scheme=scheme, from_on=TODAY, source="Bedacht", most=35000, decides="een ambtenaar", made_at=AT, from_age=18
    )
    Band.objects.create(rules=rules, up_to=35000, accounting="full")
    pot = Pot.objects.create(
        uuid=KEY(one), name=f"Pot {one}", source="fund", year=2026, area=place(), amount=20000, committed=6000, paid=1000, made_at=AT
    )
    initiative = Initiative.objects.order_by("pk")[one - 1]
    for place_of, known_on in enumerate((TODAY, None)):
        money = Commitment.objects.create(
            pot=pot, area=place(), amount=3000, kind="grant", initiative=initiative, made_at=AT, told_on=known_on, words=SECRET,
            paid=1000 if known_on else 0,
        )  # fmt: skip
        Payment.objects.create(
            commitment=money, amount=1000, stage="paid", reference=f"F-{one}-{place_of}", payee=NAME, iban=SECRETS[4], due_on=TODAY,
            made_at=AT, paid_on=TODAY,
        )  # fmt: skip
        asked = Application.objects.create(
            initiative=initiative, rules=rules, pot=pot, stage="granted", number=f"F-2026-{one}{place_of}", contact=contact,
            applicant_name=NAME, applicant_address=SECRET, organisation_name=NAME, phone=SECRETS[3], asked=3000, made_at=AT, saved_at=AT,
            submitted_at=AT, received_on=TODAY, complete_on=TODAY, de_minimis=SECRET,
        )  # fmt: skip
        Decision.objects.create(
            uuid=KEY(10 * one + place_of), application=asked, outcome="granted", asked=3000, amount=3000, words=SECRET, obligations=SECRET,
            taken_by=pot.uuid, mandate="fund_decider", taken_at=AT, known_on=known_on, commitment=money,
        )  # fmt: skip


def make_round(one: int, contact: Contact) -> None:
    """A round on which people vote, with a plan that everybody sees and one that nobody read yet; and one that is being prepared."""
    for slug, stage in ((f"geuzenwijk-{2025 + one}", "voting"), (f"geheim-{one}", "preparing")):
        hidden = stage == "preparing"
        made = BudgetRound.objects.create(
            slug=slug, name=SECRET[:120] if hidden else f"Budget {one}", area=place(), year=2025 + one, stage=stage, made_at=AT,
            pot=None,
        )  # fmt: skip
        part = Part.objects.create(round=made, name="Budget", area=place(), amount=10000)
        RulesSheet.objects.create(
            round=made, rule=Rule().to_dict(), announced_at=None if hidden else AT, propose_from=TODAY, propose_until=TODAY,
            list_on=TODAY + DAY, vote_from=AT + one * DAY, vote_until=AT + (one + 9) * DAY, paper_until=TODAY, result_on=TODAY,
            decides="het college",
        )  # fmt: skip
        for number, shown in enumerate((True, False), start=1):
            plan = BudgetPlan.objects.create(
                round=made, part=part, number=number, title="Bankje" if shown else SECRET[:120], area=place(), theme="green", cost=3000,
                stage="listed" if shown else "proposed", shown=shown, story=SECRET, question=SECRET, made_at=AT, latitude=52.1,
                longitude=5.08,
            )  # fmt: skip
            Maker.objects.create(plan=plan, contact=contact, name=NAME)
            plan.wishes.set(Wish.objects.all())


def make_work(one: int) -> None:
    facts = {"department": "Ruimte", "until_on": TODAY + one * DAY, "made_at": AT, "changed_at": AT, "owner_name": NAME}
    work = Work.objects.create(
        shape=shapely.to_wkb(shapely.LineString([(5.09, 52.11), (5.1, 52.12)])),
        uuid=KEY(one), title=f"Riool {one}", owner_email=SECRETS[1], problem=SECRET, goal=SECRET, lesson=SECRET, target_group=NAME,
        confirmed_by=NAME, from_on=TODAY, why=SECRET, **facts,
    )  # fmt: skip
    Work.objects.create(title=SECRET[:150], public=False, **facts)
    WorkArea.objects.create(work=work, area=place())
    WorkMoney.objects.create(work=work, source="state", year=2026, planned=100)
    WorkPartner.objects.create(work=work, organisation=Organisation.objects.order_by("pk")[0], role="does")
    for wish in Wish.objects.all():
        WorkAnswers.objects.create(work=work, wish=wish, since=AT)
    for agreement in Agreement.objects.all():
        WorkAnswers.objects.create(work=work, agreement=agreement, since=AT)


def make_partner(one: int) -> None:
    partner = Organisation.objects.create(uuid=KEY(one), name=f"Partner {one}", kind="care", from_on=TODAY, website="https://zorg.example")
    WorksIn.objects.create(organisation=partner, area=place())
    Representative.objects.create(organisation=partner, name=NAME, email=SECRETS[1], phone=SECRETS[3], role=SECRET[:100], from_on=TODAY)


def make_report(one: int) -> None:
    """One that is published and one that others still read."""
    frozen = json.dumps(
        {
            "areas": {},
            "figures": {"wensen": {"counts": "wensen", "narrowed": {}, "value": "12", "rows": []}},
            "lists": {"wensen": {"title": "Wensen", "source": "Wij", "limits": "", "rows": []}},
            "definitions": {"wensen": {"title": "Wensen", "counts": "Wensen", "list": "wensen", "unit": "", "decimals": 0, "source": "Wij",
                                       "limits": ""}},
            "sections": [{"kind": "summary", "subject": "", "title": "In het kort",
                          "sentences": [{"part": "", "text": "Er kwamen {wensen} wensen."}]}],
        }
    )  # fmt: skip
    days = {"from_on": TODAY, "until_on": TODAY + one * DAY, "geography": 2025, "made_at": AT, "counted_at": AT}
    report = Report.objects.create(
        slug=f"2026-{one}", title=f"Rapport {one}", stage="approved", published_at=AT + one * DAY, frozen=frozen, digest="0" * 64, **days
    )
    keep_parts(report)
    Report.objects.filter(pk=report.pk).update(stage="published")
    Report.objects.create(slug=f"geheim-{one}", title=SECRET[:120], stage="review", **days)
    Erratum.objects.create(report=report, text="Er stond 11.", by=report.uuid, at=AT)
