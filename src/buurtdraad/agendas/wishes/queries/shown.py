"""A wish as everybody may know it."""

from django.db.models import Q

from buurtdraad.agendas.wishes.models import Wish


def wish_on_site(reference: str) -> Wish | None:
    """The wish of this number as it stands on the site, the one in which it lives on where it was joined; None when it is not there."""
    if not reference.isprintable() or len(reference) > 20:
        return None
    shown = Wish.objects.on_site().select_related("area")
    wish = shown.filter(reference=reference).first()
    return shown.filter(pk=wish.head_id).first() if wish and wish.head_id else wish


def family_ids(wish: Wish) -> list[int]:
    """The ids of a wish, of the one in which it lives on, and of all that were joined to that. One query.

    Asked apart: an "or" over a join would read every row of the city.
    """
    head = wish.head_id or wish.pk
    return list(Wish.objects.filter(Q(pk=head) | Q(head=head)).order_by().values_list("pk", flat=True))
