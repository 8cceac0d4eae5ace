"""Hearing somebody before a decision against them (zienswijze, Awb 4:7 and 4:8), in writing or orally. The term goes on."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.handling import file_of
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.paper import write_too
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.telling import tell_applicant, tell_colleague
from buurtdraad.fund.models import Application, Letter, View
from buurtdraad.fund.states import MOVES, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move


class NoHearing(Refused):
    """Nobody is heard about it now."""


def page_of(view: View) -> str:
    """The path of the page on which the applicant reacts, without language."""
    return f"/fonds/aanvragen/{view.application.uuid}/reactie/{view.uuid}/"


@transaction.atomic
def ask(application: Application, *, about: str, give_by: datetime.date, by: Person, at: datetime.datetime) -> View:
    """Tell what we think of doing and on which facts, and ask for a reaction on `give_by` or earlier.

    Raises `NotFree`, `WrongStage` (only while the plan is looked at), and `NoHearing` when the day has passed.
    """
    must_be_free(by, application)
    if give_by <= timezone.localdate(at):
        raise NoHearing(_("Give them some days to react."))
    move(application, Stage.VIEW, moves=MOVES)
    view = View.objects.create(application=application, about=about, asked_by=by.uuid, asked_at=at, give_by=give_by)
    write_down("view.asked", application, by=by, at=at, payload={"view": str(view.uuid)})
    tell_applicant(application, lambda: asking(view), link=page_of(view), by=by, at=at)
    write_too(application, Letter.About.VIEW, lambda: asking(view), at=at)
    return view


def asking(view: View) -> tuple[str, list[str]]:
    return _("Your reaction before we decide"), [
        _("This is what we think of doing, and why:"),
        view.about,
        _("Do you see it otherwise? Tell us on %(day)s or earlier. You may write it, or call us.")
        % {"day": date_format(view.give_by, "j F Y")},
    ]


@transaction.atomic
def give(view: View, *, words: str, orally: bool = False, by: Person | None, at: datetime.datetime) -> None:
    """The reaction, of who asked for the money or written down for them. Then the plan is looked at again. Raises `NoHearing`."""
    held = unanswered(view)
    View.objects.filter(pk=held.pk).update(words=words, orally=orally, given_at=at, waived_at=None)
    go_on(held.application)
    view.refresh_from_db()
    write_down("view.given", held.application, by=by, at=at, payload={"view": str(held.uuid), "orally": orally})
    tell_colleague(
        held.application.handler, lambda: given(held.application), held.application, link=file_of(held.application), by=by, at=at
    )


def given(application: Application) -> tuple[str, list[str]]:
    return _("They reacted: %(number)s") % {"number": application}, [_("Read the reaction before you propose a decision.")]


@transaction.atomic
def waive(view: View, *, by: Person | None, at: datetime.datetime) -> None:
    """They do not want to react, or the last day went by (without `by`). Then the work goes on. Raises `NoHearing`."""
    held = unanswered(view)
    if by is None and timezone.localdate(at) <= held.give_by:
        raise NoHearing(_("There are still days left to react."))
    View.objects.filter(pk=held.pk).update(waived_at=at)
    go_on(held.application)
    view.refresh_from_db()
    write_down("view.waived", held.application, by=by, at=at, payload={"view": str(held.uuid)})


def unanswered(view: View) -> View:
    held = View.objects.select_for_update(of=("self",)).select_related("application__initiative__area").get(pk=view.pk)
    if held.given_at or held.waived_at:
        raise NoHearing(_("This was answered already."))
    return held


def go_on(application: Application) -> None:
    """When nobody is heard any more, the plan is looked at again."""
    if application.stage == Stage.VIEW and not application.views.filter(given_at=None, waived_at=None).exists():
        move(application, Stage.ASSESSING, moves=MOVES)
