"""Documents with an application: kept by who writes it, thrown away while it is a draft."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.drafting import still_draft
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Application, ApplicationDocument
from buurtdraad.fund.states import DocumentKind
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.keeping import forget, kept_document


def keep_document(
    application: Application, document: CheckedDocument, *, kind: DocumentKind, name: str, by: Person | None, at: datetime.datetime
) -> ApplicationDocument:
    """One document more, checked before by its content (`lib.uploads`). Raises `NotADraft`."""
    with kept_document(document) as key, transaction.atomic():
        made = ApplicationDocument.objects.create(
            application=still_draft(application), document_kind=kind, key=key, name=name, kind=document.kind,
            bytes=len(document.content), given_by=by.uuid if by else None, given_at=at,
        )  # fmt: skip
        write_down("application.document_kept", application, by=by, at=at, payload={"kind": kind})
    return made


def drop_document(document: ApplicationDocument, *, by: Person | None, at: datetime.datetime) -> None:
    """Take a document away again: a wrong file. Raises `NotADraft`."""
    with transaction.atomic():
        still_draft(document.application)
        ApplicationDocument.objects.filter(pk=document.pk).delete()
        write_down("application.document_dropped", document.application, by=by, at=at, payload={"kind": document.document_kind})
    forget(document.key)


def throw_away(application: Application, *, by: Person | None, at: datetime.datetime) -> None:
    """A draft goes, with all that was typed; the plan stays. Raises `NotADraft`."""
    with transaction.atomic():
        held = still_draft(application)
        keys = list(held.documents.values_list("key", flat=True))
        write_down("application.thrown_away", held, by=by, at=at)
        Application.objects.filter(pk=held.pk).delete()
    for key in keys:
        forget(key)
