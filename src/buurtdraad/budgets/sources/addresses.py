"""The list of people who get a letter with a code, as the municipality takes it out of its own register. It is read and never kept."""

import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buurtdraad.budgets.states import AgeBand
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Column, Line, RowRefused, TableRefused, folded, read

# A list of a neighbourhood in pieces of so many, so that a web process stays small: a letter is a page.
MOST_LETTERS = 1000
MOST_SAID = 10
YEAR = re.compile(r"\d{4}")
OLDEST = 120  # years
POSTCODE = re.compile(r"(\d{4})\s*([A-Z]{2})")
# From which age a band begins.
BANDS = ((12, AgeBand.YOUNG), (25, AgeBand.ADULT), (45, AgeBand.MIDDLE), (65, AgeBand.OLD))

COLUMNS = (
    Column("name", ("naam", "name", "volledige naam", "organisatie"), required=True, most=100),
    Column("street", ("adres", "address", "straat en huisnummer"), required=True, most=100),
    Column("postcode", ("postcode",), required=True, most=10),
    Column("town", ("plaats", "woonplaats", "town"), required=True, most=60),
    Column("born", ("geboortejaar", "geboren", "geboortedatum", "born"), most=10),
)


@dataclass(frozen=True)
class Addressee:
    """Who gets a letter. `mark` is the same for the same person however the list is written; only a keyed hash of it is kept."""

    name: str
    street: str
    postcode: str
    town: str
    born: str = ""
    age_band: str = ""

    @property
    def lines(self) -> list[str]:
        return [self.name, self.street, f"{self.postcode}  {self.town}"]

    @property
    def mark(self) -> str:
        """Without the year of birth: a second list may lack it."""
        return "|".join(map(folded, (self.name, self.street, self.postcode)))


def band_of(age: int) -> str:
    """The group of an age in years; empty below twelve."""
    return next((band.value for least, band in reversed(BANDS) if age >= least), "")


def addressees(content: bytes, *, youngest: int, on: datetime.date) -> list[Addressee]:
    """The people on a list. All rows are right, or none is taken: raises `TableRefused`, which names the first rows that are wrong.

    Who is surely younger than `youngest` (years) on this day is wrong.
    """
    found: dict[str, Addressee] = {}
    wrong: list[str] = []
    for line in read(content, COLUMNS, most_rows=MOST_LETTERS).lines:
        try:
            one = addressee(line, youngest=youngest, on=on)
            if one.mark in found:
                raise RowRefused(_("This person stands in the list twice."))
            found[one.mark] = one
        except RowRefused as refusal:
            wrong.append(_("Row %(number)s: %(why)s") % {"number": line.number, "why": refusal})
    if wrong:
        raise TableRefused(" ".join([_("No letter was made."), *wrong[:MOST_SAID]]))
    return list(found.values())


def addressee(line: Line, *, youngest: int, on: datetime.date) -> Addressee:
    """Somebody who gets a letter. Raises `RowRefused` with all that is wrong."""
    faults, text = Faults(line), line.text
    postcode = faults.of("postcode", postcode_of, text("postcode"))
    age = faults.of("born", age_of, text("born"), on)
    if age is not None and age < youngest:
        faults.say("born", _("This person is younger than %(years)s years.") % {"years": youngest})
    faults.tell()
    assert postcode, "what is wrong was told"
    return Addressee(text("name"), text("street"), postcode, text("town"), text("born"), band_of(age) if age is not None else "")


def postcode_of(text: str) -> str:
    code = POSTCODE.fullmatch(text.strip().upper())
    if code is None:
        raise RowRefused(_("This is no postcode. Write it as 3551 AB."))
    return f"{code[1]} {code[2]}"


def age_of(born: str, on: datetime.date) -> int | None:
    """How old somebody is who was born then (years); of a year alone how old they become in this year. None for an empty cell."""
    if not born:
        return None
    if YEAR.fullmatch(born):
        age = on.year - int(born)
    else:
        day = Line(0, {"born": born}).day("born")
        assert day
        age = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
    if not 0 <= age <= OLDEST:
        raise RowRefused(_("%(born)s is no year of birth.") % {"born": born})
    return age
