"""Making persons."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused


class NotAdded(Refused):
    """There is a person with this e-mail address already: `known`."""

    def __init__(self, text: str, known: Person | None) -> None:
        super().__init__(text)
        self.known = known


def system_person(name: str) -> Person:
    """The named person that a job or import acts as, made at its first use (for example `load_places`)."""
    person, _made = Person.objects.get_or_create(system=name, defaults={"name": name, "password": "!"})
    return person


@transaction.atomic
def add_person(*, name: str, email: str, by: Person, at: datetime.datetime) -> Person:
    """Somebody who can sign in with a link to this address; the address is confirmed when they first do. Raises `NotAdded`."""
    try:
        with transaction.atomic():
            person = Person.objects.create(name=name, email=email.lower(), password="!")  # noqa: S106
    except IntegrityError:
        known = Person.objects.people().filter(email__iexact=email).first()
        raise NotAdded(_("There is somebody with this e-mail address already."), known) from None
    record("person.added", room="accounts", thing=person.thing, by=by.uuid, at=at)
    return person
