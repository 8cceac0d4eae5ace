"""What holds for initiatives, in plain Python: their address, what may be a name, and how much support is enough."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction

SLUG_LETTERS = 70
# Words that stand in addresses of their own below `/initiatieven/`.
RESERVED = frozenset({"nieuw", "kaart", "lijst", "link", "foto", "mijn", "zorgen", "bewijs"})
WITHOUT_LETTERS = "initiatief"
# How long a link goes on working.
GO_ON_DAYS, INVITED_DAYS, CONFIRM_DAYS = 30, 30, 7
NAME = re.compile(r"[^\W\d_]+(?:(?:[ '’-]|\. )[^\W\d_]+){0,3}\.?")
NAME_LETTERS = 40
# Rows of a page.
CARDS, LINES = 12, 50


def slug_from(title: str) -> str:
    """A title as the last part of an address: "Tuin & bank!" is "tuin-bank". Letters without a plain form are left out."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LETTERS].strip("-") or WITHOUT_LETTERS


def slugs_for(title: str) -> Iterator[str]:
    """Addresses to try, the best first: `tuin`, `tuin-2`, `tuin-3`. None of them is a word that has a page of its own."""
    base = slug_from(title)
    if base not in RESERVED:
        yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def is_name(text: str) -> bool:
    """Whether this can be what people call somebody: at most four words of letters, so no address and no sentence."""
    return len(text) <= NAME_LETTERS and bool(NAME.fullmatch(text))


# --- what the neighbours think -----------------------------------------------------------------------------

# The municipality asks "a large majority" and names no number. Ours is two of three, of all who are there.
LARGE_MAJORITY = Fraction(2, 3)
# Fewer answers than this give away who gave them: then only how many there are is shown.
FEWEST_TO_SHOW = 5
# With fewer people against, no part of the street is shown by itself: whoever reads it would look for that one neighbour.
FEWEST_AGAINST = 10


def is_enough(rule: str, *, units: int | None, says_for: int, against: int, neutral: int) -> bool | None:
    """Whether a zone has the support that its rule asks; None while nobody knows how many there are in it (`units`)."""
    if rule == "everybody" and (against or neutral):
        return False
    if units is None:
        return None
    if rule == "everybody":
        return says_for >= units
    if rule == "majority":
        return says_for >= LARGE_MAJORITY * units
    return says_for + against + neutral >= units


def may_split(against: int, parts: Iterable[int]) -> bool:
    """Whether the parts of a total (each by its number of answers) may be shown by themselves.

    One that is too small hides all: else it could be found by subtraction.
    """
    return against >= FEWEST_AGAINST and all(part == 0 or part >= FEWEST_TO_SHOW for part in parts)


POSTCODE, HOUSE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}"), re.compile(r"[1-9][0-9]{0,4}[0-9A-Z-]{0,6}")


def household_words(postcode: str, number: str) -> str:
    """An address in one way of writing: "3562 kj" and "12 a" are "3562KJ 12A". Empty for what is no Dutch address."""
    code, house = ("".join(part.split()).upper() for part in (postcode, number))
    return f"{code} {house}" if POSTCODE.fullmatch(code) and HOUSE.fullmatch(house) else ""
