"""The people of the tests of money, our scheme with its rules, and an application to work with."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.models import Application, Band, CostLine, InterestDeclaration, Mandate, NotPaid, Scheme, SchemeRules
from buurtdraad.fund.states import Accounting, Activity, ClockStart, CostKind, DocumentKind, Interest, Stage
from buurtdraad.messages.models import Contact
from buurtdraad.money.conftest import (  # noqa: F401
    areas,
    bas,
    city_with_a_name,
    emine,
    hamid,
    joris,
    kees,
    make_initiative,
    make_pot,
    make_wish,
    noor,
    priya,
    ria,
    samira,
    signed_in,
)

INCOMPLETE = (Stage.DRAFT, Stage.SUBMITTED, Stage.CHECKING, Stage.WAITING)


@pytest.fixture
def rules(areas):  # noqa: F811 (a fixture is named like what it is)
    """Rules of our scheme from 2020 on: EUR 35,000, four weeks from completeness, four weeks more, food not paid."""
    scheme = Scheme.objects.create(slug="initiatievenfonds", name="Initiatievenfonds", municipality="Utrecht", ours=True)
    made = SchemeRules.objects.create(
        scheme=scheme, from_on=datetime.date(2020, 1, 1), source="Bedacht voor de proef", most=35000, clock_start=ClockStart.COMPLETE,
        weeks=4, extension_weeks=4, small_up_to=1000, small_on=True, years_warn=3, years_most=3, own_share=True, support_above=1000,
        four_eyes_above=10000, decides="een ambtenaar namens het college", made_at=timezone.now(),
    )  # fmt: skip
    for up_to, accounting, percent, documents in (
        (5000, Accounting.AT_ONCE, 100, []),
        (20000, Accounting.LIGHT, 100, [DocumentKind.BUDGET, DocumentKind.SUPPORT]),
        (35000, Accounting.FULL, 80, [DocumentKind.BUDGET, DocumentKind.SUPPORT, DocumentKind.ACTIVITY_PLAN]),
    ):
        Band.objects.create(rules=made, up_to=up_to, accounting=accounting, advance_percent=percent, documents=documents)
    NotPaid.objects.create(rules=made, kind=CostKind.FOOD, reason="Eten en drinken betaalt het fonds niet.")
    Mandate.objects.create(rules=made, duty=Duty.AREA_ADVISER, up_to=1000, small_only=True)
    Mandate.objects.create(rules=made, duty=Duty.FUND_DECIDER, up_to=35000)
    return made


@pytest.fixture
def make_application(rules, make_initiative, kees):  # noqa: F811
    """Makes applications of Kees, straight into the table: `make_application(stage=Stage.ASSESSING, costs=("12000",))`."""

    def make(*, stage=Stage.ASSESSING, costs=("11900", "500"), initiative=None, of=None, small=False, pot=None, on=None, number=None):
        now = timezone.now()
        day = on or timezone.localdate(now)
        person = of or kees
        of_it = initiative or make_initiative("Wilgentuin", of=person)
        contact, _new = Contact.objects.get_or_create(person=person, defaults={"created_at": now})
        sent = stage != Stage.DRAFT
        made = Application.objects.create(
            initiative=of_it, rules=rules, pot=pot, stage=stage, small=small, contact=contact, applicant_name="Kees Vermeer",
            applicant_address="Wilgenhof 12, Utrecht", activity=Activity.GREEN, starts_on=day + datetime.timedelta(days=60),
            ends_on=day + datetime.timedelta(days=90), asked=sum((Decimal(each) for each in costs), Decimal(0)), made_at=now, saved_at=now,
            number=(number or f"F-{day.year}-{Application.objects.count() + 1:04}") if sent else None, submitted_at=now if sent else None,
            received_on=day if sent else None, complete_on=None if stage in INCOMPLETE else day,
        )  # fmt: skip
        for number_of, amount in enumerate(costs):
            kind = CostKind.FOOD if number_of else CostKind.MATERIAL
            CostLine.objects.create(
                application=made, kind=kind, label="Eten en drinken" if number_of else "Planten en een bank", amount=amount
            )
        return made

    return make


@pytest.fixture
def declared():
    """Says for somebody that they have nothing to do with an application: `declared(application, priya, bas)`."""

    def say(application, *people):
        for person in people:
            InterestDeclaration.objects.create(application=application, person=person.uuid, says=Interest.NONE, at=timezone.now())

    return say
