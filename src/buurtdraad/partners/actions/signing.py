"""Parties of an accord: signing it, joining later, leaving with a reason, and coming back."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.partners.actions.accords import NotAgreed, locked, note
from buurtdraad.partners.models import AccordVersion, Organisation, Signature
from buurtdraad.partners.queries.joining import now as whole_of
from buurtdraad.partners.queries.joining import same_as
from buurtdraad.partners.queries.signatures import signatures_due
from buurtdraad.partners.states import AccordStage

OPEN = (AccordStage.DRAFT, AccordStage.IN_FORCE)


@transaction.atomic
def sign(
    version: AccordVersion, organisation: Organisation, *, on: datetime.date, signed_by: str = "", by: Person, at: datetime.datetime
) -> Signature:
    """An organisation takes part from this day: in a draft, or later in what counts. Who left can come back.

    For a double the whole signs. Raises `NotAgreed` for who takes part already, also of two people at once.
    """
    whole = whole_of(organisation)
    open_for_parties(version)
    same = Signature.objects.filter(same_as(whole), version=version)
    if same.filter(left_on__isnull=True).exists():
        raise NotAgreed(_("%(name)s signed this already.") % {"name": whole})
    facts = {"signed_on": on, "signed_by": signed_by, "left_on": None, "why_left": ""}
    signature, _made = Signature.objects.update_or_create(version=version, organisation=whole, defaults=facts)
    note("accord.signed", version, by=by, at=at, organisation=str(whole.uuid))
    return signature


@transaction.atomic
def change_signature(signature: Signature, *, on: datetime.date, signed_by: str, by: Person, at: datetime.datetime) -> None:
    """Another day or name: what was written down wrongly. Raises `NotAgreed`."""
    open_for_parties(signature.version)
    now = still_in(signature)
    Signature.objects.filter(pk=now.pk).update(signed_on=on, signed_by=signed_by)
    note("accord.signature_changed", signature.version, by=by, at=at, organisation=str(now.organisation.uuid))


@transaction.atomic
def unsign(signature: Signature, *, by: Person, at: datetime.datetime) -> None:
    """Take who signed out of a draft again: nothing counted yet, so there is nothing to leave. Raises `NotAgreed`."""
    open_for_parties(signature.version)
    if signature.version.stage != AccordStage.DRAFT:
        raise NotAgreed(_("This version counts already. A partner leaves it with a reason."))
    note("accord.unsigned", signature.version, by=by, at=at, organisation=str(signature.organisation.uuid))
    Signature.objects.filter(pk=signature.pk).delete()


@transaction.atomic
def leave(signature: Signature, *, on: datetime.date, why: str, by: Person, at: datetime.datetime) -> None:
    """A party leaves what counts with this day, and everybody can read why. Its agreements of agendas stay. Raises `NotAgreed`."""
    open_for_parties(signature.version)
    if signature.version.stage != AccordStage.IN_FORCE:
        raise NotAgreed(_("This version does not count. Take the partner out of the draft."))
    now = still_in(signature)
    if on < now.signed_on:
        raise NotAgreed(_("The last day lies before the first day."))
    same = Signature.objects.filter(same_as(now.organisation), version=signature.version, left_on__isnull=True)
    # Of a double that signed later this is the day on which it did.
    same.update(left_on=Greatest("signed_on", Value(on, output_field=DateField())), why_left=why)
    note("accord.left", signature.version, by=by, at=at, organisation=str(now.organisation.uuid))
    signature.refresh_from_db()


def forget_signers(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy the names of who signed these that are still past their time; that the organisation signed stays. Returns how many."""
    due = signatures_due(on).filter(pk__in=ids).values_list("pk", flat=True)
    return Signature.objects.filter(pk__in=list(due)).update(signed_by="")


def open_for_parties(version: AccordVersion) -> None:
    """Hold the accord. Raises `NotAgreed` for a version that was followed or ended."""
    locked(version.accord)
    version.refresh_from_db()
    if version.stage not in OPEN:
        raise NotAgreed(_("This version does not count any more."))


def still_in(signature: Signature) -> Signature:
    """As it stands. Raises `NotAgreed` for who left, or was taken out."""
    now = Signature.objects.select_related("organisation").filter(pk=signature.pk, left_on__isnull=True).first()
    if now is None:
        raise NotAgreed(_("This partner does not take part any more."))
    return now
