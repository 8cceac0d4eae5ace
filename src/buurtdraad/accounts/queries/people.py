"""Persons by what is known of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from buurtdraad.accounts.models import Person


def names_of(uuids: Iterable[UUID | None]) -> dict[UUID, str]:
    """How these persons are called, by public id; who was erased is not in it. One query."""
    found = Person.objects.filter(uuid__in={uuid for uuid in uuids if uuid}, erased_at=None).values_list("uuid", "name", "email")
    return {uuid: name or email or str(uuid) for uuid, name, email in found}


def person_of(text: str) -> Person | None:
    """The person with this e-mail address, public id or whole name; None when there is none, or more than one with that name."""
    text = text.strip()
    try:
        return Person.objects.filter(uuid=UUID(text)).first()
    except ValueError:
        found = Person.objects.filter(Q(email__iexact=text) | Q(name__iexact=text) | Q(system=text))[:2]
        return found[0] if len(found) == 1 else None
