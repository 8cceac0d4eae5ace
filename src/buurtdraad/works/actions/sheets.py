"""Project sheets: made with four fields, filled in later, and removed when one was made by mistake."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.tables.reports import differences
from buurtdraad.places.models import Area
from buurtdraad.works.actions.records import NotKept, codes_of, locked, write_down
from buurtdraad.works.models import Work, WorkArea
from buurtdraad.works.queries.areas import ended, in_words
from buurtdraad.works.states import NEEDS_REASON

__all__ = ["NotKept", "change", "make", "remove"]

# These go by `steps` alone.
OF_STEPS = frozenset({"stage", "started_on", "done_on", "confirmed_at", "confirmed_by"})


@transaction.atomic
def make(
    *,
    title: str,
    areas: Collection[Area],
    department: str,
    until_on: datetime.date,
    owner_email: str = "",
    owner_name: str = "",
    where: str = "",
    from_on: datetime.date | None = None,
    by: Person | None,
    at: datetime.datetime,
    **more: Any,
) -> Work:
    """A project sheet: Wat? Waar? Wie? Tot wanneer? `more` is any other field of a work but its step.

    Raises `NotKept`, also for an area that is no longer there: the sentence says which one follows.
    """
    work = Work(
        title=title, department=department, until_on=until_on, owner_email=owner_email.lower(), owner_name=owner_name, where=where,
        from_on=from_on, made_by=by.uuid if by else None, made_at=at, changed_at=at, **more,
    )  # fmt: skip
    can_be(work)
    lies_somewhere(work, areas)
    work.save()
    give(work, areas)
    write_down("work.made", work, by=by, at=at, codes=codes_of(work) if work.public else ())
    return work


@transaction.atomic
def change(work: Work, *, areas: Collection[Area] | None = None, by: Person | None, at: datetime.datetime, **facts: Any) -> list[str]:
    """Give a sheet these facts (of `make`), and areas. Which fields changed; what is so already is not recorded again.

    Raises `NotKept`.
    """
    assert not OF_STEPS & facts.keys(), "a step has its own action"
    now, before = locked(work), codes_of(work)
    was_public = now.public
    if "owner_email" in facts:
        facts["owner_email"] = facts["owner_email"].lower()
    changed = differences(now, facts)
    for name, value in changed.items():
        setattr(now, name, value)
    can_be(now)
    if areas is not None:
        lies_somewhere(now, [area for area in areas if area.code not in before], others=bool({area.code for area in areas} & before))
        if give(now, areas):
            changed["areas"] = None
    if changed:
        Work.objects.filter(pk=now.pk).update(**{name: changed[name] for name in changed if name != "areas"}, changed_at=at)
        codes = before | codes_of(now) if was_public or now.public else ()
        write_down("work.changed", now, by=by, at=at, codes=codes, payload={"fields": sorted(changed)})
    work.refresh_from_db()
    return sorted(changed)


@transaction.atomic
def remove(work: Work, *, by: Person, at: datetime.datetime) -> None:
    """A sheet that was made by mistake goes, with all that hangs on it. Raises `NotKept` for one that is in use."""
    now = locked(work)
    if now.confirmed_at:
        raise NotKept(_("Its owner said that this sheet is right, so it stays. Choose the step: will not happen."))
    codes, public = codes_of(now), now.public
    try:
        with transaction.atomic():
            now.delete()
    except ProtectedError:
        raise NotKept(_("Money was promised to this work, so the sheet stays. Choose the step: will not happen.")) from None
    write_down("work.removed", work, by=by, at=at, codes=codes if public else ())


# --- what they share --------------------------------------------------------------------------------


def can_be(work: Work) -> None:
    """Raises `NotKept` where the database would say no, in words."""
    if not work.title:
        raise NotKept(_("Say what it is."))
    if not work.department:
        raise NotKept(_("Say which department does it."))
    if work.from_on and work.until_on < work.from_on:
        raise NotKept(_("The last day lies before the first day."))
    if work.stage in NEEDS_REASON and not work.why:
        raise NotKept(_("Say why, in plain words."))
    if work.decision and not work.decision_by:
        raise NotKept(_("Say by when the decision is needed."))


def lies_somewhere(work: Work, areas: Collection[Area], *, others: bool = False) -> None:
    """Raises `NotKept` for a work without a place, and for new areas that are no longer there. `others`: it keeps areas that it had."""
    if not (areas or others or work.where or work.shape):
        raise NotKept(_("Say where it is."))
    if over := ended(areas):
        raise NotKept(" ".join(in_words(one) for one in over))


def give(work: Work, areas: Collection[Area]) -> bool:
    """Let it lie in these areas; whether that changed."""
    wanted, there = {area.pk for area in areas}, set(work.work_areas.values_list("area", flat=True))
    work.work_areas.filter(area__in=there - wanted).delete()
    WorkArea.objects.bulk_create(WorkArea(work=work, area_id=pk) for pk in sorted(wanted - there))
    return wanted != there
