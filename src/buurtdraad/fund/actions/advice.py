"""Asking the area adviser or another department what they think of an application, and giving that advice."""

import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions.handling import file_of
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.telling import tell_colleague
from buurtdraad.fund.models import Advice, Application
from buurtdraad.lib.refusal import Refused


class NoAdvice(Refused):
    """It cannot be asked of this person, or given, now."""


@transaction.atomic
def ask(application: Application, person: Person, *, department: str = "", by: Person, at: datetime.datetime) -> Advice:
    """Ask a colleague for advice. Raises `NotFree`, and `NoAdvice` for who was asked before or has an interest."""
    must_be_free(by, application)
    if person.pk == by.pk or access.has_interest(person, application):
        raise NoAdvice(_("Ask somebody else: this colleague has something to do with the request."))
    try:
        with transaction.atomic():
            asked = Advice.objects.create(
                application=application, asked_of=person.uuid, department=department, asked_by=by.uuid, asked_at=at
            )
    except IntegrityError:
        raise NoAdvice(_("This colleague was asked already.")) from None
    write_down("advice.asked", application, by=by, at=at, payload={"of": str(person.uuid)})
    tell_colleague(person.uuid, lambda: asking(application), application, link=page_to_advise(application), by=by, at=at)
    return asked


def page_to_advise(application: Application) -> str:
    with override("nl"):
        return reverse("fund:give_advice", args=[application.uuid])


def asking(application: Application) -> tuple[str, list[str]]:
    return _("What do you think of this plan? %(number)s") % {"number": application}, [
        _("Read the plan, and say what you think of it. That helps who decides.")
    ]


@transaction.atomic
def give(advice: Advice, *, words: str, positive: bool, by: Person, at: datetime.datetime) -> None:
    """What who was asked thinks of it; until the decision they can say it anew. Raises `NotFree`, and `NoAdvice` for who was not asked."""
    application = advice.application
    must_be_free(by, application)
    if advice.asked_of != by.uuid:
        raise NoAdvice(_("Somebody else was asked for this advice."))
    if not access.may_still_advise(application):
        raise NoAdvice(_("There is a decision already. Advice changes nothing now."))
    Advice.objects.filter(pk=advice.pk).update(words=words, positive=positive, given_at=at)
    advice.refresh_from_db()
    write_down("advice.given", application, by=by, at=at, payload={"positive": positive})
    tell_colleague(advice.asked_by, lambda: given(application), application, link=file_of(application), by=by, at=at)


def given(application: Application) -> tuple[str, list[str]]:
    return _("The advice came: %(number)s") % {"number": application}, [_("Read it in the file.")]
