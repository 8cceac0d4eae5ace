"""What waits for somebody at work, in one visible list: each room adds a line to `KINDS`. And where they work."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import counting
from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.messages.access import CALLERS
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages import (
    work_after,
    work_asking,
    work_budget_after,
    work_budget_casting,
    work_budget_counting,
    work_budget_proposals,
    work_budget_sheet,
    work_budget_voting,
    work_coherence,
    work_deciding,
    work_handling,
    work_items,
    work_near,
    work_plans,
    work_programme,
    work_purse,
    work_report,
    work_rounds,
    work_rulebook,
    work_voices,
    work_works_registers,
    work_works_sheets,
)
from buurtdraad.pages.work_items import MOST
from buurtdraad.placements.queries import work as placements
from buurtdraad.places import queries as places


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
    WorkKind("calls", gettext_lazy("To call"), "phone", "messages:calls", work_items.calls),
    WorkKind("reports", gettext_lazy("Reports"), "warning", "pages:report_queue", work_items.reports),
    WorkKind("to_read", gettext_lazy("To read"), "book", "agendas:to_read", work_items.to_read),
    WorkKind("plans", gettext_lazy("Plans to read"), "leaf", "initiatives:to_read", work_plans.plans_to_read),
    WorkKind(
        "budget_plans", gettext_lazy("Plans for neighbourhood budgets"), "leaf", "budgets:plans_to_do", work_budget_proposals.budget_plans
    ),
    WorkKind("worries", gettext_lazy("Worries to read"), "talk", "initiatives:concerns_to_read", work_voices.worries_to_read),
    WorkKind("lists", gettext_lazy("Lists to count"), "group", "initiatives:to_count", work_voices.lists_to_count),
    WorkKind("to_answer", gettext_lazy("Give an answer"), "talk", "agendas:to_answer", work_items.wishes_to_answer),
    WorkKind(
        "agreements", gettext_lazy("Agreements of the neighbourhood agenda"), "document", "agendas:work_agendas", work_items.agreements
    ),
    WorkKind("left_behind", gettext_lazy("Agreements of partners that stop"), "group", "agendas:work_agendas", work_items.left_behind),
    WorkKind("joiners", gettext_lazy("Who wants to join in"), "group", "agendas:work_agendas", work_items.joiners),
    WorkKind("lessons", gettext_lazy("Lessons to decide on"), "book", "method:work_lessons", work_near.lessons_to_decide),
    WorkKind("versions", gettext_lazy("A newer version of the method"), "document", "method:work_overview", work_near.newer_versions),
    WorkKind("accords", gettext_lazy("Agreements between partners"), "group", "partners:work_accords", work_near.stopped_parties),
    WorkKind("objections", gettext_lazy("Objections"), "talk", "fund:after_work", work_after.objections),
    WorkKind("accounts", gettext_lazy("What they did, to look at"), "money", "fund:after_work", work_after.accounts),
    WorkKind("budget_rounds", gettext_lazy("Neighbourhood budgets"), "money", "budgets:work_rounds", work_budget_sheet.budget_rounds),
    WorkKind("codes", gettext_lazy("Codes to vote with"), "document", "budgets:work_rounds", work_budget_voting.codes_to_make),
    WorkKind(
        "budget_results", gettext_lazy("Results of neighbourhood budgets"), "money", "budgets:work_rounds", work_budget_after.budget_results
    ),
    WorkKind("destruction", gettext_lazy("What is past its time"), "shield", "pages:destruction", work_items.destruction_lists),
    WorkKind("requests", gettext_lazy("Money for plans"), "money", "fund:worklist", work_handling.requests),
    WorkKind("advice", gettext_lazy("Advice that is asked"), "talk", "fund:advice_asked", work_handling.advice),
    WorkKind("duties", gettext_lazy("Duties that end"), "calendar", "accounts:duties", work_items.ending_duties),
    WorkKind("evenings", gettext_lazy("Meetings"), "calendar", "agendas:work_meetings", work_items.evenings),
    WorkKind("mails", gettext_lazy("Mail that did not arrive"), "letter", "messages:undelivered", work_items.undelivered_mails),
    WorkKind("projects", gettext_lazy("Projects that you lead"), "document", "works:works", work_works_sheets.projects),
    WorkKind("runs", gettext_lazy("The working method"), "leaf", "method:work_overview", work_near.runs),
    WorkKind("placement_lessons", gettext_lazy("Lessons of placements"), "book", "placements:work_lessons", placements.lessons_to_read),
    WorkKind("rules", gettext_lazy("Rules that must be simpler"), "document", "placements:work_rules", placements.rules),
    WorkKind("placements", gettext_lazy("Placements"), "heart", "placements:work_hosts", work_near.shifts),
    WorkKind("training", gettext_lazy("Training"), "book", "placements:work_training", work_near.training),
    WorkKind("partners", gettext_lazy("What partners say"), "group", "pages:confirmations", work_near.what_partners_say),
    WorkKind("payments", gettext_lazy("Payments"), "money", "money:payments", work_purse.payments),
    WorkKind("payment_lists", gettext_lazy("Payment lists"), "money", "money:payments", work_purse.payment_lists),
    WorkKind("reservations", gettext_lazy("Money for agreements"), "money", "money:reservations", work_purse.reservations),
    WorkKind("fund_rules", gettext_lazy("Rules of the fund that end"), "document", "fund:work_rules", work_rulebook.rules_that_end),
    WorkKind("drafts", gettext_lazy("Requests that stand still"), "group", "fund:helping", work_asking.drafts_standing_still),
    WorkKind("decisions", gettext_lazy("To decide"), "document", "fund:to_decide", work_deciding.decisions),
    WorkKind("letters", gettext_lazy("Letters to send"), "letter", "fund:to_decide", work_deciding.letters),
    WorkKind("rounds", gettext_lazy("Rounds"), "calendar", "fund:work_rounds", work_rounds.rounds),
    WorkKind("paper", gettext_lazy("Paper ballots to type"), "document", "budgets:work_rounds", work_budget_casting.paper),
    WorkKind("budget_counts", gettext_lazy("Closing and counting"), "calendar", "budgets:work_rounds", work_budget_counting.counts),
    WorkKind(
        "sheets_to_confirm",
        gettext_lazy("Project sheets to confirm"),
        "document",
        "works:confirm_mine",
        work_works_registers.sheets_to_confirm,
    ),
    WorkKind("promises", gettext_lazy("Promises and pledges"), "calendar", "challenges:promises", work_programme.promises),
    WorkKind("checks", gettext_lazy("Buurtcheck"), "document", "works:checks", work_programme.checks),
    WorkKind("findings", gettext_lazy("What does not fit?"), "warning", "reports:findings", work_coherence.findings),
    WorkKind("council_reports", gettext_lazy("Reports to read along"), "document", "reports:drafts", work_report.reports_to_read),
    WorkKind("notes", gettext_lazy("Listen and write down"), "speak", "agendas:listen", work_items.spoken_notes),
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
