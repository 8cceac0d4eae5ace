"""A person's own name, and taking away what this room has of a person."""

import datetime

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.own.queries import duties_to_hand_over
from buurtdraad.accounts.signing_in.models import Identity, Link, Session, SignIn
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused

# Jobs of this room hold the address of who gets the mail. One that runs now is left to end; the worker removes it then.
JOBS = "DELETE FROM procrastinate_jobs WHERE lower(args->>'to') = lower(%s) AND status <> 'doing'"


class HandOverFirst(Refused):
    """Somebody who works here still has a duty; who has it next has to be decided first."""


@transaction.atomic
def rename(person: Person, name: str, *, at: datetime.datetime) -> None:
    """Change what a person is called, by themselves. The same name again changes nothing."""
    if Person.objects.filter(pk=person.pk, erased_at=None).exclude(name=name).update(name=name):
        record("person.renamed", room="accounts", thing=person.thing, by=person.uuid, at=at)


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Take away all that this room has of a person, and empty the row: of it only the public id stays, for what was decided.

    Call it last of all rooms: the address is what others find their rows by. Raises `HandOverFirst`.
    """
    if duties_to_hand_over(person):
        raise HandOverFirst(_("You still have a duty for the city. Ask an administrator to end it, or to give it to somebody else."))
    # Who stood in for them did so: that stays with the stand-in. What still runs goes along.
    DutyHeld.objects.filter(stand_in_for__person=person, until_on__lt=timezone.localdate(at)).update(stand_in_for=None)
    DutyHeld.objects.filter(person=person).delete()
    Report.objects.filter(by=person).update(by=None)
    for model in (Session, SignIn, Identity):
        model.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    theirs = Q(subject__iexact=person.email) | Q(facts__email__iexact=person.email) if person.email else Q()
    Link.objects.filter(theirs | Q(subject=person.thing)).delete()
    if person.email:
        with connection.cursor() as cursor:
            cursor.execute(JOBS, [person.email])
    empty = {"name": "", "email": None, "confirmed_at": None, "last_login": None, "password": "!", "demo_role": None}
    Person.objects.filter(pk=person.pk).update(**empty, is_active=False, erased_at=at)
