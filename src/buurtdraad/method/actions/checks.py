"""What must be there to go on from a step of a draft: questions that a person answers, and numbers that the product counts."""

import datetime

from django.db import transaction
from django.utils.text import slugify

from buurtdraad.accounts.models import Person
from buurtdraad.lib.tables.reports import differences
from buurtdraad.method.actions.records import held, write_down
from buurtdraad.method.models import ExitCheck, MethodStep


@transaction.atomic
def add_check(
    step: MethodStep, *, text: str, measure: str = "", at_least: int | None = None, by: Person, at: datetime.datetime
) -> ExitCheck:
    """A check at the end of those of a step. Raises `NotWritten` when its version is no draft."""
    now = held(step.version)
    key = free_key(step, text)
    last = step.checks.order_by("-number").values_list("number", flat=True).first() or 0
    check = ExitCheck.objects.create(step=step, number=last + 1, key=key, text=text, measure=measure, at_least=at_least)
    write_down("method.check_added", now, by=by, at=at, step=step.key, check=key)
    return check


def free_key(step: MethodStep, text: str) -> str:
    """A key that no check of this step has in any version: one that was met there is not met here."""
    stem = slugify(text)[:34].strip("-") or "controle"
    taken = set(ExitCheck.objects.filter(step__key=step.key, key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if key not in taken)


@transaction.atomic
def change_check(check: ExitCheck, *, by: Person, at: datetime.datetime, **facts: object) -> None:
    """Let a check of a draft say this (text, measure, at_least); it keeps its key. Raises `NotWritten`."""
    now = held(check.step.version)
    changed = differences(ExitCheck.objects.get(pk=check.pk), facts)
    if changed:
        ExitCheck.objects.filter(pk=check.pk).update(**changed)
        write_down("method.check_changed", now, by=by, at=at, step=check.step.key, check=check.key, fields=sorted(changed))


@transaction.atomic
def take_out_check(check: ExitCheck, *, by: Person, at: datetime.datetime) -> None:
    """Leave a check out of a draft. Raises `NotWritten`."""
    now = held(check.step.version)
    ExitCheck.objects.filter(pk=check.pk).delete()
    write_down("method.check_taken_out", now, by=by, at=at, step=check.step.key, check=check.key)
