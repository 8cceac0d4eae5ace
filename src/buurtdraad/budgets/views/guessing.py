"""The limit on guessing codes. Only wrong codes count, so nothing is kept of an address from which people just vote."""

import datetime

from django.http import HttpRequest

from buurtdraad.lib.limits import address_of, limited, refuse_full

# A whole library mistypes less: an error in typing is found by the check symbol, and is no guess. A guess hits once in 10^13.
MOST_WRONG, WITHIN = 60, datetime.timedelta(hours=1)
NAME = "voting code"


def refuse_guesser(request: HttpRequest) -> None:
    """Raises `TooOften` for an address that tried too many codes that do not exist; also for its next right one."""
    refuse_full(NAME, address_of(request), most=MOST_WRONG, within=WITHIN)


def count_guess(request: HttpRequest) -> None:
    """A code was wrong. Raises `TooOften` when that was one too many."""
    limited(NAME, address_of(request), most=MOST_WRONG, within=WITHIN)
