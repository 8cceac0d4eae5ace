"""When we try again, and under which name a case is known. Plain Python."""

import datetime
from uuid import UUID

FIRST_PAUSE, LONGEST_PAUSE = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)


def pause_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries: twice as long each time, up to six hours. There is no last try."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)


def identification_of(uuid: UUID) -> str:
    """The `identificatie` of a case (at most 40 signs), by which we find it back: of the request itself, so another copy of the
    product with other requests never finds ours."""
    return f"BD-{uuid.hex}"
