"""A second step that is lost, with its recovery codes: somebody else takes it away, and the person sets up another."""

import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.devices import end_other_sessions
from buurtdraad.accounts.signing_in.queries import factors_of
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused


class NothingToForget(Refused):
    """The person has no second step."""


@transaction.atomic
def forget_second_step(person: Person, *, why: str, by: Person, at: datetime.datetime, duty: str = "") -> None:
    """Take away the app, passkeys and recovery codes of somebody who lost them, and sign them out everywhere.

    At their next visit they set up another; until then they reach nothing of their work. Who it is has to be made sure of
    first, in person or by a number that was known. Raises `NothingToForget`.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not factors_of(row):
        raise NothingToForget(_("This person has no second step."))
    Authenticator.objects.filter(user=row).delete()
    end_other_sessions(row, but=None, at=at)
    record("second_step.forgotten", room="accounts", thing=row.thing, by=by.uuid, at=at, duty=duty, payload={"why": why})
