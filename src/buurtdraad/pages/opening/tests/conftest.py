"""A city with something of everything: what everybody may see, and beside it what nobody may. What people wrote is hostile."""

import datetime
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, AgreementStep, Owner, Topic, TopicWish
from buurtdraad.agendas.agenda.states import OwnerKind, Said
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish, SignUp
from buurtdraad.agendas.meetings.states import Seat
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.agendas.wishes.states import Showing as WishShowing
from buurtdraad.budgets.conftest import *  # noqa: F403 (the people and things of every room below)
from buurtdraad.budgets.models import RoundStep
from buurtdraad.budgets.states import RoundStage
from buurtdraad.fund.models import Decision
from buurtdraad.fund.states import Outcome
from buurtdraad.fund.states import Stage as FundStage
from buurtdraad.initiatives.models import Update
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment
from buurtdraad.money.states import Kind as MoneyKind
from buurtdraad.partners.models import Kind, Organisation, Representative
from buurtdraad.works.conftest import make_work  # noqa: F401

NOW = timezone.now()
DAY = datetime.timedelta(days=1)
GEUZENWIJK = "BU03440241"
# A formula, a script, and somebody who can be reached: as people write in a text field.
HOSTILE = (
    '=HYPERLINK("http://x.example") <script>alert(1)</script> Bel 06-12345678 of mail kees.vermeer@example.nl; vóór 31-12-2026 10.30 uur'
)
HIDDEN = "GEHEIM"


@pytest.fixture
def city(areas, make_wish, make_initiative, make_round, make_work, make_application, make_pot, emine, kees, joris):  # noqa: F811, PLR0917 (something of everything)
    """Everything once as everybody may see it, and once with HIDDEN in it as nobody may."""
    here = areas[GEUZENWIJK]
    wish = make_wish(HOSTILE, contact=emine)
    for showing in (WishShowing.WAITING, WishShowing.PRIVATE):
        make_wish(f"{HIDDEN} {showing}", contact=emine, showing=showing)
    meeting = meet(here, HOSTILE)
    meet(here, f"{HIDDEN} vergadering", stage=MeetingStage.DRAFT)
    MeetingWish.objects.create(meeting=meeting, wish=wish)
    SignUp.objects.create(meeting=meeting, contact=emine, name="Emine", stage=Seat.SIGNED, at=NOW)
    partner = Organisation.objects.create(name="De Vechtoever", kind=Kind.HOUSING, from_on=timezone.localdate() - DAY)
    Representative.objects.create(
        organisation=partner, name="Fatima Idrissi", email="fatima@vechtoever.example", from_on=timezone.localdate()
    )
    topic, agreement = agenda(here, 1, "adopted", HOSTILE)
    agenda(here, 2, "draft", f"{HIDDEN} onderwerp")
    TopicWish.objects.create(topic=topic, wish=wish)
    for name, organisation in (("Mevrouw Aydin", None), ("De Vechtoever", partner)):
        Owner.objects.create(
            agreement=agreement, kind=OwnerKind.PARTNER if organisation else OwnerKind.RESIDENT, name=name, organisation=organisation,
            accepted_at=NOW, said=Said.TOLD, said_by="Kees Vermeer",
        )  # fmt: skip
    plan = make_initiative(HOSTILE[:100], of=kees, slug="wilgentuin")
    Update.objects.create(initiative=plan, text=HOSTILE, showing=Showing.SHOWN, at=NOW)
    Update.objects.create(initiative=plan, text=f"{HIDDEN} nieuws", showing=Showing.TO_READ, at=NOW)
    for showing in (Showing.PRIVATE, Showing.TO_READ, Showing.REMOVED):
        make_initiative(f"{HIDDEN} {showing}", of=kees, showing=showing, slug=f"geheim-{showing}")
    make_work(HOSTILE[:100], where="Wilgenhof")
    make_work(f"{HIDDEN} werk", public=False)
    round_ = make_round(stage=RoundStage.VOTING)
    RoundStep.objects.create(round=round_, stage=RoundStage.VOTING, at=NOW)
    # Its pot is public, as on the page of money; the round is not yet.
    prepared = make_round("Volgend jaar", stage=RoundStage.PREPARING)
    type(prepared).objects.filter(pk=prepared.pk).update(name=f"{HIDDEN} ronde")
    decide(make_application, make_pot, here, plan, joris)
    return SimpleNamespace(here=here, wish=wish, meeting=meeting, agreement=agreement, plan=plan, round=round_, partner=partner)


def meet(area, title, stage=MeetingStage.ANNOUNCED):
    return Meeting.objects.create(
        area=area, title=title[:120], text=title, starts_at=NOW + DAY, ends_at=NOW + DAY + DAY / 12, place="De Uithoek", stage=stage,
        code=uuid.uuid4().hex[:8], made_at=NOW, changed_at=NOW,
    )  # fmt: skip


def agenda(area, number, stage, words):
    version = AgendaVersion.objects.create(
        area=area, number=number, stage=stage, valid_from=timezone.localdate(), adopted_at=NOW, adopted_by="De avond"
    )
    topic = Topic.objects.create(version=version, number=1, title=words[:120], text=words)
    agreement = Agreement.objects.create(topic=topic, area=area, number=number, what=words, made_at=NOW)
    AgreementStep.objects.create(agreement=agreement, stage=AgreementStage.TODO, at=NOW)
    return topic, agreement


def decide(make_application, make_pot, area, plan, joris):
    """A grant that everybody may know, and one that was not made known."""
    pot = make_pot("20000", area=GEUZENWIJK)
    for known_on in (timezone.localdate(), None):
        application = make_application(stage=FundStage.GRANTED, initiative=plan)
        money = Commitment.objects.create(
            pot=pot, area=area, amount=100, kind=MoneyKind.GRANT, initiative=plan, made_at=NOW, told_on=known_on, words=HIDDEN
        )
        type(pot).objects.filter(pk=pot.pk).update(committed=200)
        Decision.objects.create(
            application=application, outcome=Outcome.GRANTED, asked=Decimal(100), amount=Decimal(100), words=HIDDEN, taken_by=joris.uuid,
            mandate="fund_decider", taken_at=NOW, known_on=known_on, commitment=money,
        )  # fmt: skip
