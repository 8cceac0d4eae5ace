"""Writing down what is done with works, and which pages that changes."""

import datetime
from collections.abc import Iterable

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.queries import touched_by
from buurtdraad.works.access import duty_of
from buurtdraad.works.models import Work


class NotKept(Refused):
    """A sheet cannot be so; the text says why."""


def codes_of(work: Work) -> set[str]:
    """The codes of the areas in which a work lies. One query."""
    return set(work.work_areas.values_list("area__code", flat=True))


def write_down(
    verb: str,
    work: Work,
    *,
    by: Person | None,
    at: datetime.datetime,
    codes: Iterable[str] = (),
    payload: dict | None = None,
) -> None:
    """One line in the record. `codes`: of the areas whose pages change; leave out what nobody but staff sees."""
    codes = set(codes)
    record(
        verb, room="works", thing=work.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "", at=at,
        channel="" if by else "web", touches=touched_by(codes) if codes else (), payload=payload,
    )  # fmt: skip


def locked(work: Work) -> Work:
    """The sheet as it stands, for this transaction alone."""
    return Work.objects.select_for_update().get(pk=work.pk)
