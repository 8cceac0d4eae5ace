"""Taking away what this room has of a person: what was given and decided stays, without who it was."""

import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Owner
from buurtdraad.agendas.agenda.states import OwnerKind
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.own.queries.agenda import joined_by, owned_by
from buurtdraad.agendas.own.queries.comments import comments_by
from buurtdraad.agendas.own.queries.wishes import pictures_by, spoken_by, waiting_notes_of
from buurtdraad.agendas.wishes.actions.pictures import forget_pictures
from buurtdraad.agendas.wishes.models import Giver, Rating, Supporter, Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.audit.actions import touch
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.places import queries as places

# Whose name on the site is their own, unless they speak for an organisation.
OF_THEMSELVES = frozenset({OwnerKind.RESIDENT, OwnerKind.ENTREPRENEUR})


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Wishes, agreements and numbers stay; words, names, pictures, sounds and the way back to the person go.

    Pages on which something of them stood are made anew. The files go after the commit.
    """
    codes = erase_pictures(person) | erase_comments(person) | leave_agreements(person)
    forget_notes(person)
    leave_wishes(person)
    SignUp.objects.filter(contact__person=person).update(name="", needs="", contact=None)
    touch(sorted(places.touched_by(codes)) if codes else [])


def leave_wishes(person: Person) -> None:
    """A wish stays, and how many want it. What only this person gave and nobody else may read holds their own words: those go too."""
    mine = Giver.objects.filter(contact__person=person)
    others = Giver.objects.filter(wish=OuterRef("pk")).exclude(contact__person=person)
    unread = Wish.objects.filter(pk__in=mine.values("wish")).exclude(showing=Showing.SHOWN).exclude(Exists(others))
    unread.update(text=_("Taken away, because who gave it asked us to."), showing=Showing.PRIVATE, waits_for=[])
    mine.update(words="", contact=None)
    Supporter.objects.filter(contact__person=person).update(contact=None)
    Rating.objects.filter(contact__person=person).update(words="", contact=None)


def erase_pictures(person: Person) -> set[str]:
    """What they showed with a wish goes; the areas of those wishes. While we still know which wishes are theirs."""
    pictures = list(pictures_by(person))
    forget_pictures(pictures)
    return {picture.wish.area.code for picture in pictures}


def erase_comments(person: Person) -> set[str]:
    """What they said below wishes goes, for it is theirs; the areas of those wishes."""
    codes = set(comments_by(person).order_by().values_list("wish__area__code", flat=True))
    comments_by(person).delete()
    return codes


def leave_agreements(person: Person) -> set[str]:
    """They join in no more. That an owner said yes stays, in the name of residents and not of this one; the areas of the agreements."""
    joined_by(person).delete()
    owners = list(owned_by(person).select_related("agreement__area", "organisation"))
    for owner in owners:
        Owner.objects.filter(pk=owner.pk).update(name=name_without(owner, person), said_by="", why="", contact=None)
    return {owner.agreement.area.code for owner in owners}


def name_without(owner: Owner, person: Person) -> str:
    """The name on the site, when this person is not it any more: of the organisation, or what kind of owner it is."""
    named = bool(person.name) and person.name.lower() in owner.name.lower()
    if owner.organisation:
        return owner.organisation.name if named else owner.name
    if not named and owner.kind not in OF_THEMSELVES:
        return owner.name
    with override(settings.LANGUAGE_CODE):
        return capfirst(str(OwnerKind(owner.kind).label))


def forget_notes(person: Person) -> None:
    """What they spoke in and nobody wrote down goes, with the sound; of what was written down, who spoke."""
    keys = [key for key in waiting_notes_of(person).values_list("key", flat=True) if key]
    waiting_notes_of(person).delete()
    spoken_by(person).order_by().update(contact=None)
    for key in keys:
        transaction.on_commit(partial(forget, key))
