"""Comments below a wish, and those that wait for somebody to read them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.comments.states import Showing
from buurtdraad.agendas.wishes.access import within
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing as Seen


def of_family(wish: Wish) -> QuerySet[Comment]:
    """All comments on a wish, on the one in which it lives on, and on those that were joined to that."""
    head = wish.head_id or wish.pk
    return Comment.objects.filter(Q(wish=head) | Q(wish__head=head))


def comments_on(wish: Wish) -> QuerySet[Comment]:
    """What everybody reads below a wish, the oldest first."""
    return of_family(wish).on_site()  # type: ignore[attr-defined] # the stubs lose the queryset's own methods


def waiting_of(wish: Wish, person: Person) -> QuerySet[Comment]:
    """What this person said there that nobody read yet."""
    return of_family(wish).filter(person=person, showing=Showing.WAITING)


def to_read(reach: Reach) -> QuerySet[Comment]:
    """Comments in reach that wait until somebody reads them, the oldest first, with their wish and its area."""
    wishes = within(Wish.objects.all(), reach)
    return Comment.objects.filter(showing=Showing.WAITING, wish__in=wishes).select_related("wish__area", "person")


def comment_by(uuid: UUID | str) -> Comment | None:
    """One comment, whether shown or not."""
    return Comment.objects.select_related("wish__area", "wish__head").filter(uuid=uuid).first()


def among(ids: Collection[str]) -> dict[str, Comment]:
    """Those of these comments (public ids as text) that were put on the site with their wish, also those that a moderator has hidden."""
    known = [one for one in ids if is_uuid(one)]
    found = Comment.objects.filter(uuid__in=known, showing=Showing.SHOWN, wish__showing=Seen.SHOWN).select_related("wish__area")
    return {str(comment.uuid): comment for comment in found}


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
