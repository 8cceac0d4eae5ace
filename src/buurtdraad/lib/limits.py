"""How often something may happen: counted by name and key, in windows of time, in the cache that the processes share."""

import datetime
import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from buurtdraad.lib.refusal import Refused


class TooOften(Refused):
    """Too often within the time; `seconds` until the next window."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        super().__init__(
            ngettext("Please wait %(n)d minute and try again.", "Please wait %(n)d minutes and try again.", minutes) % {"n": minutes}
        )


def limited(name: str, key: str, *, most: int, within: datetime.timedelta) -> None:
    """Count one more of `name` for `key` (hashed: an address is kept nowhere). Raises `TooOften` above `most` within the window."""
    seconds = int(within.total_seconds())
    window, into = divmod(int(time.time()), seconds)
    place = f"limit:{window}:" + salted_hmac("buurtdraad.limits", f"{name}\0{key}", algorithm="sha256").hexdigest()
    cache.add(place, 0, timeout=seconds)
    if cache.incr(place) > most:
        raise TooOften(seconds - into)


def limited_address(name: str, request: HttpRequest) -> None:
    """The large limit, of a network address: a full room at a neighbourhood evening does not reach it."""
    limited(f"{name} address", request.META.get("REMOTE_ADDR", ""), most=300, within=datetime.timedelta(hours=1))
