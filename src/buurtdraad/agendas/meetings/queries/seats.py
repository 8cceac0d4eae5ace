"""Places in a meeting: how many are taken, who waits and where in the line, and the link of a sign-up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import override

from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.meetings.states import TAKES_A_PLACE, Seat
from buurtdraad.messages.models import Slip

SIGN_UP = "agendas.sign_up"


@dataclass(frozen=True)
class Seats:
    """How many people come and wait. `free` is None where as many can come as want to."""

    taken: int = 0
    waiting: int = 0
    free: int | None = None

    @property
    def full(self) -> bool:
        return self.free is not None and self.free <= 0


def seats_of(meetings: Iterable[Meeting]) -> dict[int, Seats]:
    """The places of many meetings, by their id. One query."""
    meetings = list(meetings)
    rows = (
        SignUp.objects.filter(meeting__in=meetings)
        .order_by()
        .values("meeting")
        .annotate(taken=Sum("people", filter=Q(stage__in=TAKES_A_PLACE)), waiting=Sum("people", filter=Q(stage=Seat.WAITING)))
    )
    sums = {row["meeting"]: (row["taken"] or 0, row["waiting"] or 0) for row in rows}
    found = {}
    for meeting in meetings:
        taken, waiting = sums.get(meeting.pk, (0, 0))
        found[meeting.pk] = Seats(taken, waiting, None if meeting.capacity is None else max(0, meeting.capacity - taken))
    return found


def place_in_line(sign_up: SignUp) -> int:
    """Where somebody stands on the waiting list, from 1; 0 for who is not on it."""
    if sign_up.stage != Seat.WAITING:
        return 0
    return SignUp.objects.filter(meeting=sign_up.meeting_id, stage=Seat.WAITING, pk__lte=sign_up.pk).count()


def own_token(sign_up: SignUp) -> str:
    """What opens somebody's own sign-up, for whoever holds it."""
    return signing.dumps(sign_up.uuid.hex, salt=SIGN_UP, compress=False)


def own_path(sign_up: SignUp) -> str:
    """The page on which somebody changes or takes back their own sign-up."""
    with override("nl"):
        return reverse("agendas:sign_up", args=[own_token(sign_up)])


def sign_up_of(token: str) -> SignUp | None:
    """The sign-up of such a link; None for one that we did not make, or of what is gone."""
    try:
        uuid = signing.loads(token, salt=SIGN_UP)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return SignUp.objects.select_related("meeting__area", "contact__person").filter(uuid=uuid).first()


def sign_up_by_slip(number: str) -> SignUp | None:
    """The sign-up that a slip's number is about; None when it is of no sign-up."""
    thing = Slip.objects.filter(number=number).values_list("thing", flat=True).first() or ""
    kind, _colon, uuid = thing.partition(":")
    return SignUp.objects.filter(uuid=uuid).first() if kind == "signup" else None


def slip_of(sign_up: SignUp) -> str:
    """The number of the slip of a sign-up; empty where there is none."""
    return Slip.objects.filter(thing=sign_up.thing).values_list("number", flat=True).first() or ""


def list_of(meeting: Meeting) -> list[SignUp]:
    """Everybody who signed up and did not sign off: who comes first, by name, then the waiting list in its order."""
    found = list(SignUp.objects.filter(meeting=meeting).exclude(stage=Seat.CANCELLED))
    coming = sorted((one for one in found if one.stage != Seat.WAITING), key=lambda one: (one.name.lower(), one.pk))
    return [*coming, *(one for one in found if one.stage == Seat.WAITING)]
