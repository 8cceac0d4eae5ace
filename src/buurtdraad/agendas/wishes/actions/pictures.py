"""Pictures with wishes: kept when given, shown when somebody of the staff says so, destroyed when they go."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.actions.showing import tell_record
from buurtdraad.agendas.wishes.models import Wish, WishPicture
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.lib.uploads.models import People
from buurtdraad.lib.uploads.pictures import CleanPicture


@dataclass(frozen=True)
class Shown:
    """A picture as somebody gives it, with words for who cannot see it, and whether people in it agree."""

    picture: CleanPicture
    alt: str
    people: People
    agreed_with: str = ""


@transaction.atomic
def add_picture(wish: Wish, given: Shown, *, key: str, by: Person | None, at: datetime.datetime) -> WishPicture:
    """Keep a picture with a wish; nobody sees it yet. `key` is that of `kept_picture`."""
    made = WishPicture.objects.create(
        wish=wish, key=key, given_by=by.uuid if by else None, given_at=at, alt=given.alt, width=given.picture.width,
        height=given.picture.height, people=given.people, agreed_with=given.agreed_with,
        agreed_at=at if given.people == People.AGREED else None,
    )  # fmt: skip
    tell_record("wish.picture_added", wish, by=by, at=at, payload={"picture": str(made.uuid)})
    return made


@transaction.atomic
def show_picture(picture: WishPicture, *, by: Person, duty: str, at: datetime.datetime) -> None:
    """Everybody sees this picture when its wish is on the site. A second time changes nothing."""
    if WishPicture.objects.filter(pk=picture.pk, shown_at__isnull=True).update(shown_at=at):
        picture.shown_at = at
        tell_record("wish.picture_shown", picture.wish, by=by, duty=duty, at=at, payload={"picture": str(picture.uuid)})


@transaction.atomic
def remove_picture(picture: WishPicture, *, by: Person | None, duty: str = "", at: datetime.datetime) -> None:
    """Destroy a picture and its files. A second time changes nothing."""
    if forget_pictures([picture]):
        tell_record("wish.picture_removed", picture.wish, by=by, duty=duty, at=at, payload={"picture": str(picture.uuid)})


@transaction.atomic
def forget_pictures(pictures: list[WishPicture]) -> int:
    """Remove these rows, and after the commit their files; how many. For whoever erases a wish, before it goes; writes no event."""
    gone, _each = WishPicture.objects.filter(pk__in=[picture.pk for picture in pictures]).delete()
    for picture in pictures:
        transaction.on_commit(partial(forget, picture.key))
    return gone
