"""All that can be of a person, in visible lists: each room says what it has, gives it along, and takes it away.

A room that comes adds a `Part` for each kind of thing on the page, and one `Kept`. A test walks all keys to persons
and contacts, and fails for one that is neither in the `given` of a room nor in a list here that says why.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.own import actions as erasing_account
from buurtdraad.accounts.own import queries as account
from buurtdraad.agendas.own import actions as erasing_agendas
from buurtdraad.agendas.own import queries as agendas
from buurtdraad.agendas.own.queries import agenda, comments, meetings, wishes
from buurtdraad.budgets.own import actions as erasing_budgets
from buurtdraad.budgets.own import queries as budgets
from buurtdraad.fund.own import actions as erasing_fund
from buurtdraad.fund.own import queries as fund
from buurtdraad.initiatives.own import actions as erasing_initiatives
from buurtdraad.initiatives.own import queries as initiatives
from buurtdraad.messages.own import actions as erasing_messages
from buurtdraad.messages.own import queries as messages
from buurtdraad.method.own import actions as erasing_method
from buurtdraad.method.own import queries as method
from buurtdraad.method.queries.runs import runs_of
from buurtdraad.money.own import actions as erasing_money
from buurtdraad.money.own import queries as money
from buurtdraad.pages.confirming.queries import rows_to_confirm
from buurtdraad.partners.own import actions as erasing_partners
from buurtdraad.partners.own import queries as partners
from buurtdraad.partners.queries import contacts as of_contacts
from buurtdraad.placements.own import actions as erasing_placements
from buurtdraad.placements.own import queries as placements
from buurtdraad.placements.own.queries import after, shifts, training
from buurtdraad.placements.queries import training as of_training
from buurtdraad.ui.rows import Row
from buurtdraad.works.own import actions as erasing_works
from buurtdraad.works.own import queries as works

# Of one part on `/mijn/`; the rest is a link away.
MOST_ROWS = 5
# Of one list on `/mijn/gegevens/`; the file has them all.
MOST_SHOWN = 20


@dataclass(frozen=True)
class Part:
    """A kind of thing that a person can have: the name of its page, a title, the things (last one first), and a line for each."""

    slug: str
    title: str | Promise
    of: Callable[[Person], QuerySet | Sequence]
    row: Callable[[Any], Row]


PARTS = (
    Part("wensen", _("Your wishes"), wishes.wishes_of, wishes.wish_row),
    Part("plannen", _("Your plans"), initiatives.plans_of, initiatives.plan_row),
    Part("budgetplannen", _("Your plans for a neighbourhood budget"), budgets.plans_of, budgets.plan_row),
    Part("goede-plannen", _("Plans that you like"), budgets.likes_of, budgets.like_row),
    Part("hulp", _("Where you want to help"), initiatives.offers_of, initiatives.offer_row),
    Part("meningen", _("What you think of plans"), initiatives.opinions_of, initiatives.opinion_row),
    Part("volgt", _("Wishes that you want too or follow"), wishes.followed_by, wishes.followed_row),
    Part("ingesproken", _("What you spoke in"), wishes.waiting_notes_of, wishes.note_row),
    Part("aanvragen", _("Your requests for money"), fund.applications_of, fund.application_row),
    Part("bijeenkomsten", _("Your meetings"), meetings.sign_ups_of, meetings.sign_up_row),
    Part("meedoen", _("What you take part in"), agenda.part_of, agenda.part_row),
    Part("reacties", _("Your reactions"), comments.comments_by, comments.comment_row),
    Part("berichten", _("What we told you"), messages.told_to, messages.message_row),
    Part("opleiding", _("Your training"), of_training.enrolments_of, training.enrolment_row),
    Part("taken", _("Your duties"), account.duties_of, account.duty_row),
    Part("werkwijze", _("Where you work on the working method"), runs_of, method.run_row),
    Part("partners", _("For whom you speak"), partners.spoken_by, partners.voice_row),
    Part("lessen", _("Lessons that you wrote down"), method.lessons_by, method.lesson_row),
    Part("terugkijken", _("Look back on your placements"), after.looked_back_on, after.looked_back_row),
    Part("lessen-van-stages", _("Lessons that you shared"), after.lessons_by, after.lesson_row),
    Part("stages", _("Your placements"), shifts.placements_of, shifts.placement_row),
    Part("gastheer", _("Where you are host"), shifts.hosts_of_person, shifts.host_row),
    Part("projecten", _("Projects that you lead"), works.led_by, works.work_row),
    Part("wie-werkt-hier", _("You on the site"), of_contacts.faces_of, partners.face_row),
    Part("meldingen", _("What you reported"), account.reports_by, account.report_row),
)
BY_SLUG = {part.slug: part for part in PARTS}

# What only this person can do, and what they can change; each gives lines.
WAITING: tuple[Callable[[Person], Sequence[Row]], ...] = (
    account.waiting_for,
    messages.number_rows,
    shifts.asking_rows,
    after.waiting_rows,
    training.rows_waiting,
    fund.waiting_rows,
    rows_to_confirm,
)
SETTINGS: tuple[Callable[[Person], Sequence[Row]], ...] = (messages.way_rows, account.sign_in_rows)
# For who works for the municipality, also without a page of work.
COLLEAGUES: tuple[Callable[[Person], Sequence[Row]], ...] = (shifts.entrance_rows,)


@dataclass(frozen=True)
class Kept:
    """What a room keeps of a person: its name in the file to take along, what goes in, by which keys, and how it goes.

    `erase(person, at=)` takes it away, except what was decided: that stays without the person. A room that keeps the e-mail
    address of somebody too takes over another one: `follow_address(person, old=, at=)`.
    """

    name: str
    personal_data: Callable[[Person], dict]
    given: frozenset[str]
    erase: Callable[..., None]
    follow_address: Callable[..., None] | None = None


# In the order in which they erase: upper rooms first, the account last.
KEPT = (
    Kept("buurtbudgetten", budgets.personal_data, budgets.GIVEN, erasing_budgets.erase),
    Kept("geld voor plannen", fund.personal_data, fund.GIVEN, erasing_fund.erase),
    Kept("wat wij u betaalden", money.personal_data, money.GIVEN, erasing_money.erase),
    Kept("plannen van bewoners", initiatives.personal_data, initiatives.GIVEN, erasing_initiatives.erase),
    Kept("opleiding en stages", placements.personal_data, placements.GIVEN, erasing_placements.erase, erasing_placements.follow_address),
    Kept("werkwijze", method.personal_data, method.GIVEN, erasing_method.erase),
    Kept("projecten", works.personal_data, works.GIVEN, erasing_works.erase, erasing_works.follow_address),
    Kept("uw buurt", agendas.personal_data, agendas.GIVEN, erasing_agendas.erase),
    Kept("partners", partners.personal_data, partners.GIVEN, erasing_partners.erase, erasing_partners.follow_address),
    Kept("hoe u van ons hoort", messages.personal_data, messages.GIVEN, erasing_messages.erase, erasing_messages.follow_address),
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
    found = ((part, list(things[: MOST_ROWS + 1])) for part, things in there(person))
    return [(part, [part.row(thing) for thing in things[:MOST_ROWS]], len(things) > MOST_ROWS) for part, things in found if things]


def there(person: Person) -> list[tuple[Part, QuerySet | Sequence]]:
    """The parts of which this person has something. One query for all that is not read yet: most people have a few of them."""
    every = [(part, part.of(person)) for part in PARTS]
    unread = {part.slug: things for part, things in every if isinstance(things, QuerySet)}
    answers = Person.objects.filter(pk=person.pk).values_list(*(Exists(things.order_by()) for things in unread.values())).get()
    has = dict(zip(unread, answers, strict=True))
    return [(part, things) for part, things in every if has.get(part.slug, True)]


def lines(lists: Sequence[Callable[[Person], Sequence[Row]]], person: Person) -> list[Row]:
    """The lines of several rooms, one after the other."""
    return [row for of in lists for row in of(person)]


def as_lines(data: dict, depth: int = 0) -> list[tuple[int, str, str]]:
    """Data as a person reads it: how deep a line lies, what it is, and its value in words; what is empty is left out."""
    lines = []
    for name, value in data.items():
        if isinstance(value, dict):
            inside = as_lines(value, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            inside = [line for each in value[:MOST_SHOWN] for line in one_of_many(each, depth + 1)] + rest_of(value, depth + 1)
        else:
            lines += [(depth, str(name), said)] if (said := in_words(value)) else []
            continue
        lines += [(depth, str(name), ""), *inside] if inside else []
    return lines


def one_of_many(value: object, depth: int) -> list[tuple[int, str, str]]:
    return as_lines(value, depth) if isinstance(value, dict) else [(depth, "", in_words(value))]


def rest_of(value: Sequence, depth: int) -> list[tuple[int, str, str]]:
    """One line for what is not shown."""
    more = len(value) - MOST_SHOWN
    if more <= 0:
        return []
    return [
        (
            depth,
            "",
            ngettext("And %(number)d more. The file has them all.", "And %(number)d more. The file has them all.", more) % {"number": more},
        )
    ]


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
    """All that the rooms have of a person, with the moment. What may be long is read when somebody looks at it: `whole` reads it all."""
    return {"gemaakt op": at} | {kept.name: kept.personal_data(person) for kept in reversed(KEPT)}


def whole(data: Any) -> Any:
    """The same with every list read to its end, ready to be written as JSON."""
    if isinstance(data, dict):
        return {name: whole(value) for name, value in data.items()}
    return list(data) if isinstance(data, Sequence) and not isinstance(data, str) else data
