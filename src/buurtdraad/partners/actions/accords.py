"""Agreements between partners: a draft, what counts from a day, a next version, and the end.

Each deed holds the accord until it is done, so two people at once do one after the other.
"""

import datetime
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.keeping import forget, kept_document
from buurtdraad.partners.access import duty_of
from buurtdraad.partners.models import Accord, AccordDocument, AccordVersion
from buurtdraad.partners.queries.accords import full_versions, taking_part
from buurtdraad.partners.rules import LEAST_PARTIES
from buurtdraad.partners.states import ACCORD_MOVES, AccordStage, Binding
from buurtdraad.places.models import Area
from buurtdraad.places.queries import around


class NotAgreed(Refused):
    """An accord cannot be so; the text says why."""


@dataclass(frozen=True)
class AccordText:
    """What an accord says."""

    title: str
    goal: str
    principles: str = ""
    binding: str = Binding.EFFORT
    text: str = ""


@transaction.atomic
def make_accord(words: AccordText, *, areas: Collection[Area], by: Person, at: datetime.datetime) -> AccordVersion:
    """A new accord for these areas, as a draft that only staff see."""
    accord = Accord.objects.create(made_at=at)
    accord.areas.set(areas)
    draft = AccordVersion.objects.create(accord=accord, number=1, **asdict(words))
    note("accord.made", draft, by=by, at=at)
    return draft


@transaction.atomic
def draft_next(accord: Accord, *, by: Person, at: datetime.datetime) -> AccordVersion:
    """The next version, with the words of the last one: a draft beside what counts. Raises `NotAgreed` when there is a draft already."""
    held = locked(accord)
    last = held.versions.order_by("-number").first()
    if last is None or last.stage == AccordStage.DRAFT:
        raise NotAgreed(_("There is a draft already. Change that one."))
    words = AccordText(last.title, last.goal, last.principles, last.binding, last.text)
    draft = AccordVersion.objects.create(accord=held, number=last.number + 1, **asdict(words))
    note("accord.drafted", draft, by=by, at=at)
    return draft


@transaction.atomic
def change_draft(draft: AccordVersion, words: AccordText, *, areas: Collection[Area], by: Person, at: datetime.datetime) -> None:
    """Other words, or other areas. What counts is not changed, only followed. Raises `NotAgreed`.

    Areas are of the accord: with them the pages of the old ones and the new ones are made anew.
    """
    held = locked(draft.accord)
    only_draft(draft)
    before = set(held.areas.values_list("code", flat=True))
    AccordVersion.objects.filter(pk=draft.pk).update(**asdict(words))
    held.areas.set(areas)
    draft.refresh_from_db()
    note("accord.changed", draft, by=by, at=at, also=before)


def drop_draft(draft: AccordVersion, *, by: Person, at: datetime.datetime) -> None:
    """A draft is gone, and an accord that was never more than one too. Raises `NotAgreed`."""
    with transaction.atomic():
        held = locked(draft.accord)
        only_draft(draft)
        keys = list(AccordDocument.objects.filter(version=draft).values_list("key", flat=True))
        note("accord.dropped", draft, by=by, at=at)
        (held if held.versions.count() == 1 else draft).delete()
    for key in keys:
        forget(key)


@transaction.atomic
def put_in_force(draft: AccordVersion, *, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """From this day the draft counts, and what counted until then is followed by it. Raises `NotAgreed`.

    Not before all who signed the draft did so. Who took part in the version before and did not sign this one holds it up no more
    than who joins later: pages name them (`queries.accords.still_to_sign`).
    """
    held = locked(draft.accord)
    only_draft(draft)
    parties = taking_part(full_versions().get(pk=draft.pk))
    if len(parties) < LEAST_PARTIES:
        raise NotAgreed(_("At least two partners have to sign first."))
    if waits := [party for party in parties if party.signature.signed_on > on]:
        facts = {
            "names": ", ".join(party.organisation.name for party in waits),
            "day": date_format(max(party.signature.signed_on for party in waits), "j F Y"),
        }
        raise NotAgreed(_("On that day not everybody had signed: %(names)s. Choose %(day)s or a later day.") % facts)
    for before in held.versions.filter(stage=AccordStage.IN_FORCE):
        if before.in_force_on and on < before.in_force_on:
            raise NotAgreed(_("The version before counts since a later day. Choose that day or a later one."))
        before.over_on = on
        before.save(update_fields=["over_on"])
        move(before, AccordStage.FOLLOWED, moves=ACCORD_MOVES)
    AccordVersion.objects.filter(pk=draft.pk).update(in_force_on=on)
    move(draft, AccordStage.IN_FORCE, moves=ACCORD_MOVES)
    draft.in_force_on = on
    note("accord.in_force", draft, by=by, at=at)


@transaction.atomic
def end_accord(version: AccordVersion, *, on: datetime.date, why: str, by: Person, at: datetime.datetime) -> None:
    """What counts ends with this day; everybody can read why. A next version can begin again. Raises `NotAgreed`."""
    locked(version.accord)
    version.refresh_from_db()
    if version.stage != AccordStage.IN_FORCE:
        raise NotAgreed(_("This version does not count any more."))
    if version.in_force_on and on < version.in_force_on:
        raise NotAgreed(_("The last day lies before the first day."))
    AccordVersion.objects.filter(pk=version.pk).update(over_on=on, why_over=why)
    move(version, AccordStage.ENDED, moves=ACCORD_MOVES)
    note("accord.ended", version, by=by, at=at)


# --- the paper ---------------------------------------------------------------------------------------------


def keep_document(
    version: AccordVersion, document: CheckedDocument, *, name: str, on_site: bool, by: Person, at: datetime.datetime
) -> AccordDocument:
    """The signed text, instead of the one that was there. With `on_site` everybody may read it. Raises `NotAgreed` for what is no PDF."""
    if document.kind != "pdf":
        raise NotAgreed(_("Choose a PDF."))
    with kept_document(document) as key, transaction.atomic():
        locked(version.accord)
        old = list(AccordDocument.objects.filter(version=version).values_list("key", flat=True))
        AccordDocument.objects.filter(version=version).delete()
        facts = {"name": name, "kind": document.kind, "bytes": len(document.content), "given_by": by.uuid, "given_at": at}
        made = AccordDocument.objects.create(version=version, key=key, on_site=on_site, **facts)
        note("accord.paper_kept", version, by=by, at=at)
    for key in old:
        forget(key)
    return made


def drop_document(document: AccordDocument, *, by: Person, at: datetime.datetime) -> None:
    """Take the signed text away: a wrong file, or one with names in it."""
    with transaction.atomic():
        note("accord.paper_dropped", document.version, by=by, at=at)
        AccordDocument.objects.filter(pk=document.pk).delete()
    forget(document.key)


# --- what they share -----------------------------------------------------------------------------------------


def locked(accord: Accord) -> Accord:
    """The accord, for this transaction alone. Raises `NotAgreed` when it is gone."""
    held = Accord.objects.select_for_update().filter(pk=accord.pk).first()
    if held is None:
        raise NotAgreed(_("This draft is gone."))
    return held


def only_draft(version: AccordVersion) -> None:
    """Raises `NotAgreed` for what is no draft any more."""
    now = AccordVersion.objects.filter(pk=version.pk).first()
    if now is None:
        raise NotAgreed(_("This draft is gone."))
    if now.stage != AccordStage.DRAFT:
        raise NotAgreed(_("This version counts already. Make a next version to change it."))


def note(verb: str, version: AccordVersion, *, by: Person, at: datetime.datetime, also: Collection[str] = (), **payload: object) -> None:
    """Write it down. What only staff see touches the pages of no area, unless the accord has a version that everybody reads."""
    codes = {*version.accord.areas.values_list("code", flat=True), *also}
    public = version.accord.versions.exclude(stage=AccordStage.DRAFT).exists()
    touches = around(codes) if public and codes else ()
    thing = f"accord:{version.accord.uuid}"
    record(
        verb,
        room="partners",
        thing=thing,
        by=by.uuid,
        at=at,
        touches=touches,
        duty=duty_of(by),
        payload={"version": version.number} | payload,
    )
