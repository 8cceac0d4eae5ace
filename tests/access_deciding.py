"""Samples of the addresses of deciding and of letters, for `tests.access`: a proposal, a decision with its letter, and a pot."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.actions.deciding import decide, propose
from buurtdraad.fund.actions.interests import declare
from buurtdraad.fund.models import Application, Band, CostLine, Mandate, Scheme, SchemeRules
from buurtdraad.fund.states import Accounting, Interest, Outcome, Stage
from buurtdraad.initiatives.actions.plans import make
from buurtdraad.money.actions.pots import open_pot, put_in
from buurtdraad.money.models import Pot
from buurtdraad.money.states import Source
from buurtdraad.places.models import Area

type People = dict[str, Person]
PLACE = "BU03440241"
EUROS = Decimal(500)


def deciding_samples(people: People, at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name; proposed by who handles it, decided by who decides."""
    handler, decider = people["fund_handler"], people["fund_decider"]
    pot = filled_pot(decider, at)
    rules = simple_rules(at)
    waiting, proposed, small = (sent(rules, pot, number, at) for number in ("F-1990-0001", "F-1990-0002", "F-1990-0003"))
    Application.objects.filter(pk=small.pk).update(small=True, stage=Stage.SUBMITTED)
    for one in (waiting, proposed, small):
        for person in (handler, decider, people["area_adviser"]):
            declare(one, person, Interest.NONE, by=person, at=at)
    text = {"outcome": Outcome.GRANTED, "amount": EUROS, "words": "A good plan"}
    for one in (proposed, known := sent(rules, pot, "F-1990-0004", at)):
        declare(one, handler, Interest.NONE, by=handler, at=at)
        propose(one, **text, by=handler, at=at)
    declare(known, decider, Interest.NONE, by=decider, at=at)
    decision = decide(known, by=decider, at=at)
    assert decision is not None
    return {
        "fund:propose": waiting.uuid, "fund:decide": proposed.uuid, "fund:give_back": proposed.uuid, "fund:decide_small": small.uuid,
        "fund:send_letter": decision.uuid, "fund:letter": decision.letter.uuid, "fund:hold_draw": pot.uuid,
    }  # fmt: skip


def filled_pot(by: Person, at: datetime.datetime) -> Pot:
    area = Area.objects.get(code=PLACE)
    pot = open_pot(name="Deciding", source=Source.FUND, year=timezone.localdate(at).year, area=area, by=by, at=at)
    put_in(pot, EUROS * 20, why="To decide on", by=by, at=at)
    return pot


def simple_rules(at: datetime.datetime) -> SchemeRules:
    scheme = Scheme.objects.create(slug="deciding", name="Deciding", municipality="Utrecht")
    rules = SchemeRules.objects.create(
        scheme=scheme, from_on=datetime.date(1990, 1, 1), source="Made up", most=1000, four_eyes_above=1000, decides="somebody", made_at=at
    )
    Band.objects.create(rules=rules, up_to=1000, accounting=Accounting.AT_ONCE)
    Mandate.objects.create(rules=rules, duty="area_adviser", up_to=1000, small_only=True)
    Mandate.objects.create(rules=rules, duty="fund_decider", up_to=1000)
    return rules


def sent(rules: SchemeRules, pot: Pot, number: str, at: datetime.datetime) -> Application:
    """A request that is complete, of nobody who can sign in."""
    plan = make(title=f"Plan {number}", area=Area.objects.get(code=PLACE), theme=Theme.GREEN, contact=None, by=None, at=at)
    day = timezone.localdate(at)
    made = Application.objects.create(
        initiative=plan, rules=rules, pot=pot, stage=Stage.ASSESSING, number=number, asked=EUROS, made_at=at, saved_at=at,
        submitted_at=at, received_on=day, complete_on=day,
    )  # fmt: skip
    CostLine.objects.create(application=made, label="Plants", amount=EUROS)
    return made
