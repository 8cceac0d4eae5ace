"""What may be said and believed at the door: devices in rough words, numbers that are citizen service numbers."""

import datetime

# How long a link to sign in works, and how often its code may be tried.
LINK_VALID_FOR = datetime.timedelta(minutes=15)
# For what cannot be undone: a device that was left open somewhere is not enough. The second step itself is stricter.
QUITE_LATELY = datetime.timedelta(minutes=10)
LATELY = datetime.timedelta(minutes=30)
CODE_TRIES = 5
CODE_LENGTH = 6

BROWSERS: tuple[tuple[str, str], ...] = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: tuple[tuple[str, str], ...] = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """A browser and a system in rough words: "Firefox, Windows". Empty when neither is known."""
    words = [next((name for sign, name in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, words))


def same_domain(one: str, other: str) -> bool:
    """Whether two e-mail addresses are of one organisation."""
    mine, theirs = (address.strip().lower().rpartition("@")[2] for address in (one, other))
    return bool(mine) and mine == theirs


def looks_like_bsn(text: str) -> bool:
    """Whether a text could be a citizen service number: eight or nine digits that pass the check by eleven.

    Wet algemene bepalingen burgerservicenummer; the last digit counts negatively.
    """
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (8, 9):
        return False
    *first, last = (int(digit) for digit in digits.zfill(9))
    return (sum(weight * digit for weight, digit in zip(range(9, 1, -1), first, strict=True)) - last) % 11 == 0 and int(digits) > 0
