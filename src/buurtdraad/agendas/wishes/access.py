"""Who may read, show, answer and join wishes, and where."""

import datetime

from django.contrib.auth.models import AnonymousUser

from buurtdraad.accounts.access import Reach, areas_of, duty_for, has_duty, with_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.models import Wish, WishQuerySet

type Someone = Person | AnonymousUser

# They work with the wishes of their area: read who gave it, answer, join.
ADVISERS = (Duty.AREA_ADVISER, Duty.AREA_MANAGER)
# They also decide what stands on the site.
READERS = (*ADVISERS, Duty.MODERATOR)

ADVISER = with_duty(*ADVISERS)
READER = with_duty(*READERS)


def signed_in(user: Someone) -> Person | None:
    """Who is signed in: they count as one person by one click. None for everybody else.

    They need no confirmed address for that; without one they get no mail (`messages.actions.tell` sees to that).
    """
    return user if isinstance(user, Person) and user.is_active else None


def areas_to_answer(person: Person, on: datetime.date | None = None) -> Reach:
    """Where somebody answers wishes."""
    return areas_of(person, *ADVISERS, on=on)


def areas_to_read(person: Person, on: datetime.date | None = None) -> Reach:
    """Where somebody reads wishes before they stand on the site."""
    return areas_of(person, *READERS, on=on)


def within(wishes: WishQuerySet, reach: Reach) -> WishQuerySet:
    """Those of these wishes that lie in reach."""
    return wishes if reach.everywhere else wishes.within(reach.codes)


def visible_to(person: Someone) -> WishQuerySet:
    """The wishes that somebody may see: what is on the site, and for who works in an area all of that area."""
    everybody = Wish.objects.on_site()
    if not isinstance(person, Person) or not has_duty(person, *READERS):
        return everybody
    return everybody | within(Wish.objects.all(), areas_to_read(person))


def may_read(person: Someone, wish: Wish) -> bool:
    """Whether somebody may decide that this wish stands on the site."""
    return has_duty(person, *READERS, area=wish.area)


def duty_here(person: Someone, wish: Wish) -> str:
    """From which duty somebody does that, for the record."""
    return duty_for(person, *READERS, area=wish.area)
