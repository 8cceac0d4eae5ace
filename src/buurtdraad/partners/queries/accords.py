"""Agreements between partners: those that count, one with its parties and versions, and what a version changed."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.partners.models import Accord, AccordVersion, Organisation, Signature
from buurtdraad.partners.queries.joining import running, same_as
from buurtdraad.partners.rules import Piece, differing
from buurtdraad.partners.states import AccordStage, Binding
from buurtdraad.places import queries as places

PARTIES = Prefetch("signatures", Signature.objects.select_related("organisation__joined_to"))
# The last one that everybody may read: what counts, or what counted when it ended.
PUBLIC = (AccordStage.IN_FORCE, AccordStage.ENDED)


def full_versions() -> QuerySet[AccordVersion]:
    """Versions with all that a page shows of them, in a fixed number of queries."""
    return AccordVersion.objects.select_related("accord", "document").prefetch_related("accord__areas", PARTIES)


def all_accords() -> list["Shelf"]:
    """Every accord for everybody, as it counts now; those that ended last. Five queries."""
    found = full_versions().filter(stage__in=PUBLIC).order_by(F("over_on").desc(nulls_first=True), "title", "pk")
    return shelves(last_of_each(found))


def in_force_in(codes: Collection[str], *, on: datetime.date) -> list[AccordVersion]:
    """The accords that count on this day in one of these areas, by title. One query."""
    found = AccordVersion.objects.select_related("accord").filter(stage=AccordStage.IN_FORCE, in_force_on__lte=on)
    return list(found.filter(accord__in=Accord.objects.filter(areas__code__in=codes)).order_by("title", "pk"))


def accords_of(organisation: Organisation) -> list[AccordVersion]:
    """The accords that count now, in which an organisation or a double of it takes part. One query."""
    there = Signature.objects.filter(same_as(organisation), left_on__isnull=True).values("version")
    return list(AccordVersion.objects.select_related("accord").filter(stage=AccordStage.IN_FORCE, pk__in=there).order_by("title", "pk"))


def version_of(uuid: UUID, number: int | None = None, *, draft: bool = False) -> AccordVersion | None:
    """The version that everybody reads now (what counts, else what ended last), or one by its number; with `draft`, the draft."""
    found = full_versions().filter(accord__uuid=uuid)
    if draft:
        return found.filter(stage=AccordStage.DRAFT).first()
    if number is not None:
        return found.exclude(stage=AccordStage.DRAFT).filter(number=number).first()
    return found.filter(stage__in=PUBLIC).order_by("-number").first()


# --- parties -------------------------------------------------------------------------------------------


@dataclass
class Party:
    """An organisation in an accord. Of one that signed twice, as a double too, what it signed first counts."""

    organisation: Organisation
    signature: Signature

    @property
    def left_on(self) -> datetime.date | None:
        return self.signature.left_on


def parties_of(version: AccordVersion) -> list[Party]:
    """Who takes part or took part in a version that came with its signatures, each organisation once, by name."""
    found: dict[int, Party] = {}
    for signature in version.signatures.all():
        whole = signature.organisation.whole
        known = found.get(whole.pk)
        # A double that left is no reason to say that the whole did.
        if known is None or (known.left_on and not signature.left_on):
            found[whole.pk] = Party(whole, signature)
    return sorted(found.values(), key=lambda party: party.organisation.name.lower())


def taking_part(version: AccordVersion) -> list[Party]:
    """Those that did not leave."""
    return [party for party in parties_of(version) if not party.left_on]


def still_to_sign(version: AccordVersion, among: Iterable[AccordVersion], *, on: datetime.date) -> list[Organisation]:
    """Who takes part in the version before (among these) and has not signed this one, a draft or what counts; not who is over, or left."""
    before = version_before(version, among)
    if before is None or version.stage not in (AccordStage.DRAFT, AccordStage.IN_FORCE):
        return []
    there = {party.organisation.pk for party in parties_of(version)}
    waits = [party.organisation for party in taking_part(before) if party.organisation.pk not in there]
    return [one for one in waits if one.until_on is None or one.until_on >= on]


def joined_later(version: AccordVersion) -> set[int]:
    """The ids of the signatures that came after the day on which it began to count."""
    began = version.in_force_on
    return {one.pk for one in version.signatures.all() if began and one.signed_on > began}


# --- pages ---------------------------------------------------------------------------------------------


@dataclass
class Shelf:
    """An accord in a list: the version that counts, where, and who takes part. With the draft beside it where staff look."""

    version: AccordVersion
    place_names: list[str]
    parties: list[Party]
    draft: AccordVersion | None = None

    @property
    def accord(self) -> Accord:
        return self.version.accord


def shelves(versions: Iterable[AccordVersion]) -> list[Shelf]:
    """Versions as they stand in a list. One query for the names of areas."""
    every = list(versions)
    names = places.names_of({area.code for version in every for area in version.accord.areas.all()})
    return [Shelf(version, place_names(version, names), taking_part(version)) for version in every]


def place_names(version: AccordVersion, names: dict[str, str]) -> list[str]:
    return sorted(names.get(area.code, area.code) for area in version.accord.areas.all())


def codes_of(accord: Accord) -> set[str]:
    """The codes of the areas of an accord that came with them."""
    return {area.code for area in accord.areas.all()}


def last_of_each(versions: Iterable[AccordVersion]) -> list[AccordVersion]:
    """Of each accord its last version among these, in the order of these."""
    every = list(versions)
    last: dict[int, AccordVersion] = {}
    for version in every:
        if version.accord_id not in last or last[version.accord_id].number < version.number:
            last[version.accord_id] = version
    return [version for version in every if last[version.accord_id] is version]


def shelves_for(reach: Reach) -> list[Shelf]:
    """All accords for staff, those of their areas first, each with its draft. A draft of a new accord stands alone. Five queries."""
    found = full_versions().exclude(stage=AccordStage.FOLLOWED).order_by("title", "pk")
    drafts = {version.accord_id: version for version in found if version.stage == AccordStage.DRAFT}
    others = last_of_each(version for version in found if version.stage != AccordStage.DRAFT)
    alone = [draft for key, draft in drafts.items() if key not in {version.accord_id for version in others}]
    lines = shelves([*others, *alone])
    for shelf in lines:
        draft = drafts.get(shelf.version.accord_id)
        shelf.draft = draft if draft is not shelf.version else None
    return sorted(
        lines, key=lambda shelf: (not any(code in reach for code in codes_of(shelf.accord)), shelf.version.stage == AccordStage.ENDED)
    )


# --- versions beside each other --------------------------------------------------------------------------


@dataclass
class Change:
    """A part of the text that a version changed: what it is called, and how it differs."""

    label: str
    pieces: list[Piece]


@dataclass
class Changes:
    """What a version changed against the one before it."""

    before: AccordVersion
    texts: list[Change] = field(default_factory=list)
    came: list[Organisation] = field(default_factory=list)
    gone: list[Organisation] = field(default_factory=list)

    @property
    def none(self) -> bool:
        return not (self.texts or self.came or self.gone)


def versions_of(accord: Accord) -> list[AccordVersion]:
    """All versions that everybody may read, the last one first."""
    return list(full_versions().filter(accord=accord).exclude(stage=AccordStage.DRAFT))


def changes(new: AccordVersion, among: Iterable[AccordVersion]) -> Changes | None:
    """What a version changed against the last one before it among these; None for the first."""
    before = version_before(new, among)
    if before is None:
        return None
    texts = [Change(label, differing(old, now)) for label, old, now in parts_of(before, new) if old != now]
    was = {party.organisation.pk: party.organisation for party in taking_part(before)}
    now_in = {party.organisation.pk: party.organisation for party in taking_part(new)}
    came = [one for pk, one in now_in.items() if pk not in was]
    gone = [one for pk, one in was.items() if pk not in now_in]
    return Changes(before, texts, came, gone)


def version_before(version: AccordVersion, among: Iterable[AccordVersion]) -> AccordVersion | None:
    """The last one before it among these; None for the first."""
    return max((one for one in among if one.number < version.number), key=lambda one: one.number, default=None)


def parts_of(old: AccordVersion, new: AccordVersion) -> list[tuple[str, str, str]]:
    """Each part of the text: what it is called, and how it reads in either version."""
    return [
        (_("Title"), old.title, new.title),
        (_("What we want to reach"), old.goal, new.goal),
        (_("How we work together"), old.principles, new.principles),
        (_("What who signs promises"), promise(old), promise(new)),
        (_("The whole text"), old.text, new.text),
    ]


def promise(version: AccordVersion) -> str:
    """What who signs promises, in a sentence."""
    if version.binding == Binding.RESULT:
        return _("Who signs promises to reach the result.")
    return _("Who signs promises to do their best.")


# --- work ------------------------------------------------------------------------------------------------


def stopped_parties(reach: Reach, on: datetime.date) -> QuerySet[Signature]:
    """Who still takes part in an accord that counts, while the organisation is over since before this day; within a reach.

    The one that is over longest first, each with `over_since`.
    """
    found = Signature.objects.filter(version__stage=AccordStage.IN_FORCE, left_on__isnull=True)
    until = Coalesce(F("organisation__joined_to__until_on"), F("organisation__until_on"))
    found = found.exclude(running(on)).annotate(over_since=until).select_related("version__accord", "organisation__joined_to")
    if not reach.everywhere:
        found = found.filter(version__accord__in=Accord.objects.filter(areas__code__in=reach.codes))
    return found.order_by("over_since", "pk")
