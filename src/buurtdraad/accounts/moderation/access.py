"""Who may look at reports and decide on them: moderators and administrators, signed in with a second factor."""

from django.http import HttpRequest

from buurtdraad.accounts.access import with_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person

MAY_DECIDE = (Duty.MODERATOR, Duty.ADMINISTRATOR)


def signed_in(request: HttpRequest) -> Person:
    """The person of a request that a rule has let through."""
    assert isinstance(request.user, Person)
    return request.user


MODERATORS = with_duty(*MAY_DECIDE)
