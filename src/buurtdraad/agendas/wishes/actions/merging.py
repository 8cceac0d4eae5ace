"""Joining wishes that say the same, parting one that says two things, and undoing either."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.access import duty_here
from buurtdraad.agendas.wishes.actions.giving import new_reference
from buurtdraad.agendas.wishes.actions.showing import fit_for_all, tell_record
from buurtdraad.agendas.wishes.actions.wording import said
from buurtdraad.agendas.wishes.models import Giver, Merging, Split, Step, Supporter, Wish
from buurtdraad.agendas.wishes.states import Showing, Stage, Theme
from buurtdraad.lib.refusal import Refused


class NotJoined(Refused):
    """These wishes cannot be joined or parted so."""


@transaction.atomic
def merge(wish: Wish, into: Wish, *, why: str, by: Person, at: datetime.datetime) -> Merging:
    """Join a wish, with all that was joined to it, to another. Every giver, supporter, comment and link stays with its wish.

    Raises `NotJoined` for a wish and itself, for one that lives in the other already, and when another join was first.
    """
    locked = {one.pk: one for one in family_locked(wish, into)}
    wish, into = locked[wish.pk], locked[into.pk]
    target = locked.get(into.head_id or into.pk, into)
    if wish.pk == into.pk:
        raise NotJoined(_("This is the same wish. Choose another one."))
    if wish.head_id:
        raise NotJoined(_("This wish was joined to another already. Undo that first."))
    if target.pk == wish.pk:
        raise NotJoined(_("The other wish was joined to this one already."))
    Wish.objects.filter(pk=wish.pk).update(merged_into=target, head=target)
    Wish.objects.filter(head=wish).update(head=target)
    # Who gave it is answered with the other wish: what was promised first counts.
    if target.answered_at is None and wish.answer_by < target.answer_by:
        Wish.objects.filter(pk=target.pk).update(answer_by=wish.answer_by)
    made = Merging.objects.create(wish=wish, into=target, why=why, by=by.uuid, at=at)
    wish.refresh_from_db()
    payload = {"into": target.reference}
    tell_record("wish.merged", wish, by=by, duty=duty_here(by, wish), at=at, payload=payload, also=[target.area.code])
    return made


@transaction.atomic
def merge_all(wishes: Iterable[Wish], into: Wish, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Join several wishes to one; all or none. Raises `NotJoined`."""
    for wish in wishes:
        merge(wish, into, why=why, by=by, at=at)


def family_locked(*wishes: Wish) -> list[Wish]:
    """These wishes, what they live in and what lives in them, held until the end, in one order: no two wait for each other."""
    heads = {wish.head_id or wish.pk for wish in Wish.objects.filter(pk__in=[wish.pk for wish in wishes])} | {wish.pk for wish in wishes}
    found = Wish.objects.filter(Q(pk__in=heads) | Q(head__in=heads)).order_by("pk")
    return list(found.select_related("area").select_for_update(of=("self",)))


@transaction.atomic
def unmerge(made: Merging, *, by: Person, at: datetime.datetime) -> Wish:
    """Undo a join: the wish stands alone again, with all that had been joined to it before. Raises `NotJoined` the second time."""
    wish = Wish.objects.select_related("area").get(pk=made.wish_id)
    locked = {one.pk: one for one in family_locked(wish, Wish.objects.get(pk=made.into_id))}
    if not Merging.objects.filter(pk=made.pk, undone_at__isnull=True).update(undone_at=at):
        raise NotJoined(_("This was undone already."))
    below = descendants(wish, list(locked.values()))
    was_in = locked[wish.pk].head
    Wish.objects.filter(pk__in=below).update(head=wish)
    Wish.objects.filter(pk=wish.pk).update(merged_into=None, head=None)
    wish.refresh_from_db()
    tell_record("wish.unmerged", wish, by=by, duty=duty_here(by, wish), at=at, also=[was_in.area.code] if was_in else [])
    return wish


def descendants(wish: Wish, family: list[Wish]) -> set[int]:
    """All that was joined to a wish, also by way of others."""
    found: set[int] = set()
    new = {wish.pk}
    while new:
        new = {one.pk for one in family if one.merged_into_id in new} - found
        found |= new
    return found


@transaction.atomic
def split(wish: Wish, *, text: str, part_text: str, part_theme: Theme, by: Person, at: datetime.datetime) -> Split:
    """Part a wish that says two things: a new wish with the same givers and followers, who hear of both."""
    wish = Wish.objects.select_for_update(of=("self",)).select_related("area").get(pk=wish.pk)
    if wish.head_id:
        raise NotJoined(_("This wish was joined to another already. Undo that first."))
    if wish.showing == Showing.SHOWN:
        fit_for_all(text, part_text)
    part = Wish.objects.create(
        reference=new_reference(wish.area), area=wish.area, kind=wish.kind, theme=part_theme, **said(part_text), channel=wish.channel,
        showing=wish.showing, given_at=wish.given_at, answer_by=wish.answer_by,
    )  # fmt: skip
    for giver in wish.givers.all():
        Giver.objects.create(
            wish=part,
            contact_id=giver.contact_id,
            words=giver.words,
            channel=giver.channel,
            written_by=giver.written_by,
            given_at=giver.given_at,
        )
    for supporter in wish.supporters.all():
        Supporter.objects.create(
            wish=part, contact_id=supporter.contact_id, wants=supporter.wants, follows=supporter.follows, since=supporter.since
        )
    Step.objects.create(wish=part, stage=Stage.TOLD, why="", by=by.uuid, at=at)
    made = Split.objects.create(wish=wish, part=part, text_before=wish.text, by=by.uuid, at=at)
    Wish.objects.filter(pk=wish.pk).update(**said(text))
    tell_record("wish.split", wish, by=by, duty=duty_here(by, wish), at=at, payload={"part": part.reference})
    return made


@transaction.atomic
def unsplit(made: Split, *, by: Person, at: datetime.datetime) -> Merging:
    """Undo a split: the part is joined to its wish again, which has its old words. Raises `NotJoined` when that was done already."""
    if not Split.objects.filter(pk=made.pk, undone_at__isnull=True).update(undone_at=at):
        raise NotJoined(_("This was undone already."))
    part, wish = Wish.objects.get(pk=made.part_id), Wish.objects.get(pk=made.wish_id)
    Wish.objects.filter(pk=wish.pk).update(**said(made.text_before))
    return merge(part, wish, why="", by=by, at=at)
