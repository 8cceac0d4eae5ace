"""The Buurtcheck: begun, gone on with, finished. Only who made it changes it."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area
from buurtdraad.works.access import duty_of
from buurtdraad.works.models import Buurtcheck
from buurtdraad.works.queries.check_words import paragraph
from buurtdraad.works.queries.checks import as_known, neighbourhood


class CheckRefused(Refused):
    """This cannot be done with a check; the text says why."""


@transaction.atomic
def start(*, title: str, department: str, areas: Iterable[Area], by: Person, at: datetime.datetime) -> Buurtcheck:
    """A check of a proposal for some areas, to be answered. Raises `CheckRefused` without an area."""
    check = Buurtcheck(title=title, department=as_known(department), made_by=by.uuid, made_at=at)
    check.save()
    lies_in(check, areas)
    write_down("made", check, by=by, at=at)
    return check


@transaction.atomic
def change(check: Buurtcheck, *, title: str, department: str, areas: Iterable[Area], by: Person, at: datetime.datetime) -> None:
    """What the proposal is about, of which department, and where. Raises `CheckRefused` without an area, or when it is finished."""
    lock(check)
    check.title, check.department = title, as_known(department)
    check.save(update_fields=["title", "department"])
    lies_in(check, areas)
    write_down("changed", check, by=by, at=at)


@transaction.atomic
def answer(
    check: Buurtcheck,
    *,
    asks: str = "",
    does: str = "",
    spoke_with: str = "",
    wishes: Iterable[Wish] = (),
    finish: bool = False,
    by: Person,
    at: datetime.datetime,
) -> None:
    """Keep the answers, to go on later; or `finish`: then the text to paste is made and stays as it is.

    Raises `CheckRefused` when it is finished already, or is finished without one of the three answers.
    """
    lock(check)
    check.asks, check.does, check.spoke_with = asks.strip(), does.strip(), spoke_with.strip()
    check.wishes.set(wishes)
    if finish:
        if not (check.asks and check.does and check.spoke_with):
            raise CheckRefused(_("Answer all three questions first."))
        on = localdate(at)
        references = sorted(check.wishes.values_list("reference", flat=True))
        check.paragraph, check.finished_at = paragraph(check, neighbourhood(check, on=on), references, on), at
    check.save(update_fields=["asks", "does", "spoke_with", "paragraph", "finished_at"])
    write_down("finished" if finish else "answered", check, by=by, at=at)


@transaction.atomic
def reopen(check: Buurtcheck, *, by: Person, at: datetime.datetime) -> None:
    """Go on with one that was finished; it does not count until it is finished again. Raises `CheckRefused` when it is not finished."""
    lock(check, finished=True)
    check.finished_at, check.paragraph = None, ""
    check.save(update_fields=["finished_at", "paragraph"])
    write_down("reopened", check, by=by, at=at)


@transaction.atomic
def remove(check: Buurtcheck, *, by: Person, at: datetime.datetime) -> None:
    """Take away one that was begun by mistake. Raises `CheckRefused` for one that is finished, which counts."""
    lock(check)
    write_down("removed", check, by=by, at=at)
    check.delete()


# --- what they share --------------------------------------------------------------------------------


def lock(check: Buurtcheck, *, finished: bool = False) -> None:
    """Wait for who changes it now, and see it as it is then. Raises `CheckRefused` when it is gone, or stands otherwise than `finished`."""
    if not Buurtcheck.objects.select_for_update().filter(pk=check.pk).exists():
        raise CheckRefused(_("This is gone. Somebody took it away."))
    check.refresh_from_db()
    if finished and not check.finished_at:
        raise CheckRefused(_("This Buurtcheck is not finished yet."))
    if check.finished_at and not finished:
        raise CheckRefused(_("This Buurtcheck is finished. Open it again first."))


def lies_in(check: Buurtcheck, areas: Iterable[Area]) -> None:
    chosen = list(areas)
    if not chosen:
        raise CheckRefused(_("Choose at least one area."))
    check.areas.set(chosen)


def write_down(deed: str, check: Buurtcheck, *, by: Person, at: datetime.datetime) -> None:
    record(f"check.{deed}", room="works", thing=check.thing, by=by.uuid, at=at, duty=duty_of(by))
