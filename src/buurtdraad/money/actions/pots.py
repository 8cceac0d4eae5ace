"""Opening a pot, putting money in and taking it out, and closing it at the end of its year."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.lib.refusal import Refused
from buurtdraad.money.actions.ledger import enter, whole
from buurtdraad.money.actions.records import write_down
from buurtdraad.money.models import Pot
from buurtdraad.money.states import EntryKind, Source
from buurtdraad.partners.models import Organisation
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.ui.euros import euros


class NoPot(Refused):
    """Such a pot cannot be."""


class PotTooSmall(Refused):
    """There is not so much free money in it, or in a pot around it."""


class PotClosed(Refused):
    """Nothing goes in or out any more."""


class PotKept(Refused):
    """Its money was promised to many people together: it moves by deeds of that thing alone."""


@transaction.atomic
def open_pot(
    *,
    name: str,
    source: Source,
    year: int,
    area: Area,
    theme: Theme | str = "",
    within: Pot | None = None,
    organisation: Organisation | None = None,
    about: str = "",
    kept_for: str = "",
    by: Person | None,
    at: datetime.datetime,
) -> Pot:
    """A new pot, still empty. `within`: the ceiling in which its money counts too; `kept_for`: whose deeds alone move it, until `let_go`.

    Raises `NoPot`.
    """
    if Pot.objects.filter(name=name, year=year).exists():
        raise NoPot(_("There is a pot with this name in this year already."))
    if source == Source.PARTNER and organisation is None:
        raise NoPot(_("Choose the partner whose money it is."))
    if within is not None:
        fits_within(within, year, area)
    made = Pot.objects.create(
        name=name, source=source, year=year, area=area, theme=theme, within=within, about=about, kept_for=kept_for, made_at=at,
        organisation=organisation if source == Source.PARTNER else None,
    )  # fmt: skip
    write_down("pot.opened", made.thing, area, by=by, at=at, payload={"source": source, "year": year})
    return made


def fits_within(ceiling: Pot, year: int, area: Area) -> None:
    """Raises `NoPot` when a pot of this year and area cannot lie in that ceiling."""
    if ceiling.closed_at:
        raise NoPot(_("That ceiling is closed."))
    if ceiling.year != year:
        raise NoPot(_("A ceiling holds pots of its own year only."))
    if ceiling.area.code not in places.touched_by([area.code]):
        raise NoPot(_("This area does not lie in the area of that ceiling."))


@transaction.atomic
def change_pot(pot: Pot, *, name: str, about: str, by: Person, at: datetime.datetime) -> None:
    """Another name, or other words. What counts (source, year, area, ceiling) stays. Raises `NoPot`."""
    if Pot.objects.filter(name=name, year=pot.year).exclude(pk=pot.pk).exists():
        raise NoPot(_("There is a pot with this name in this year already."))
    Pot.objects.filter(pk=pot.pk).update(name=name, about=about)
    pot.refresh_from_db(fields=["name", "about"])
    write_down("pot.changed", pot.thing, pot.area, by=by, at=at)


@transaction.atomic
def put_in(pot: Pot, amount: Decimal, *, why: str, thing: str = "", by: Person | None, at: datetime.datetime) -> None:
    """Euros into a pot; `why` says where that was decided, `thing` whose deed it is. Raises `PotClosed`, `PotKept` and `NoMoney`."""
    if not Pot.objects.open_to(thing).filter(pk=pot.pk).update(amount=F("amount") + whole(amount)):
        raise no_room(pot, thing)
    enter(pot, EntryKind.PUT_IN, amount, why=why, by=by, at=at)
    tell("pot.filled", pot, amount, by=by, at=at)


@transaction.atomic
def take_out(pot: Pot, amount: Decimal, *, why: str, thing: str = "", by: Person | None, at: datetime.datetime) -> None:
    """Euros out of a pot, of what is still free; `thing`: whose deed it is. Raises `PotTooSmall`, `PotClosed`, `PotKept` and `NoMoney`."""
    room = Pot.objects.open_to(thing).filter(pk=pot.pk, amount__gte=F("committed") + whole(amount))
    if not room.update(amount=F("amount") - amount):
        raise no_room(pot, thing)
    enter(pot, EntryKind.TAKEN_OUT, amount, why=why, by=by, at=at)
    tell("pot.drained", pot, amount, by=by, at=at)


def tell(verb: str, pot: Pot, amount: Decimal, *, by: Person | None, at: datetime.datetime) -> None:
    pot.refresh_from_db(fields=["amount", "committed", "paid"])
    write_down(verb, pot.thing, pot.area, by=by, at=at, payload={"amount": str(amount)})


def no_room(pot: Pot, thing: str = "") -> Refused:
    """Why no money of this pot moves by a deed of `thing`: it is kept for another, closed, or holds too little that is free."""
    now = Pot.objects.get(pk=pot.pk)
    if now.kept_for not in {"", thing}:
        says = _("The money of '%(pot)s' belongs to a neighbourhood budget: residents divide it. It moves only on the page of that round.")
        return PotKept(says % {"pot": now})
    if now.closed_at:
        return PotClosed(_("The pot '%(pot)s' is closed.") % {"pot": now})
    return PotTooSmall(_("There is %(free)s left in '%(pot)s'. That is not enough.") % {"free": euros(now.free), "pot": now})


@transaction.atomic
def let_go(pot: Pot, *, by: Person | None, at: datetime.datetime) -> None:
    """What it was kept for is done: its keepers move what is left. Twice is once."""
    if Pot.objects.filter(pk=pot.pk).exclude(kept_for="").update(kept_for=""):
        pot.kept_for = ""
        write_down("pot.let_go", pot.thing, pot.area, by=by, at=at)


@transaction.atomic
def close_pot(pot: Pot, *, by: Person, at: datetime.datetime) -> None:
    """Nothing is promised from it any more, nor from the pots in it. What was promised is still paid. Twice is once.

    Raises `PotKept`.
    """
    if Pot.objects.open_to().filter(pk=pot.pk).update(closed_at=at):
        pot.closed_at = at
        write_down("pot.closed", pot.thing, pot.area, by=by, at=at)
    elif Pot.objects.filter(pk=pot.pk).exclude(kept_for="").exists():
        raise no_room(pot)


@transaction.atomic
def open_again(pot: Pot, *, by: Person, at: datetime.datetime) -> None:
    """It was closed too early."""
    if Pot.objects.filter(pk=pot.pk, closed_at__isnull=False).update(closed_at=None):
        pot.closed_at = None
        write_down("pot.opened_again", pot.thing, pot.area, by=by, at=at)
