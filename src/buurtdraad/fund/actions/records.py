"""Writing down what is done with applications. No person and no account number stands in the record."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund.access import duty_of
from buurtdraad.fund.models import Application


def write_down(
    verb: str,
    application: Application,
    *,
    by: Person | None,
    at: datetime.datetime,
    touches: tuple[str, ...] = (),
    payload: dict | None = None,
) -> None:
    """One line in the record, about an application. A draft and what is sent touch no page of the site."""
    record(
        verb, room="fund", thing=application.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "", at=at,
        channel="" if by else "web", touches=touches, payload=payload,
    )  # fmt: skip


def hold(application: Application) -> Application:
    """The row as it is now, held until the end of the transaction."""
    related = ("initiative__area", "rules__scheme", "contact__person")
    return Application.objects.select_for_update(of=("self",)).select_related(*related).get(pk=application.pk)
