"""Telling who asked for the money, or a colleague, what was done with an application. The caller is in a transaction."""

import datetime
from collections.abc import Callable
from uuid import UUID

from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Application
from buurtdraad.messages.actions import contact_for, tell
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind

# Gives subject and paragraphs, in the language of the moment. The subject names nobody.
type Words = Callable[[], tuple[str, list[str]]]


def tell_applicant(application: Application, words: Words, *, link: str, by: Person | None, at: datetime.datetime) -> None:
    """Tell who asked for the money, in the way and the language that they chose; nobody when they were erased. `link`: a path of ours."""
    if application.contact is not None:
        say_to(application.contact, words, application, kind=Kind.DECISION, link=link, by=by, at=at)


def tell_colleague(
    uuid: UUID | None, words: Words, application: Application, *, link: str, by: Person | None, at: datetime.datetime
) -> None:
    """Tell somebody of the staff, known by their public id; nothing when there is nobody, or when it is their own deed."""
    person = Person.objects.people().filter(uuid=uuid).first() if uuid else None
    if person is not None:
        say_to(contact_for(person, at=at), words, application, kind=Kind.WORK, link=link, by=by, at=at)


def say_to(
    contact: Contact, words: Words, application: Application, *, kind: Kind, link: str, by: Person | None, at: datetime.datetime
) -> None:
    with override(contact.language):
        subject, paragraphs = words()
    tell(
        contact, kind=kind, subject=subject, body="\n\n".join(part for part in paragraphs if part), link=link,
        area=application.initiative.area, thing=application.thing, by=by.uuid if by else None, at=at,
    )  # fmt: skip
