"""Who may look at reports and decide on them: moderators and administrators, signed in with a second factor."""

from django.http import HttpRequest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.lib.access import Rule

MAY_DECIDE = (Duty.MODERATOR, Duty.ADMINISTRATOR)


def has_one_of(request: HttpRequest, duties: tuple[Duty, ...]) -> bool:
    """Whether this session passed a second factor and its person holds one of these duties today, anywhere."""
    if not request.user.is_authenticated or not request.session.get("second_factor"):
        return False
    return DutyHeld.objects.on(timezone.localdate()).filter(person=request.user, duty__in=duties).exists()


def signed_in(request: HttpRequest) -> Person:
    """The person of a request that a rule has let through."""
    assert isinstance(request.user, Person)
    return request.user


MODERATORS = Rule(
    "moderator or administrator",
    "Who has the duty moderator or administrator, signed in with a second factor.",
    lambda request: has_one_of(request, MAY_DECIDE),
)
