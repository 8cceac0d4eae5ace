"""Pictures and receipts of what was done: kept while it can still be written, and taken away again."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.accounting import writable
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Account, AccountPicture, Receipt
from buurtdraad.initiatives.actions.gallery import Shown
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.keeping import forget, kept_document, kept_picture
from buurtdraad.lib.uploads.models import People


def keep_receipt(account: Account, document: CheckedDocument, *, name: str, by: Person | None, at: datetime.datetime) -> Receipt:
    """One receipt more, checked before by its content. Raises `WrongStage`."""
    with kept_document(document) as key, transaction.atomic():
        held = writable(account)
        made = Receipt.objects.create(
            account=held, key=key, name=name, kind=document.kind, bytes=len(document.content),
            given_by=by.uuid if by else None, given_at=at,
        )  # fmt: skip
        write_down("account.receipt_kept", held.application, by=by, at=at)
    return made


def keep_picture(account: Account, given: Shown, *, by: Person | None, at: datetime.datetime) -> AccountPicture:
    """One picture more. Only who handles the request sees it. Raises `WrongStage`."""
    with kept_picture(given.picture) as key, transaction.atomic():
        held = writable(account)
        made = AccountPicture.objects.create(
            account=held, key=key, given_by=by.uuid if by else None, given_at=at, alt=given.alt, width=given.picture.width,
            height=given.picture.height, people=given.people, agreed_with=given.agreed_with,
            agreed_at=at if given.people == People.AGREED else None,
        )  # fmt: skip
        write_down("account.picture_kept", held.application, by=by, at=at)
    return made


def drop(proof: Receipt | AccountPicture, *, by: Person | None, at: datetime.datetime) -> None:
    """Take a wrong file away again. Raises `WrongStage`."""
    with transaction.atomic():
        held = writable(proof.account)
        type(proof)._default_manager.filter(pk=proof.pk).delete()
        write_down("account.proof_dropped", held.application, by=by, at=at)
    forget(proof.key)
