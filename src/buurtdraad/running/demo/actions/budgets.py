"""The part of the demo that is about neighbourhood budgets. Last, for it takes its plans from wishes and plans of residents."""

import datetime
from functools import partial

from django.apps import apps
from django.db import connection, transaction

from buurtdraad.accounts.models import Person
from buurtdraad.budgets import keys
from buurtdraad.budgets.actions.codes import make_batch
from buurtdraad.budgets.actions.sources import pot_name
from buurtdraad.budgets.models import BudgetRound, PlanPicture, Register
from buurtdraad.budgets.secrecy import ids_of
from buurtdraad.budgets.states import Channel
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.money.models import Pot
from buurtdraad.places.models import Area
from buurtdraad.running.demo import budgets
from buurtdraad.running.demo.cast import GEUZENWIJK
from buurtdraad.running.demo.codes import CODES
from buurtdraad.running.demo.money_asked import Desk

EXAMPLES = "Voorbeeld: codes om te proberen"


def is_there() -> bool:
    return BudgetRound.objects.filter(elsewhere="").exists()


def fill_budgets(at: datetime.datetime) -> None:
    """All of it. Nothing in a city without its places or its cast."""
    cast = {str(person.demo_role): person for person in Person.objects.exclude(demo_role=None)}
    if not cast or not Area.objects.filter(code=GEUZENWIJK).exists():
        return
    joris, samira, noor = cast["joris"], cast["samira"], cast["noor"]
    budgets.make_pots(noor, at=at)
    voted = begin(budgets.VOTED, joris, at)
    budgets.finish(voted, Desk(cast["priya"], cast["bas"], cast["wouter"], cast["ria"]), joris, noor, at=at)
    voting = begin(budgets.VOTING, joris, at)
    budgets.open_vote(voting, joris, at=at)
    give_codes(voting, joris, at)
    begin(budgets.PREPARING, samira, at)


def begin(planned: budgets.Planned, by: Person, at: datetime.datetime) -> BudgetRound:
    """A round with its money. A pot of before "Begin opnieuw" is taken up again: the ledger only grows."""
    made = budgets.begin(planned, by, at=at)
    made.pot = Pot.objects.filter(name=pot_name(made), year=made.year).first()
    if made.pot:
        BudgetRound.objects.filter(pk=made.pk).update(pot=made.pot)
        Pot.objects.filter(pk=made.pot.pk).update(kept_for=made.thing)
    budgets.add_money(made, planned, by, at=at)
    return made


def give_codes(round_: BudgetRound, by: Person, at: datetime.datetime) -> None:
    """The codes that the demo shows to everybody take the place of three that nobody knows."""
    batch, _letters = make_batch(round_, channel=Channel.MEETING, area=round_.area, name=EXAMPLES, number=len(CODES), by=by, at=at)
    key = keys.key_of(round_)
    for row, code in zip(Register.objects.filter(batch=batch).values_list("pk", flat=True), CODES, strict=True):
        Register.objects.filter(pk=row).update(register_id=ids_of(key, code).register_id)


def take_away() -> None:
    """Before plans, wishes and money go: all tables of the rounds are empty, whatever they say of what stays, and their keys are gone."""
    for key in PlanPicture.objects.values_list("key", flat=True):
        forget(key)
    for round_ in BudgetRound.objects.all():
        transaction.on_commit(partial(keys.destroy_key, round_))
    tables = [model._meta.db_table for model in apps.get_app_config("budgets").get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 (names of our own tables)
        cursor.execute("SET LOCAL buurtdraad.retention = 'off'")
