"""Worries about an initiative, told without a name and read by somebody before they stand there; and their answers."""

import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.access import may_read
from buurtdraad.initiatives.actions.records import tell_people, write_down
from buurtdraad.initiatives.models import Concern, Initiative, Zone
from buurtdraad.initiatives.states import OPEN, Showing
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.messages.actions import tell
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind


class NoWorriesNow(Refused):
    """Nobody is asked about what is over, or does not stand on the site."""


@transaction.atomic
def give(
    initiative: Initiative, *, words: str, contact: Contact | None = None, zone: Zone | None = None,
    by: Person | None, at: datetime.datetime,
) -> Concern:  # fmt: skip
    """Somebody worries about it. `contact` hears the answer, and stands nowhere. Nobody of the plan sees it before it was read.

    Raises `NoWorriesNow`.
    """
    if initiative.stage not in OPEN or initiative.showing != Showing.SHOWN:
        raise NoWorriesNow(_("Nobody is asked about this plan now."))
    made = Concern.objects.create(initiative=initiative, zone=zone, contact=contact, words=words, given_at=at)
    write_down("concern.given", initiative, by=by, at=at, public=False)
    return made


@transaction.atomic
def show(concern: Concern, *, by: Person, at: datetime.datetime) -> None:
    """Somebody read it, and nobody can be recognised in it: it stands there, and the people of the plan are asked to answer it.

    A second time changes nothing.
    """
    if not Concern.objects.filter(pk=concern.pk, on_site=False).update(on_site=True):
        return
    concern.on_site = True
    initiative = concern.initiative
    write_down("concern.shown", initiative, by=by, at=at)
    subject = format_lazy(gettext_lazy("Somebody worries about your plan: {plan}"), plan=initiative.title)
    tell_people(initiative, subject, gettext_lazy("Open your plan to read it, and write an answer."), by=by, at=at)


@transaction.atomic
def take_off(concern: Concern, *, by: Person, at: datetime.datetime) -> None:
    """It should not have stood there: it waits again until somebody reads it. A second time changes nothing."""
    if Concern.objects.filter(pk=concern.pk, on_site=True).update(on_site=False):
        concern.on_site = False
        write_down("concern.taken_off", concern.initiative, by=by, at=at)


@transaction.atomic
def remove(concern: Concern, *, by: Person, at: datetime.datetime) -> None:
    """It is destroyed: somebody can be recognised in it, or it is no worry. A second time changes nothing."""
    initiative, seen = concern.initiative, concern.on_site
    if Concern.objects.filter(pk=concern.pk).delete()[0]:
        write_down("concern.removed", initiative, by=by, at=at, public=None if seen else False)


@transaction.atomic
def answer(concern: Concern, *, text: str, by: Person | None, at: datetime.datetime) -> None:
    """An answer, in place of the one before; of the people of the plan it is read first. Raises `WrongStage` for a worry nobody read."""
    reads = by is not None and may_read(by, concern.initiative)
    facts = {"answer": text, "answered_by": by.uuid if by else None, "answered_at": at, "answer_on_site": reads}
    if not Concern.objects.filter(pk=concern.pk, on_site=True).update(**facts):
        raise wrong_stage(f"{concern.thing} was not read yet")
    concern.refresh_from_db()
    write_down("concern.answered", concern.initiative, by=by, at=at)
    if reads:
        tell_giver(concern, by=by, at=at)


@transaction.atomic
def show_answer(concern: Concern, *, by: Person, at: datetime.datetime) -> None:
    """Somebody read the answer: it stands there. A second time changes nothing."""
    waiting = Concern.objects.filter(pk=concern.pk, answer_on_site=False).exclude(answer="")
    if waiting.update(answer_on_site=True):
        concern.refresh_from_db()
        write_down("concern.answer_shown", concern.initiative, by=by, at=at)
        tell_giver(concern, by=by, at=at)


@transaction.atomic
def give_answer_back(concern: Concern, *, by: Person, at: datetime.datetime) -> None:
    """This answer is not for the site: it goes, and the people of the plan write another one. A second time changes nothing."""
    waiting = Concern.objects.filter(pk=concern.pk, answer_on_site=False).exclude(answer="")
    if waiting.update(answer="", answered_by=None, answered_at=None):
        concern.refresh_from_db()
        write_down("concern.answer_back", concern.initiative, by=by, at=at, public=False)
        subject = format_lazy(gettext_lazy("Write another answer to a worry: {plan}"), plan=concern.initiative.title)
        body = gettext_lazy("Your answer could not stand on the site. Please write no names, and stay kind. Call us for help.")
        tell_people(concern.initiative, subject, body, by=by, at=at)


def tell_giver(concern: Concern, *, by: Person | None, at: datetime.datetime) -> None:
    """Who worried hears that there is an answer, where we can reach them."""
    if concern.contact is None:
        return
    initiative = concern.initiative
    subject = format_lazy(gettext_lazy("There is an answer to your worry about: {plan}"), plan=initiative.title)
    tell(
        concern.contact, kind=Kind.AGENDA, subject=subject, body=concern.answer, link=f"/initiatieven/{initiative.slug}/",
        area=initiative.area, thing=initiative.thing, by=by.uuid if by else None, at=at,
    )  # fmt: skip
