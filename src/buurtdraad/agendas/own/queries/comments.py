"""What a person said below wishes."""

from django.db.models import QuerySet
from django.urls import reverse

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.ui.rows import Row

GIVEN = frozenset({"agendas.Comment.person"})


def comments_by(person: Person) -> QuerySet[Comment]:
    """The reactions of a person, the last one first."""
    return Comment.objects.filter(person=person).select_related("wish__head").order_by("-at", "-id")


def comment_row(comment: Comment) -> Row:
    wish = comment.wish.head or comment.wish
    url = reverse("pages:wish", args=[wish.reference]) if wish.showing == Showing.SHOWN else ""
    return Row(f"{wish.reference}: {as_title(comment.text)}", url, comment.get_showing_display(), comment.at)


def personal_data(person: Person) -> dict:
    return {
        "reacties": [
            {
                "wens": one.wish.reference,
                "naam": one.name,
                "uw woorden": one.text,
                "op": one.at,
                "stand": one.get_showing_display(),
            }
            for one in comments_by(person)
        ],
    }
