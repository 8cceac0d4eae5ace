"""Taking away what this room has of a person, and forgetting people of plans that came to their end long ago.

What was counted, decided and told on the site stays, without who it was.
"""

import datetime
from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import touch
from buurtdraad.initiatives.models import Concern, Evidence, HelpOffer, Initiative, InitiativePicture, Member, Need, Opinion, Update
from buurtdraad.initiatives.queries import past
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.places import queries as places


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """A plan on the site stays, and every number; names, words in confidence, pictures, and the way back to the person go.

    A plan that nobody else is part of and that never stood on the site holds their own words: those go too.
    """
    codes = areas_of(person)
    erase_pictures(person)
    empty_plans(person)
    unnamed(Member.objects.filter(contact__person=person))
    unsaid(HelpOffer.objects.filter(contact__person=person))
    uncounted(Opinion.objects.filter(contact__person=person))
    untold(Concern.objects.filter(contact__person=person))
    Concern.objects.filter(answered_by=person.uuid).update(answered_by=None)
    Evidence.objects.filter(given_by=person.uuid).update(given_by=None)
    Update.objects.filter(given_by=person.uuid).exclude(showing=Showing.SHOWN).delete()
    Update.objects.filter(given_by=person.uuid).update(given_by=None)
    touch(sorted(places.touched_by(codes)) if codes else [])


def areas_of(person: Person) -> set[str]:
    """Where something of them stood: as somebody of a plan, or as a picture."""
    mine = Initiative.objects.filter(members__contact__person=person) | Initiative.objects.filter(pictures__given_by=person.uuid)
    return set(mine.order_by().values_list("area__code", flat=True).distinct())


def erase_pictures(person: Person) -> None:
    """What they showed goes, with the files."""
    mine = InitiativePicture.objects.filter(given_by=person.uuid)
    for key in mine.values_list("key", flat=True):
        transaction.on_commit(partial(forget, key))
    mine.delete()


def empty_plans(person: Person) -> None:
    """The words of plans that were theirs alone and that nobody else read."""
    others = Member.objects.exclude(contact=None).exclude(contact__person=person)
    unread = Initiative.objects.filter(members__contact__person=person).exclude(showing__in=[Showing.SHOWN, Showing.REMOVED])
    pks = list(unread.exclude(pk__in=others.values("initiative")).values_list("pk", flat=True))
    with override(settings.LANGUAGE_CODE):
        title = _("Taken away, because who gave it asked us to.")
    empty = dict.fromkeys(("summary", "story", "place", "result", "question"), "")
    Initiative.objects.filter(pk__in=pks).update(
        title=title, **empty, waiting={}, longitude=None, latitude=None, showing=Showing.PRIVATE
    )  # fmt: skip
    Need.objects.filter(initiative__in=pks).delete()
    Update.objects.filter(initiative__in=pks).delete()


def unnamed(found: QuerySet[Member]) -> int:
    return found.update(contact=None, name="", agreed_at=None)


def unsaid(found: QuerySet[HelpOffer]) -> int:
    return found.update(contact=None, name="", words="")


def uncounted(found: QuerySet[Opinion]) -> int:
    """The number stays; whose it was, and the mark of their household, go."""
    return found.update(contact=None, household="")


def untold(found: QuerySet[Concern]) -> int:
    """A worry on the site stays, without whose it was; one that nobody read goes."""
    gone = found.filter(on_site=False).delete()[0]
    return gone + found.update(contact=None)


# --- past their time ------------------------------------------------------------------------------------


@transaction.atomic
def forget_members(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who was part of a plan; the plan stays. Returns how many."""
    return unnamed(Member.objects.filter(pk__in=still(past.members_due(on), ids)))


@transaction.atomic
def forget_offers(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who offered help; that somebody did stays."""
    return unsaid(HelpOffer.objects.filter(pk__in=still(past.offers_due(on), ids)))


@transaction.atomic
def forget_opinions(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget whose opinions were; the numbers stay."""
    return uncounted(Opinion.objects.filter(pk__in=still(past.opinions_due(on), ids)))


@transaction.atomic
def forget_concerns(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget whose worries were; those that never stood on the site are destroyed."""
    return untold(Concern.objects.filter(pk__in=still(past.concerns_due(on), ids)))


def still(due: QuerySet, ids: Collection[int]) -> list[int]:
    """Of these ids those that are due."""
    return list(due.filter(pk__in=ids).values_list("pk", flat=True))
