"""What waits for somebody at work, in one visible list: each room adds a line to `KINDS`. And what of the site they work with."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts import queries as accounts
from buurtdraad.accounts.access import ADMINISTRATOR, SIGNED_IN, counting, has_duty
from buurtdraad.accounts.destruction import queries as destruction
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation import queries as moderation
from buurtdraad.accounts.moderation.access import MODERATORS, areas_to_moderate
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.lib.access import Rule
from buurtdraad.messages import queries as messages
from buurtdraad.messages.access import CALLER, CALLERS, areas_to_call
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.reporting.things import named_among
from buurtdraad.places import queries as places

# So many of one kind stand on the page; the page of that kind has them all.
MOST = 20
# Days before its end from which a duty asks for an answer: does it go on?
SOON = 30


# --- what waits ------------------------------------------------------------------------------------


def calls(person: Person, on: datetime.date) -> list[WorkItem]:
    """People to call. Who they are stands behind the link: this title goes into a mail too."""
    if not has_duty(person, *CALLERS, on=on):
        return []
    found = messages.calls(areas_to_call(person, on), most=MOST + 1)
    return [
        WorkItem(
            _("Call about: %(what)s") % {"what": call.messages[0].subject},
            reverse("messages:call", args=[call.contact.uuid]),
            area=", ".join(call.area_names),
            since=localdate(call.since),
        )
        for call in found
    ]


def reports(person: Person, on: datetime.date) -> list[WorkItem]:
    """Reports to decide on. Somebody in danger cannot wait for the next day; about what is gone, nobody is."""
    reach = areas_to_moderate(person, on)
    if not (reach.everywhere or reach.codes):
        return []
    found = list(moderation.waiting(reach)[: MOST + 1])
    there = named_among(report.thing for report in found if report.reason == Reason.DANGER)
    return [
        WorkItem(
            _("Report: %(reason)s") % {"reason": report.get_reason_display()},
            reverse("pages:decide_report", args=[report.uuid]),
            (localdate(report.made_at) - on).days if report.reason == Reason.DANGER and report.thing in there else None,
            area=report.place or "",  # type: ignore[attr-defined]
            since=localdate(report.made_at),
        )
        for report in found
    ]


def destruction_lists(person: Person, on: datetime.date) -> list[WorkItem]:
    """The list of what is past its time, for another than who proposed it."""
    made = destruction.list_for(person) if has_duty(person, Duty.ADMINISTRATOR, on=on) else None
    if made is None:
        return []
    return [WorkItem(_("Decide what we destroy"), reverse("pages:destruction"), since=localdate(made.proposed_at))]


def ending_duties(person: Person, on: datetime.date) -> list[WorkItem]:
    """Duties of colleagues that end soon, for who can let them go on."""
    if not has_duty(person, Duty.ADMINISTRATOR, on=on):
        return []
    return [
        WorkItem(
            _("%(name)s: %(duty)s ends") % {"name": held.person, "duty": held.get_duty_display()},
            reverse("accounts:person_duties", args=[held.person.uuid]),
            (held.until_on - on).days,  # type: ignore[operator]
            area=held.place or _("The whole city"),  # type: ignore[attr-defined]
        )
        for held in accounts.ending(on=on, days=SOON, but=person, most=MOST + 1)
    ]


def undelivered_mails(person: Person, on: datetime.date) -> list[WorkItem]:
    """Mails that nobody got, in one line: one page has them all."""
    if not has_duty(person, Duty.ADMINISTRATOR, on=on):
        return []
    found = messages.number_undelivered()
    if found.since is None:
        return []
    return [
        WorkItem(
            _("Mails that did not arrive: %(number)s") % {"number": found.number},
            reverse("messages:undelivered"),
            since=localdate(found.since),
        )
    ]


@dataclass(frozen=True)
class WorkKind:
    """One kind of work. `items(person, on)` gives what this person may do, the most urgent first, at most one more than `MOST`.

    `page` is the URL name of where all of this kind stands. Texts are in the language of the moment.
    """

    name: str
    label: str | Promise
    icon: str
    page: str
    items: Callable[[Person, datetime.date], list[WorkItem]]


KINDS = (
    WorkKind("calls", gettext_lazy("To call"), "phone", "messages:calls", calls),
    WorkKind("reports", gettext_lazy("Reports"), "warning", "pages:report_queue", reports),
    WorkKind("destruction", gettext_lazy("What is past its time"), "shield", "pages:destruction", destruction_lists),
    WorkKind("duties", gettext_lazy("Duties that end"), "calendar", "accounts:duties", ending_duties),
    WorkKind("mails", gettext_lazy("Mail that did not arrive"), "letter", "messages:undelivered", undelivered_mails),
)


@dataclass(frozen=True)
class Waiting:
    """What waits for a person, the most urgent first, and the kinds of which there is more than stands here."""

    lines: list[tuple[WorkKind, WorkItem]] = field(default_factory=list)
    more: list[WorkKind] = field(default_factory=list)

    @property
    def items(self) -> list[WorkItem]:
        return [item for _kind, item in self.lines]


def waiting_for(person: Person, *, on: datetime.date) -> Waiting:
    """All that waits for this person on a day: what is late first, then by days left, then what waits longest."""
    found = [(kind, kind.items(person, on)) for kind in KINDS]
    lines = [(kind, item) for kind, items in found for item in items[:MOST]]
    return Waiting(sorted(lines, key=lambda line: urgency(line[1])), [kind for kind, items in found if len(items) > MOST])


def urgency(item: WorkItem) -> tuple[bool, int, datetime.date]:
    return item.days_left is None, item.days_left or 0, item.since or datetime.date.max


# --- where, and with what ----------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkArea:
    """A place in which somebody has duties of staff. Without a code it is the whole city."""

    code: str
    name: str
    duties: list[str]
    may_call: bool


def work_areas(person: Person, *, on: datetime.date) -> list[WorkArea]:
    """The places of a person's duties of staff, by name, the whole city first. One query."""
    by_code: dict[str, list[DutyHeld]] = {}
    for held in counting(person, on):
        if held.duty in STAFF:
            by_code.setdefault(held.area.code if held.area else "", []).append(held)
    names = places.names_of(by_code)
    found = [
        WorkArea(code, names.get(code, code) or _("The whole city"), [duty_in_words(held) for held in duties], calls_there(duties))
        for code, duties in by_code.items()
    ]
    return sorted(found, key=lambda area: (area.code != "", area.name))


def calls_there(duties: list[DutyHeld]) -> bool:
    return any(held.duty in CALLERS for held in duties)


def duty_in_words(held: DutyHeld) -> str:
    """A duty, whether it is that of somebody else, and its last day."""
    words = held.get_duty_display()
    if held.stand_in_for_id:
        words = _("%(duty)s, as a stand-in") % {"duty": words}
    if held.until_on:
        words = _("%(duty)s, until and with %(day)s") % {"duty": words, "day": date_format(held.until_on, "j F")}
    return words


@dataclass(frozen=True)
class Tool:
    """A page for staff: its URL name, what it is for, and the rule of its view."""

    page: str
    title: str | Promise
    what_for: str | Promise
    rule: Rule


TOOLS = (
    Tool("messages:calls", gettext_lazy("To call"), gettext_lazy("Tell people by phone what came of it."), CALLER),
    Tool("pages:report_queue", gettext_lazy("Reports"), gettext_lazy("Decide what happens with what people reported."), MODERATORS),
    Tool("accounts:duties", gettext_lazy("Duties"), gettext_lazy("Give duties, end them, and let somebody stand in."), ADMINISTRATOR),
    Tool("accounts:logbook", gettext_lazy("Logbook"), gettext_lazy("Look up who did what, and when."), ADMINISTRATOR),
    Tool("pages:destruction", gettext_lazy("What is past its time"), gettext_lazy("Decide what is destroyed."), ADMINISTRATOR),
    Tool("messages:undelivered", gettext_lazy("Mail that did not arrive"), gettext_lazy("See whom our mail did not reach."), ADMINISTRATOR),
    Tool("accounts:my_duties", gettext_lazy("My duties"), gettext_lazy("See what you do here, and until when."), SIGNED_IN),
)


def tools_for(request: HttpRequest) -> list[Tool]:
    """The pages that this person may use."""
    return [tool for tool in TOOLS if tool.rule.holds(request)]
