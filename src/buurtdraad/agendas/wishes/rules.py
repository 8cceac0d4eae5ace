"""What holds for wishes, in plain Python: their numbers, points that show no house, the promise of an answer."""

import datetime
import re

MOST_LETTERS = 2000
TITLE_LETTERS = 80
# Weeks in which an area promises an answer, where it chose nothing else: three.
PROMISED_DAYS = 21
# Degrees of latitude and longitude: some 110 by 70 metres in the Netherlands, a street and not a house.
STREET = 0.001
# From so many answers on a share is shown; fewer could be one neighbour.
LEAST_RATINGS = 10

# What the city mends when it is told, without anybody having to choose: a lamp that is out, litter, a loose tile.
BROKEN = r"kapot\w*|stuk|defect\w*|losse?|loszittend\w*|scheef|verstopt\w*|(?:over)?vol\w{0,2}|uit|brandt niet|doet het niet|werkt niet"
THINGS = (
    r"lamp\w*|lantaa?rn\w*|straatlamp\w*|straatverlichting|(?:stoep)?tegels?|put|putten|riool\w*|(?:afval|prullen)bak\w*"
    r"|container\w*|paaltjes?|verkeersbord\w*|(?:stop|verkeers)licht\w*"
)
STREET_DEFECT = re.compile(
    rf"\b(?:{THINGS})\b[^.!?\n]{{0,40}}\b(?:{BROKEN})\b|\b(?:{BROKEN})\b[^.!?\n]{{0,20}}\b(?:{THINGS})\b"
    r"|\bgat(?:en)? in (?:de|het) (?:weg|straat|stoep|fietspad|wegdek|asfalt)\b"
    r"|\b(?:grof ?vuil|zwerfafval|zwerfvuil|vuilniszak\w*)\b"
    r"|\b(?:ratten|rattenplaag|graffiti|hondenpoep)\b",
    re.IGNORECASE,
)

WORD = re.compile(r"[^\W\d_]+")


def reference(prefix: str, number: int) -> str:
    """How people name a wish: ZO-42."""
    return f"{prefix}-{number}"


def prefixes(name: str) -> list[str]:
    """Prefixes for the wishes of an area, the best first: Zuilen-Oost is ZO, else ZUO; Pijlsweerd is PI, else PIJ.

    Only the letters A to Z; "Ondiep/2e Daalsebuurt" is OD: a word that begins with a figure does not count.
    """
    words = [word.upper() for word in WORD.findall(re.sub(r"\b\d\w*", " ", name)) if word.isascii()] or ["WENS"]
    initials = "".join(word[0] for word in words)[:3]
    whole = "".join(words)
    short = [initials] if len(initials) > 1 else []
    return list(
        dict.fromkeys(
            [*short, *(whole[:length] for length in range(2, min(len(whole), 8) + 1)), *(f"{whole[:6]}{n}" for n in range(2, 100))]
        )
    )


def to_the_street(latitude: float, longitude: float) -> tuple[float, float]:
    """A point on a grid of streets: nobody can tell from it at which house somebody stood."""
    return round(round(latitude / STREET) * STREET, 3), round(round(longitude / STREET) * STREET, 3)


def answer_by(given_on: datetime.date, days: int) -> datetime.date:
    """The last day on which an answer is in time."""
    return given_on + datetime.timedelta(days=days)


def as_title(text: str) -> str:
    """The first words of a text, for a list: whole words, at most `TITLE_LETTERS` letters, the first sentence if that fits."""
    text = " ".join(text.split())
    first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    if len(first) <= TITLE_LETTERS:
        return first
    cut = text[:TITLE_LETTERS].rsplit(" ", 1)[0].rstrip(",;:-")
    return f"{cut}…"


def share_in_time(in_time: int, late: int) -> int | None:
    """Percent of the answers that are due which came in time, rounded down: 58 of 62 is 93. None when none is due."""
    due = in_time + late
    return in_time * 100 // due if due else None


def street_defect(text: str) -> bool:
    """Whether a text may be about something broken or dirty in the street, which the city's report line takes at once.

    It only offers that road; the text can still be sent as a wish.
    """
    return bool(STREET_DEFECT.search(text[:MOST_LETTERS]))
