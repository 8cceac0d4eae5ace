"""What an initiative tells: updates, which somebody reads before they stand on the site, and prizes."""

import datetime
from functools import partial

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.actions.plans import waits
from buurtdraad.initiatives.actions.records import let_see, write_down
from buurtdraad.initiatives.models import Initiative, InitiativePicture, Prize, Update
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.uploads.keeping import forget


@transaction.atomic
def add_update(initiative: Initiative, *, text: str, by: Person | None, at: datetime.datetime) -> Update:
    """What happened. Of its people it waits until somebody read it; what an adviser tells stands there at once."""
    waiting = initiative.showing != Showing.SHOWN or waits(initiative, by)
    showing = Showing.TO_READ if waiting else Showing.SHOWN
    made = Update.objects.create(initiative=initiative, text=text, showing=showing, given_by=by.uuid if by else None, at=at)
    write_down("update.added", initiative, by=by, at=at, public=not waiting, payload={"update": str(made.uuid)})
    return made


@transaction.atomic
def show_update(update: Update, *, by: Person, at: datetime.datetime) -> None:
    """Somebody read it: it stands on the site. Raises `WrongStage`."""
    let_see(update, Showing.SHOWN)
    write_down("update.shown", update.initiative, by=by, at=at, payload={"update": str(update.uuid)})


@transaction.atomic
def remove_update(update: Update, *, by: Person | None, at: datetime.datetime) -> None:
    """It goes, with its pictures: taken back by its people, or not for the site. A second time changes nothing."""
    keys = list(InitiativePicture.objects.filter(update=update).values_list("key", flat=True))
    if Update.objects.filter(pk=update.pk).delete()[0]:
        for key in keys:
            transaction.on_commit(partial(forget, key))
        write_down("update.removed", update.initiative, by=by, at=at, payload={"update": str(update.uuid)})


@transaction.atomic
def add_prize(initiative: Initiative, *, name: str, year: int, url: str = "", by: Person | None, at: datetime.datetime) -> Prize:
    """It won a prize. The same one in the same year stays one."""
    made, _new = Prize.objects.update_or_create(initiative=initiative, name=name, year=year, defaults={"url": url})
    write_down("prize.added", initiative, by=by, at=at, payload={"year": year})
    return made


@transaction.atomic
def remove_prize(prize: Prize, *, by: Person, at: datetime.datetime) -> None:
    """It did not win this after all. A second time changes nothing."""
    if Prize.objects.filter(pk=prize.pk).delete()[0]:
        write_down("prize.removed", prize.initiative, by=by, at=at)
