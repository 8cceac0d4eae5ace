"""Who may say something below a wish, and who decides what stands there."""

from buurtdraad.accounts.access import duty_for, has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.wishes.access import READERS, Someone, signed_in


def may_react(person: Someone) -> bool:
    """Whether somebody may say something: who is signed in."""
    return signed_in(person) is not None


def may_decide(person: Someone, comment: Comment) -> bool:
    """Whether somebody may show or hide this comment: who reads wishes in its area."""
    return has_duty(person, *READERS, area=comment.wish.area)


def duty_here(person: Person, comment: Comment) -> str:
    """From which duty somebody does that, for the record."""
    return duty_for(person, *READERS, area=comment.wish.area)
