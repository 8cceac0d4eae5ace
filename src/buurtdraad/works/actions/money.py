"""Money of a work: planned, committed and spent, per source and year."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.works.actions.records import NotKept, codes_of, locked, write_down
from buurtdraad.works.models import Work, WorkMoney
from buurtdraad.works.rules import FIRST_YEAR, LAST_YEAR, MoneyRow, twice
from buurtdraad.works.states import MoneySource


@transaction.atomic
def set_money(work: Work, rows: Iterable[MoneyRow], *, by: Person | None, at: datetime.datetime) -> bool:
    """These rows instead of those that were there; whether that changed anything. Rows of zero are left out.

    Raises `NotKept` for a negative amount, more spent than committed, a source and year that stand there twice, and no year.
    """
    wanted = [row for row in rows if not row.is_empty]
    for row in wanted:
        can_be(row)
    for source, year in twice(wanted):
        said = {"source": MoneySource(source).label, "year": year}
        raise NotKept(_("Money of %(source)s in %(year)s stands there twice. Make one row of it.") % said)
    work = locked(work)
    names = ("source", "year", "planned", "committed", "spent")
    there = set(work.money.values_list(*names))
    new = {tuple(getattr(row, name) for name in names) for row in wanted}
    if there == new:
        return False
    work.money.all().delete()
    WorkMoney.objects.bulk_create(WorkMoney(work=work, **vars(row)) for row in wanted)
    Work.objects.filter(pk=work.pk).update(changed_at=at)
    codes = codes_of(work) if work.public else ()
    write_down("work.changed", work, by=by, at=at, codes=codes, payload={"fields": ["money"]})
    return True


def can_be(row: MoneyRow) -> None:
    if row.source not in MoneySource:
        raise NotKept(_("Say who pays: choose one of the list for each row."))
    if not FIRST_YEAR <= row.year <= LAST_YEAR:
        raise NotKept(_("Choose a year in this century."))
    if min(row.planned, row.committed, row.spent) < 0:
        raise NotKept(_("An amount cannot be below zero."))
    if row.spent > row.committed:
        raise NotKept(_("More is spent than committed in %(year)s. Look at the amounts again.") % {"year": row.year})
