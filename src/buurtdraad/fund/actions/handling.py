"""Taking an application, giving it to a colleague, saying that everything is there, sending it to another desk, and notes."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions import clock
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.telling import tell_applicant, tell_colleague
from buurtdraad.fund.models import Application, InterestDeclaration, Note
from buurtdraad.fund.queries.deciding import only_pot_for
from buurtdraad.fund.states import MOVES, Interest, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage


class NotNow(Refused):
    """This cannot be done with the application as it stands."""


def page_of_applicant(application: Application) -> str:
    """The path of the applicant's own page, without language."""
    return f"/fonds/aanvragen/{application.uuid}/"


def file_of(application: Application) -> str:
    """The path of the file, for a colleague."""
    with override("nl"):
        return reverse("fund:file", args=[application.uuid])


@transaction.atomic
def take(application: Application, *, by: Person, at: datetime.datetime) -> None:
    """From now on `by` handles it, also when a colleague did; a new one is then looked at. Of two at once one gets it.

    Raises `NotFree`, and `NotNow` when somebody else took it meanwhile.
    """
    must_be_free(by, application)
    hand(application, by)
    if application.stage == Stage.SUBMITTED:
        move(application, Stage.CHECKING, moves=MOVES)
    write_down("application.taken", application, by=by, at=at)


@transaction.atomic
def give_to(application: Application, person: Person, *, by: Person, at: datetime.datetime) -> None:
    """`person` handles it from now on, in the place of who has an interest or is away. Raises `NotNow` for who may not."""
    if access.has_interest(person, application) or not access.has_handling_duty(person, application):
        raise NotNow(_("This colleague cannot handle this request."))
    hand(application, person)
    replaced = InterestDeclaration.objects.filter(application=application, says=Interest.YES, substitute=None)
    replaced.update(substitute=person.uuid)
    write_down("application.given_to", application, by=by, at=at, payload={"to": str(person.uuid)})
    tell_colleague(person.uuid, lambda: given(application), application, link=file_of(application), by=by, at=at)


def given(application: Application) -> tuple[str, list[str]]:
    return _("A request for money for you: %(number)s") % {"number": application}, [
        _("You handle this request from now on. First say whether you have something to do with it."),
    ]


def hand(application: Application, to: Person) -> None:
    free = Application.objects.filter(pk=application.pk, handler=application.handler)
    if application.handler is None:
        free = Application.objects.filter(pk=application.pk, handler__isnull=True)
    if not free.update(handler=to.uuid):
        raise NotNow(_("Somebody else took this request just now. Look at it again."))
    application.handler = to.uuid


@transaction.atomic
def let_go(application: Application, *, by: Person, at: datetime.datetime) -> None:
    """`by` handles it no more: it waits for a colleague."""
    if not Application.objects.filter(pk=application.pk, handler=by.uuid).update(handler=None):
        raise NotNow(_("You do not handle this request."))
    application.handler = None
    write_down("application.let_go", application, by=by, at=at)


@transaction.atomic
def complete(application: Application, *, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """Everything was there on day `on`: that day is the order of arrival, and where the rules say so the term begins on it.

    Raises `NotFree`, `WrongStage`, and `NotNow` while a question waits for its answer or when the day cannot be.
    """
    must_be_free(by, application)
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if held.received_on and not held.received_on <= on <= timezone.localdate(at):
        raise NotNow(_("Choose a day between the day on which we got it and today."))
    if held.stage not in (Stage.SUBMITTED, Stage.CHECKING, Stage.WAITING):
        raise wrong_stage(f"{held} is not looked through now")
    if application.questions.filter(answered_at=None, lapsed_at=None).exists():
        raise NotNow(_("A question still waits for its answer. Write the answer down first."))
    if application.stage == Stage.SUBMITTED:
        move(application, Stage.CHECKING, moves=MOVES)
    move(application, Stage.ASSESSING, moves=MOVES)
    Application.objects.filter(pk=application.pk).update(complete_on=on)
    application.complete_on = on
    clock.wind(application)
    write_down("application.complete", application, by=by, at=at, payload={"on": on.isoformat()})
    choose_only_pot(application, by=by, at=at)
    tell_applicant(application, lambda: all_there(application), link=page_of_applicant(application), by=by, at=at)


def choose_only_pot(application: Application, *, by: Person, at: datetime.datetime) -> None:
    """The pot from which it is paid, where only one fits; else who proposes chooses."""
    pot = only_pot_for(application) if application.pot_id is None else None
    if pot is not None:
        Application.objects.filter(pk=application.pk).update(pot=pot)
        application.pot = pot
        write_down("pot.chosen", application, by=by, at=at, payload={"pot": str(pot.uuid)})


def all_there(application: Application) -> tuple[str, list[str]]:
    lines = [_("We have everything that we need. Now we look at your plan.")]
    if application.decide_by:
        lines.append(_("You hear from us on %(day)s or earlier.") % {"day": date_format(application.decide_by, "j F Y")})
    return _("Your request for money is complete"), lines


@transaction.atomic
def refer(application: Application, *, to: str, by: Person, at: datetime.datetime) -> None:
    """Another desk takes it up; who asked hears which. That ends it here. Raises `NotFree`, `WrongStage`."""
    must_be_free(by, application)
    move(application, Stage.REFERRED, moves=MOVES)
    Application.objects.filter(pk=application.pk).update(referred_to=to, ended_at=at)
    application.refresh_from_db(fields=["referred_to", "ended_at"])
    write_down("application.referred", application, by=by, at=at)
    tell_applicant(application, lambda: referred(application), link=page_of_applicant(application), by=by, at=at)


def referred(application: Application) -> tuple[str, list[str]]:
    return _("Another desk takes up your request"), [
        _("We sent your request on to: %(desk)s.") % {"desk": application.referred_to},
        _("You do not need to ask again. They get in touch with you."),
    ]


@transaction.atomic
def add_note(application: Application, text: str, *, by: Person, at: datetime.datetime) -> Note:
    """A note for colleagues. The words stay in the file, not in the record."""
    made = Note.objects.create(application=application, text=text, by=by.uuid, at=at)
    write_down("application.noted", application, by=by, at=at)
    return made
