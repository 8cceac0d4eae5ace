"""The part of the demo that is about plans and money. After `near`, in this order."""

import datetime

from django.db import connection
from django.db.models import Model

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.actions.loading import load_schemes
from buurtdraad.fund.models import Application, Draw, Objection, Round
from buurtdraad.fund.own.actions import destroy
from buurtdraad.fund.states import RoundStage
from buurtdraad.initiatives.actions import plans as plan_actions
from buurtdraad.initiatives.models import Evidence, Initiative, InitiativePicture, Opinion
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.money.actions.committing import release
from buurtdraad.money.actions.paying import paid_back
from buurtdraad.money.actions.pots import take_out
from buurtdraad.money.models import Commitment, Payment, PaymentList, Pot, Reservation
from buurtdraad.money.states import Source
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area
from buurtdraad.running.demo.agreements import HOUSING
from buurtdraad.running.demo.cast import GEUZENWIJK
from buurtdraad.running.demo.city import CITY
from buurtdraad.running.demo.money_asked import Desk, make_requests
from buurtdraad.running.demo.plans import make_plans
from buurtdraad.running.demo.purse import OF_PARTNER, make_pots, make_reservation
from buurtdraad.running.demo.trial import begin_trial
from buurtdraad.running.demo.wilgentuin import make_request

THE_PLAN = "wilgentuin"
# What the ledger names stays: lines of before "Begin opnieuw" are about this, which nobody sees on the site.
BEFORE = "Eerder in dit voorbeeld"
AGAIN = "Begin opnieuw"
# What is taken away at "Begin opnieuw" before anything else, once the requests are gone.
MADE: tuple[type[Model], ...] = (Payment, PaymentList, Reservation, Round, Opinion, Evidence)


def is_there() -> bool:
    return Initiative.objects.filter(slug=THE_PLAN).exists()


def fill_money(at: datetime.datetime) -> None:
    """All of it. Nothing in a city without its places or its cast."""
    cast = {str(person.demo_role): person for person in Person.objects.exclude(demo_role=None)}
    if not cast or not Area.objects.filter(code=GEUZENWIJK).exists():
        return
    load_schemes(at=at)
    begin_trial(cast["noor"], at=at)
    make_pots(cast["noor"], at=at)
    Pot.objects.filter(name=OF_PARTNER).update(source=Source.PARTNER, organisation=Organisation.objects.filter(name=HOUSING).first())
    make_plans(cast, at=at)
    make_reservation(cast["joris"], cast["noor"], at=at)
    make_requests(Desk(cast["priya"], cast["bas"], cast["wouter"], cast["ria"]), cast["joris"], at=at)
    make_request(Initiative.objects.get(slug=THE_PLAN), cast, at=at)


def take_away(at: datetime.datetime) -> None:
    """Before partners, agendas and wishes go: requests and plans are gone, and each euro is booked back. The ledger only grows."""
    Objection.objects.all().delete()
    for application in Application.objects.all():
        destroy(application)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
        Draw.objects.all().delete()
        cursor.execute("SET LOCAL buurtdraad.retention = 'off'")
    for key in (*Evidence.objects.values_list("key", flat=True), *InitiativePicture.objects.values_list("key", flat=True)):
        forget(key)
    Round.objects.update(stage=RoundStage.ANNOUNCED)  # what counts in a round that is open stays
    for model in MADE:
        model._default_manager.all().delete()
    book_back(at)
    Initiative.objects.exclude(title=BEFORE).delete()


def book_back(at: datetime.datetime) -> None:
    """All pots are empty, and belong to no partner that goes."""
    if not Pot.objects.exists():
        return
    before = Initiative.objects.filter(title=BEFORE).first() or plan_actions.make(
        title=BEFORE, area=Area.objects.get(code=CITY), theme=Theme.OTHER, contact=None, by=None, at=at
    )
    for one in Commitment.objects.filter(amount__gt=0).select_related("pot", "area"):
        if one.paid:
            paid_back(one, one.paid, why=AGAIN, by=None, at=at)
        release(one, one.amount, why=AGAIN, by=None, at=at)
    Commitment.objects.update(initiative=before, agreement=None, work=None)
    Pot.objects.update(closed_at=None, kept_for="")
    for pot in Pot.objects.filter(amount__gt=0):
        take_out(pot, pot.amount, why=AGAIN, by=None, at=at)
    Pot.objects.filter(source=Source.PARTNER).update(source=Source.CITY, organisation=None)
