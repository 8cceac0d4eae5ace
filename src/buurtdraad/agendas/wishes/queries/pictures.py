"""Pictures with wishes."""

from uuid import UUID

from django.db.models import QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.wishes.access import within
from buurtdraad.agendas.wishes.models import Wish, WishPicture


def shown_with(wish: Wish) -> list[WishPicture]:
    """The pictures that everybody sees with a wish and with those that were joined to it."""
    family = Wish.objects.on_site().filter(pk=wish.pk) | Wish.objects.on_site().filter(head=wish)
    return list(WishPicture.objects.filter(wish__in=family, shown_at__isnull=False))


def pictures_of(wish: Wish) -> list[WishPicture]:
    """All pictures of a wish, also those that nobody looked at yet: for who reads it at work."""
    return list(wish.pictures.all())


def to_look_at(reach: Reach) -> QuerySet[WishPicture]:
    """Pictures in reach that nobody looked at yet, the oldest first."""
    return WishPicture.objects.filter(shown_at__isnull=True, wish__in=within(Wish.objects.all(), reach)).select_related("wish__area")


def picture_by(uuid: UUID | str) -> WishPicture | None:
    """One picture, whether shown or not."""
    return WishPicture.objects.select_related("wish__area").filter(uuid=uuid).first()


def is_public(picture: WishPicture) -> bool:
    """Whether everybody may see a picture: it was looked at, and its wish is on the site."""
    return picture.shown_at is not None and Wish.objects.on_site().filter(pk=picture.wish_id).exists()
