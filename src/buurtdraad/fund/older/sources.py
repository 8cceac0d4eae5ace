"""One row of a table of requests from an older system, before anybody asks where it is or whether it is there."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.fund.older.states import DECIDED, NO, STATES, YES, State
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Column, Line, RowRefused, folded
from buurtdraad.ui.euros import NoAmount, read_euros

NOTHING = Decimal(0)
MOST = Decimal(100_000_000)
MOST_DAYS_STILL = 730
# It stands in addresses of letters and in names of files.
NUMBER = re.compile(r"[A-Za-z0-9]+(?:[ ._/-][A-Za-z0-9]+)*")


COLUMNS: Sequence[Column] = (
    Column(
        "number", ("nummer", "zaaknummer", "aanvraagnummer", "number"), gettext_lazy("Its number in the older system."), required=True,
        most=18,
    ),
    Column("title", ("plan", "initiatief", "titel", "title"), gettext_lazy("What the plan is called."), required=True, most=120),
    Column("area", ("gebied", "buurt", "wijk", "area"), gettext_lazy("Name or code of the neighbourhood."), required=True),
    Column("asked", ("gevraagd", "gevraagd bedrag", "asked"), gettext_lazy("In euros, such as 1.234,56."), required=True, most=30),
    Column("received", ("ontvangen", "ontvangen op", "received"), gettext_lazy("On which day it came in: 31-12-2026."), required=True),
    Column(
        "state",
        ("stand", "status", "besluit", "state"),
        gettext_lazy("One of: loopt, toegekend, deels toegekend, afgewezen, buiten behandeling, ingetrokken."),
        required=True,
    ),
    Column("granted", ("toegekend bedrag", "toegekend", "verleend", "granted"), gettext_lazy("What was granted, in euros."), most=30),
    Column("decided", ("besloten op", "besluitdatum", "decided"), gettext_lazy("On which day was decided.")),
    Column("final", ("vastgesteld", "vastgesteld bedrag", "final"), gettext_lazy("The final amount, in euros."), most=30),
    Column("ended", ("afgerond op", "ended"), gettext_lazy("On which day it was finished. From then on we count how long it is kept.")),
    Column("complete", ("compleet op", "volledig op", "complete"), gettext_lazy("Of what still runs: on which day everything was there.")),
    Column("still", ("dagen stil", "opgeschort", "still"), gettext_lazy("Of what still runs: how many days the time stood still."), most=5),
    Column("starts", ("begint op", "starts"), gettext_lazy("The first day of the plan.")),
    Column("ends", ("eindigt op", "ends"), gettext_lazy("The last day of the plan.")),
    Column(
        "organisation", ("organisatie", "organisation"), gettext_lazy("The name of the association or foundation that asked."), most=150
    ),
    Column("applicant", ("aanvrager", "naam", "applicant"), gettext_lazy("Who asked. Needed of what still runs."), most=150),
    Column("address", ("adres", "address"), gettext_lazy("Where we send letters. Needed of what still runs."), most=200),
    Column("words", ("toelichting", "reden", "words"), gettext_lazy("Why it was decided so."), most=500),
)  # fmt: skip


@dataclass(frozen=True)
class OlderRow:
    """What a row says; days and amounts fit each other."""

    number: str
    title: str
    area: str
    asked: Decimal
    received_on: datetime.date
    state: State
    granted: Decimal
    final: Decimal | None
    decided_on: datetime.date | None
    ended_on: datetime.date | None
    complete_on: datetime.date | None
    still: int
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    organisation: str
    applicant: str
    address: str
    words: str


def row_of(faults: Faults, *, today: datetime.date) -> OlderRow:
    """Raises `RowRefused` for a row that cannot be so: with all cells that are wrong, else with all that does not fit together."""
    line, text, day = faults.line, faults.line.text, faults.day
    number, state, still = faults.of("number", number_of, line), faults.of("state", state_of, line), faults.of("still", days_still, line)
    asked, granted, final = (faults.of(key, amount, line, key) for key in ("asked", "granted", "final"))
    received, decided, ended, complete, starts, ends = map(day, ("received", "decided", "ended", "complete", "starts", "ends"))
    if state == State.RUNNING and not (text("applicant") and text("address")):
        faults.say("applicant", _("This still runs. Write who asked, and the address for letters."))
    faults.tell()
    assert number, "a needed column is filled, and what is wrong was told"
    assert state
    assert received
    assert asked is not None
    assert still is not None
    row = OlderRow(
        number=number, title=text("title"), area=text("area"), asked=asked, received_on=received, state=state,
        granted=granted or NOTHING, final=final, decided_on=decided, ended_on=ended, complete_on=complete, still=still,
        starts_on=starts, ends_on=ends, organisation=text("organisation"), applicant=text("applicant"), address=text("address"),
        words=text("words"),
    )  # fmt: skip
    faults.of("received", check_days, row, today)
    faults.of("granted", check_amounts, row)
    faults.tell()
    return row


def number_of(line: Line) -> str:
    if not NUMBER.fullmatch(line.text("number")):
        raise RowRefused(_("A number has letters and digits only, and . - / between them."))
    return line.text("number")


def state_of(line: Line) -> State:
    found = STATES.get(folded(line.text("state")))
    if found is None:
        raise RowRefused(_("We do not know the state %(state)s.") % {"state": line.text("state")})
    return found


def amount(line: Line, key: str) -> Decimal | None:
    if not line.text(key):
        return None
    try:
        found = read_euros(line.text(key))
    except NoAmount:
        found = NOTHING - 1
    if not 0 <= found < MOST:
        raise RowRefused(_("%(text)s is no amount in euros. Write it as 250 or 1.234,56.") % {"text": line.text(key)})
    return found


def days_still(line: Line) -> int:
    text = line.text("still") or "0"
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_DAYS_STILL:
        raise RowRefused(_("%(text)s is no number of days.") % {"text": text})
    return int(text)


def check_days(row: OlderRow, today: datetime.date) -> None:
    order = [day for day in (row.received_on, row.decided_on, row.ended_on) if day]
    if order != sorted(order) or (row.complete_on and row.complete_on < row.received_on):
        raise RowRefused(_("These days are not in order: it came in first, then was decided, then finished."))
    if any(day > today for day in (*order, *([row.complete_on] if row.complete_on else []))):
        raise RowRefused(_("This date has yet to come."))
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise RowRefused(_("The last day lies before the first day."))


def check_amounts(row: OlderRow) -> None:
    if row.state in DECIDED and row.decided_on is None:
        raise RowRefused(_("Write on which day was decided."))
    if row.state not in DECIDED and (row.decided_on or row.granted or row.final is not None):
        raise RowRefused(_("Nothing was decided here, and yet there is a decision in this row."))
    if row.state in NO and (row.granted or row.final):
        raise RowRefused(_("Who gets no money gets an amount of zero."))
    if row.state in YES and not 0 < row.granted <= row.asked:
        raise RowRefused(_("What was granted has to be above zero, and not more than was asked."))
    if row.state in YES and (row.granted == row.asked) != (row.state == State.GRANTED):
        raise RowRefused(_("This does not fit: all that was asked is 'toegekend', less is 'deels toegekend'."))
    if row.final is not None and row.final > row.granted:
        raise RowRefused(_("The final amount is more than was granted."))
