"""What stands on the site of an initiative: asked for by its people, sent back with a question, and taken off (`plans.show` shows it)."""

import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.actions.plans import WORDS, hold_row
from buurtdraad.initiatives.actions.records import let_see, tell_people, write_down
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.refusal import Refused


class NothingToTell(Refused):
    """Nobody would know what it is."""


@transaction.atomic
def ask_to_show(initiative: Initiative, *, by: Person | None, at: datetime.datetime) -> None:
    """Its people want it on the site: somebody reads it first. Raises `NothingToTell` and `WrongStage`."""
    if not initiative.summary:
        raise NothingToTell(_("First tell in one or two sentences what it is."))
    let_see(initiative, Showing.TO_READ)
    Initiative.objects.filter(pk=initiative.pk).update(question="")
    write_down("initiative.asked_to_show", initiative, by=by, at=at)


@transaction.atomic
def send_back(initiative: Initiative, *, question: str, by: Person, at: datetime.datetime) -> None:
    """It is not for the site like this: its people get a question. One that is there stays, with its old words. Raises `WrongStage`."""
    if initiative.showing != Showing.SHOWN:
        let_see(initiative, Showing.BACK)
    ask_back("initiative.sent_back", initiative, question, by=by, at=at)


@transaction.atomic
def take_off(initiative: Initiative, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Off the site, for a reason that its people hear. Raises `WrongStage`."""
    let_see(initiative, Showing.REMOVED)
    ask_back("initiative.taken_off", initiative, why, by=by, at=at, public=True)


def ask_back(verb: str, initiative: Initiative, words: str, *, by: Person, at: datetime.datetime, public: bool | None = None) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(question=words)
    initiative.question = words
    write_down(verb, initiative, by=by, at=at, public=public)
    subject = format_lazy(gettext_lazy("We have a question about your plan: {plan}"), plan=initiative.title)
    tell_people(initiative, subject, words, by=by, at=at)


@transaction.atomic
def hide(initiative: Initiative, *, by: Person | None, at: datetime.datetime) -> None:
    """Its people take it off the site, or do not wait for a reader any more. New words that waited are its words. Raises `WrongStage`."""
    held = hold_row(initiative)
    was_shown = initiative.showing == Showing.SHOWN
    let_see(initiative, Showing.PRIVATE)
    words = {name: value for name, value in held.waiting.items() if name in WORDS}
    Initiative.objects.filter(pk=held.pk).update(**words, waiting={}, question="")
    initiative.refresh_from_db()
    write_down("initiative.hidden", initiative, by=by, at=at, public=was_shown)
