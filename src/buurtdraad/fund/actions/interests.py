"""Saying whether you have something to do with an application (Awb 2:4). Who has is kept away from it, and somebody else does it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Application, InterestDeclaration
from buurtdraad.fund.states import Interest
from buurtdraad.lib.refusal import Refused


class NotFree(Refused):
    """This person may not work on this application."""


class SaidBefore(Refused):
    """Who said that they have an interest cannot take that back themselves."""


def must_be_free(person: Person, application: Application) -> None:
    """Stop who has an interest, asks for the money, or did not say yet that they have nothing to do with it. Raises `NotFree`."""
    if access.has_interest(person, application):
        raise NotFree(_("You have something to do with this request. Somebody else must do it."))
    if not access.has_declared(person, application):
        raise NotFree(_("First say whether you have something to do with this request."))


@transaction.atomic
def declare(
    application: Application, person: Person, says: Interest, words: str = "", *, by: Person, at: datetime.datetime
) -> InterestDeclaration:
    """What somebody says before they work on it, or what `by` says of a colleague. Who has an interest handles it no more.

    Once said, an interest stays: raises `SaidBefore` for who would take it back. Saying the same again changes nothing but the words.
    """
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    before = InterestDeclaration.objects.filter(application=application, person=person.uuid).first()
    if before and before.says == Interest.YES and says == Interest.NONE:
        raise SaidBefore(_("You said that you have something to do with it. Ask who decides if that is not right."))
    facts = {"says": says, "words": words, "at": at}
    said, _new = InterestDeclaration.objects.update_or_create(application=application, person=person.uuid, defaults=facts)
    if says == Interest.YES:
        Application.objects.filter(pk=application.pk, handler=person.uuid).update(handler=None)
        application.refresh_from_db(fields=["handler"])
    write_down("interest.declared", application, by=by, at=at, payload={"of": str(person.uuid), "says": says})
    return said
