"""A wish as everybody may know it."""

from buurtdraad.agendas.wishes.models import Wish


def wish_on_site(reference: str) -> Wish | None:
    """The wish of this number as it stands on the site, the one in which it lives on where it was joined; None when it is not there."""
    if not reference.isprintable() or len(reference) > 20:
        return None
    shown = Wish.objects.on_site().select_related("area")
    wish = shown.filter(reference=reference).first()
    return shown.filter(pk=wish.head_id).first() if wish and wish.head_id else wish
