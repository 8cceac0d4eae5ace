"""What waits for somebody at work, in one visible list: each room adds a line to `KINDS`. And what of the site they work with."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import ADMINISTRATOR, SIGNED_IN, STAFF_MEMBER, counting
from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation.access import MODERATORS
from buurtdraad.agendas.agenda.access import ADVISER as AGENDA_MAKER
from buurtdraad.agendas.meetings.access import HOST
from buurtdraad.agendas.wishes.access import ADVISER, READER
from buurtdraad.budgets.access import STAFF as BUDGET_STAFF
from buurtdraad.fund.access import ADVICE_GIVER, ASSISTANT, FUND_STAFF
from buurtdraad.fund.access import HANDLER as FUND_HANDLER
from buurtdraad.fund.access import KEEPER as FUND_KEEPER
from buurtdraad.initiatives.access import ADVISER as PLAN_ADVISER
from buurtdraad.lib.access import Rule
from buurtdraad.messages.access import CALLER, CALLERS
from buurtdraad.messages.rules import WorkItem
from buurtdraad.method.access import RUNNER
from buurtdraad.money.access import LOOKER, PAYER, RESERVER
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
from buurtdraad.partners.access import ANSWERER
from buurtdraad.placements.access import ORGANISER
from buurtdraad.placements.queries import work as placements
from buurtdraad.places import queries as places
from buurtdraad.reports.access import READER as COHERENCE_READER
from buurtdraad.reports.access import REVIEWER
from buurtdraad.works.access import COLLEAGUE as PROJECT_READER
from buurtdraad.works.access import KEEPER


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


@dataclass(frozen=True)
class Tool:
    """A page for staff: its URL name, what it is for, and the rule of its view."""

    page: str
    title: str | Promise
    what_for: str | Promise
    rule: Rule


TOOLS = (
    Tool("messages:calls", gettext_lazy("To call"), gettext_lazy("Tell people by phone what came of it."), CALLER),
    Tool("agendas:note", gettext_lazy("Quick note"), gettext_lazy("Write down what somebody says at the door or on the phone."), ADVISER),
    Tool("agendas:to_answer", gettext_lazy("Wishes of my areas"), gettext_lazy("Find wishes and answer them."), ADVISER),
    Tool("agendas:groups", gettext_lazy("Answer in groups"), gettext_lazy("Answer many wishes at once, as after an evening."), ADVISER),
    Tool("agendas:to_read", gettext_lazy("To read"), gettext_lazy("Decide which wishes are on the site."), READER),
    Tool("pages:report_queue", gettext_lazy("Reports"), gettext_lazy("Decide what happens with what people reported."), MODERATORS),
    Tool("partners:organisations", gettext_lazy("Partners"), gettext_lazy("See who works where, and who speaks for them."), STAFF_MEMBER),
    Tool("partners:work_contacts", gettext_lazy("Who works where"), gettext_lazy("See who does what in a neighbourhood."), STAFF_MEMBER),
    Tool("pages:confirmations", gettext_lazy("What partners say"), gettext_lazy("See what is right, and answer who is stuck."), ANSWERER),
    Tool(
        "challenges:programme",
        gettext_lazy("Ambitions and challenges"),
        gettext_lazy("See what the city wants in these years."),
        STAFF_MEMBER,
    ),
    Tool("works:works", gettext_lazy("Projects"), gettext_lazy("See what we do where, and keep up how it stands."), PROJECT_READER),
    Tool(
        "challenges:promises",
        gettext_lazy("Promises and pledges"),
        gettext_lazy("See what was promised for when, and what came of it."),
        STAFF_MEMBER,
    ),
    Tool(
        "works:checks",
        gettext_lazy("Buurtcheck"),
        gettext_lazy("See what is going on where your proposal lies, and get a text to paste."),
        PROJECT_READER,
    ),
    Tool("agendas:work_meetings", gettext_lazy("Meetings"), gettext_lazy("Make meetings, see who comes, and round them off."), HOST),
    Tool(
        "agendas:work_agendas", gettext_lazy("Neighbourhood agendas"),
        gettext_lazy("Make an agenda with residents, and keep up how its agreements stand."), AGENDA_MAKER,
    ),
    Tool("method:work_versions", gettext_lazy("Working method"), gettext_lazy("Read our steps, or write the next version."), STAFF_MEMBER),
    Tool(
        "method:work_start", gettext_lazy("Start in a new neighbourhood"),
        gettext_lazy("Begin the working method in an area, like in another one."), RUNNER,
    ),
    Tool(
        "method:work_overview", gettext_lazy("Where each area stands"),
        gettext_lazy("See how far each area is with the method, and what is stuck."), STAFF_MEMBER,
    ),
    Tool(
        "initiatives:work", gettext_lazy("Plans of residents"), gettext_lazy("Keep plans of residents, and help with them."), PLAN_ADVISER
    ),
    Tool("method:work_lessons", gettext_lazy("What we learned"), gettext_lazy("Read lessons, and write them down."), STAFF_MEMBER),
    Tool("method:work_pulses", gettext_lazy("Pulse"), gettext_lazy("See how we work together, over the years."), STAFF_MEMBER),
    Tool("placements:work_hosts", gettext_lazy("Hosts and shifts"), gettext_lazy("Keep hosts, and see to their shifts."), ORGANISER),
    Tool(
        "partners:work_accords", gettext_lazy("Agreements between partners"),
        gettext_lazy("Make an agreement, let partners sign it, and keep up who takes part."), STAFF_MEMBER,
    ),
    Tool("placements:work_training", gettext_lazy("Training"), gettext_lazy("Plan training of colleagues, and see who comes."), ORGANISER),
    Tool(
        "fund:worklist", gettext_lazy("Money for plans"), gettext_lazy("See which requests for money have to be decided first."), FUND_STAFF
    ),
    Tool(
        "fund:advice_asked", gettext_lazy("Advice that is asked"),
        gettext_lazy("Say what you think of a plan that asks for money."), ADVICE_GIVER,
    ),
    Tool(
        "fund:helping", gettext_lazy("Help with asking for money"),
        gettext_lazy("Fill in a request for somebody, and see who stands still."), ASSISTANT,
    ),
    Tool(
        "fund:ease_figures", gettext_lazy("How easy is asking for money?"),
        gettext_lazy("See how long people need, and where they stop."), FUND_STAFF,
    ),
    Tool(
        "fund:after_work", gettext_lazy("After the decision"), gettext_lazy("Look at what people did with the money, and at objections."),
        FUND_HANDLER,
    ),
    Tool(
        "budgets:work_rounds", gettext_lazy("Neighbourhood budgets"),
        gettext_lazy("Make rounds in which residents divide money, and see how far each is."), BUDGET_STAFF,
    ),
    Tool("accounts:duties", gettext_lazy("Duties"), gettext_lazy("Give duties, end them, and let somebody stand in."), ADMINISTRATOR),
    Tool("accounts:logbook", gettext_lazy("Logbook"), gettext_lazy("Look up who did what, and when."), ADMINISTRATOR),
    Tool("pages:destruction", gettext_lazy("What is past its time"), gettext_lazy("Decide what is destroyed."), ADMINISTRATOR),
    Tool("messages:undelivered", gettext_lazy("Mail that did not arrive"), gettext_lazy("See whom our mail did not reach."), ADMINISTRATOR),
    Tool("agendas:listen", gettext_lazy("Listen and write down"), gettext_lazy("Make wishes of what people spoke in."), ADVISER),
    Tool(
        "agendas:pile",
        gettext_lazy("Enter answer sheets"),
        gettext_lazy("Print answer sheets, and type over what stands on them."),
        ADVISER,
    ),
    Tool(
        "agendas:import_wishes", gettext_lazy("Take in wishes from a table"), gettext_lazy("From Word, Excel or another platform."), ADVISER
    ),
    Tool(
        "placements:work_lessons",
        gettext_lazy("Lessons of placements"),
        gettext_lazy("Read what colleagues learned, and share it."),
        ORGANISER,
    ),
    Tool("placements:work_rules", gettext_lazy("Rules that must be simpler"), gettext_lazy("Say who sees to it, and by when."), ORGANISER),
    Tool("money:pots", gettext_lazy("Pots"), gettext_lazy("See what is in each pot, and what was promised from it."), LOOKER),
    Tool(
        "money:reservations", gettext_lazy("Money for agreements"),
        gettext_lazy("Write down that a group reserved money at a meeting."), RESERVER,
    ),
    Tool("money:payments", gettext_lazy("To be paid"), gettext_lazy("Make payment lists, and take in what was paid."), PAYER),
    Tool("fund:work_rules", gettext_lazy("Rules of the fund"), gettext_lazy("Make new rules, and see those of before."), FUND_KEEPER),
    Tool("fund:blocks", gettext_lazy("Standard texts"), gettext_lazy("Keep texts for questions and letters."), FUND_HANDLER),
    Tool("fund:to_decide", gettext_lazy("To decide"), gettext_lazy("Decide on requests for money, and send the letters."), FUND_STAFF),
    Tool("fund:work_rounds", gettext_lazy("Rounds"), gettext_lazy("Announce rounds, give points, and make the order."), FUND_STAFF),
    Tool("fund:evaluation", gettext_lazy("How the fund worked"), gettext_lazy("See five years in numbers."), FUND_STAFF),
    Tool(
        "works:confirm_mine", gettext_lazy("Confirm my project sheets"),
        gettext_lazy("Say once a month of all your sheets whether they are right."), PROJECT_READER,
    ),
    Tool("works:paste", gettext_lazy("Paste project sheets from Excel"), gettext_lazy("Make many sheets at once."), PROJECT_READER),
    Tool("works:registers", gettext_lazy("Lists of works"), gettext_lazy("Take in project lists and street works each year."), KEEPER),
    Tool(
        "reports:coherence", gettext_lazy("Overview"),
        gettext_lazy("See where attention is needed, and what does not fit."), COHERENCE_READER,
    ),
    Tool("reports:stuck", gettext_lazy("What is stuck?"), gettext_lazy("See whom to call about it."), COHERENCE_READER),
    Tool(
        "reports:drafts", gettext_lazy("Reports to the council"), gettext_lazy("Make the report to the council, and read along."), REVIEWER
    ),
    Tool(
        "reports:briefs", gettext_lazy("One area on one A4"),
        gettext_lazy("What people ask, what was agreed, what is late, money, and whom to call."), REVIEWER,
    ),
    Tool("accounts:my_duties", gettext_lazy("My duties"), gettext_lazy("See what you do here, and until when."), SIGNED_IN),
)  # fmt: skip


def tools_for(request: HttpRequest) -> list[Tool]:
    """The pages that this person may use."""
    return [tool for tool in TOOLS if tool.rule.holds(request)]
