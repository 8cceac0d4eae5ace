"""Looking back: what somebody keeps for themselves, thanks to the host, and how it was for the host.

A reflection is its writer's alone: no query but `access.attended_by` leads to it, and the record says only that there is one.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements.actions.records import write_down
from buurtdraad.placements.models import Host, HostFeedback, Placement, Reflection, Shift, Thanks
from buurtdraad.placements.queries.hosts import addresses_of
from buurtdraad.placements.states import ShiftStage, Stage


class NotThere(Refused):
    """Only who was there looks back."""


class SaidAlready(Refused):
    """It was said before."""


@transaction.atomic
def keep_reflection(placement: Placement, *, words: str, by: Person, at: datetime.datetime) -> Reflection:
    """Keep what struck somebody, in the place of what they kept before. Raises `NotThere`."""
    if not has_kept(placement, by):
        was_there(placement, by)
    kept, _made = Reflection.objects.update_or_create(placement=placement, defaults={"words": words, "at": at})
    write_down("reflection.kept", placement.thing, by=by, at=at)
    return kept


@transaction.atomic
def remove_reflection(placement: Placement, *, by: Person, at: datetime.datetime) -> None:
    """It is gone. A second time changes nothing. Raises `NotThere`."""
    if not has_kept(placement, by):
        was_there(placement, by)
    if Reflection.objects.filter(placement=placement).delete()[0]:
        write_down("reflection.removed", placement.thing, by=by, at=at)


@transaction.atomic
def thank(placement: Placement, *, words: str, by: Person, at: datetime.datetime) -> Thanks:
    """Thank the host once, also by mail where we know an address. Raises `NotThere` or `SaidAlready`."""
    was_there(placement, by)
    said, made = Thanks.objects.get_or_create(placement=placement, defaults={"words": words, "at": at})
    if not made:
        raise SaidAlready(_("You thanked this host already."))
    host = placement.shift.host
    for email in addresses_of(host):
        emails.send(email, letter_of_thanks(host, by, words))
    write_down("host.thanked", placement.thing, by=by, at=at)
    return said


def letter_of_thanks(host: Host, by: Person, words: str) -> emails.Letter:
    facts = {"name": by.name.split(" ")[0], "host": host.name}
    return emails.Letter(
        subject=_("Thank you from %(name)s") % facts,
        lines=[_("%(name)s was with you at %(host)s, and writes:") % facts, words],
        last_lines=[_("We thank you too. Without you nobody could come along.")],
    )


def has_kept(placement: Placement, by: Person) -> bool:
    """What somebody wrote stays theirs to change, also when it is noted later that they were not there."""
    return placement.person_id == by.pk and Reflection.objects.filter(placement=placement).exists()


def was_there(placement: Placement, by: Person) -> None:
    if placement.person_id != by.pk or placement.stage != Stage.ATTENDED:
        raise NotThere(_("Only who was there looks back on it."))


# --- the host ---------------------------------------------------------------------------------------


@transaction.atomic
def say_how_it_was(shift: Shift, *, again: bool, words: str, by: Person | None = None, at: datetime.datetime) -> HostFeedback:
    """How it was for the host, for who organises it; once for each shift. By nobody: by the link.

    Raises `SaidAlready`, also for a shift that was not held.
    """
    held = Shift.objects.select_for_update().filter(pk=shift.pk, stage=ShiftStage.HELD).first()
    if held is None or HostFeedback.objects.filter(shift=shift).exists():
        raise SaidAlready(_("You told us already how this was. Thank you."))
    said = HostFeedback.objects.create(shift=held, again=again, words=words, at=at)
    write_down("host.looked_back", held.thing, by=by, at=at)
    return said


@transaction.atomic
def remove_words(said: HostFeedback, *, by: Person, at: datetime.datetime) -> None:
    """Take away what a host wrote, where it is about a person; that they told it stays. A second time changes nothing."""
    if HostFeedback.objects.filter(pk=said.pk).exclude(words="").update(words=""):
        write_down("host.words_removed", said.shift.thing, by=by, at=at)
