"""All that can be of a person, in visible lists: each room says what it has, gives it along, and takes it away.

A room that comes adds a `Part` for each kind of thing on the page, and one `Kept`. A test walks all keys to persons
and contacts, and fails for one that is neither in the `given` of a room nor in a list here that says why.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.own import actions as erasing_account
from buurtdraad.accounts.own import queries as account
from buurtdraad.messages.own import actions as erasing_messages
from buurtdraad.messages.own import queries as messages
from buurtdraad.ui.rows import Row

# Of one part on `/mijn/`; the rest is a link away.
MOST_ROWS = 5


@dataclass(frozen=True)
class Part:
    """A kind of thing that a person can have: the name of its page, a title, the things (last one first), and a line for each."""

    slug: str
    title: str | Promise
    of: Callable[[Person], QuerySet | Sequence]
    row: Callable[[Any], Row]


PARTS = (
    Part("berichten", _("What we told you"), messages.told_to, messages.message_row),
    Part("taken", _("Your duties"), account.duties_of, account.duty_row),
    Part("meldingen", _("What you reported"), account.reports_by, account.report_row),
)
BY_SLUG = {part.slug: part for part in PARTS}

# What only this person can do, and what they can change; each gives lines.
WAITING: tuple[Callable[[Person], Sequence[Row]], ...] = (account.waiting_for, messages.number_rows)
SETTINGS: tuple[Callable[[Person], Sequence[Row]], ...] = (messages.way_rows, account.sign_in_rows)


@dataclass(frozen=True)
class Kept:
    """What a room keeps of a person: its name in the file to take along, what goes in, by which keys, and how it goes.

    `erase(person, at=)` takes it away, except what was decided: that stays without the person.
    """

    name: str
    personal_data: Callable[[Person], dict]
    given: frozenset[str]
    erase: Callable[..., None]


# In the order in which they erase: upper rooms first, the account last.
KEPT = (
    Kept("hoe u van ons hoort", messages.personal_data, messages.GIVEN, erasing_messages.erase),
    Kept("account", account.personal_data, account.GIVEN, erasing_account.erase),
)

# Keys to persons that are not given along, and why.
NOT_GIVEN = {
    "accounts.DutyHeld.given_by": "is of the person who has the duty; what somebody did at work is in their own log",
    "accounts.Report.decided_by": "is what somebody decided at work; that they did is in their own log",
    "accounts.DestructionList.proposed_by": "is what somebody decided at work; that they did is in their own log",
    "accounts.DestructionList.decided_by": "is what somebody decided at work; that they did is in their own log",
    "account.EmailAddress.user": "table of a package, always empty: addresses are our own",
    "socialaccount.SocialAccount.user": "table of a package, always empty: identities are our own",
}

# Keys that still lead to the emptied row after erasing, and why: what was decided stays, without the person.
STAYS = {
    "accounts.DutyHeld.given_by": "somebody else's duty was given by who had the right to",
    "accounts.Report.decided_by": "the decision holds",
    "accounts.DestructionList.proposed_by": "what was destroyed has to be shown to have had four eyes",
    "accounts.DestructionList.decided_by": "what was destroyed has to be shown to have had four eyes",
}


def shown(person: Person) -> list[tuple[Part, list[Row], bool]]:
    """The parts of which this person has something, each with its first rows and whether there are more."""
    found = ((part, list(part.of(person)[: MOST_ROWS + 1])) for part in PARTS)
    return [(part, [part.row(thing) for thing in things[:MOST_ROWS]], len(things) > MOST_ROWS) for part, things in found if things]


def lines(lists: Sequence[Callable[[Person], Sequence[Row]]], person: Person) -> list[Row]:
    """The lines of several rooms, one after the other."""
    return [row for of in lists for row in of(person)]


def as_lines(data: dict, depth: int = 0) -> list[tuple[int, str, str]]:
    """Data as a person reads it: how deep a line lies, what it is, and its value in words; what is empty is left out."""
    lines = []
    for name, value in data.items():
        if isinstance(value, dict):
            inside = as_lines(value, depth + 1)
        elif isinstance(value, list | tuple):
            inside = [line for each in value for line in one_of_many(each, depth + 1)]
        else:
            lines += [(depth, str(name), said)] if (said := in_words(value)) else []
            continue
        lines += [(depth, str(name), ""), *inside] if inside else []
    return lines


def one_of_many(value: object, depth: int) -> list[tuple[int, str, str]]:
    return as_lines(value, depth) if isinstance(value, dict) else [(depth, "", in_words(value))]


def in_words(value: object) -> str:
    """One value: dates in full, yes and no, nothing for what is empty."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return "" if value is None else str(value)


def everything(person: Person, *, at: datetime.datetime) -> dict:
    """All that the rooms have of a person, with the moment; ready to be written as JSON."""
    return {"gemaakt op": at} | {kept.name: kept.personal_data(person) for kept in reversed(KEPT)}
