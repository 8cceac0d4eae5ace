"""Documents to begin a step with. They go along to the next version; the file stays as long as one version has it."""

import datetime
from functools import partial

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.keeping import forget, kept_document
from buurtdraad.method.actions.records import held, write_down
from buurtdraad.method.models import MethodStep, StepTemplate


def add_template(step: MethodStep, *, title: str, document: CheckedDocument, name: str, by: Person, at: datetime.datetime) -> StepTemplate:
    """Keep a document with a step of a draft. Who added it stands in the record alone. Raises `NotWritten`."""
    with kept_document(document) as key, transaction.atomic():
        now = held(step.version)
        made = StepTemplate.objects.create(key=key, given_at=at, name=name, kind=document.kind, bytes=len(document.content), title=title)
        made.steps.add(step)
        write_down("method.template_added", now, by=by, at=at, step=step.key)
    return made


@transaction.atomic
def take_out_template(template: StepTemplate, step: MethodStep, *, by: Person, at: datetime.datetime) -> None:
    """Leave a document out of a step of a draft. One that no version has any more is destroyed. Raises `NotWritten`."""
    now = held(step.version)
    template.steps.remove(step)
    write_down("method.template_taken_out", now, by=by, at=at, step=step.key)
    destroy_left([template.pk])


def destroy_left(pks: list[int]) -> None:
    """Of these documents, destroy those that no step has any more, and their files when that is certain."""
    left = list(StepTemplate.objects.filter(pk__in=pks, steps__isnull=True))
    StepTemplate.objects.filter(pk__in=[one.pk for one in left]).delete()
    for one in left:
        transaction.on_commit(partial(forget, one.key))
