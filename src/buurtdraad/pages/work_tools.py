"""With what staff work: each page that somebody may open, under what it is about."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import ADMINISTRATOR, SIGNED_IN, STAFF_MEMBER
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
from buurtdraad.messages.access import CALLER
from buurtdraad.method.access import RUNNER
from buurtdraad.money.access import LOOKER, PAYER, RESERVER
from buurtdraad.partners.access import ANSWERER
from buurtdraad.placements.access import ORGANISER
from buurtdraad.reports.access import READER as COHERENCE_READER
from buurtdraad.reports.access import REVIEWER
from buurtdraad.works.access import COLLEAGUE as PROJECT_READER
from buurtdraad.works.access import KEEPER


@dataclass(frozen=True)
class Tool:
    """A page for staff: its URL name, what it is for, and the rule of its view."""

    page: str
    title: str | Promise
    what_for: str | Promise
    rule: Rule


@dataclass(frozen=True)
class ToolGroup:
    """Tools about the same thing, the most used first."""

    title: str | Promise
    tools: tuple[Tool, ...]


TOOL_GROUPS = (
    ToolGroup(
        gettext_lazy("What residents say"),
        (
            Tool("messages:calls", gettext_lazy("To call"), gettext_lazy("Tell people by phone what came of it."), CALLER),
            Tool(
                "agendas:note",
                gettext_lazy("Quick note"),
                gettext_lazy("Write down what somebody says at the door or on the phone."),
                ADVISER,
            ),
            Tool("agendas:to_answer", gettext_lazy("Wishes of my areas"), gettext_lazy("Find wishes and answer them."), ADVISER),
            Tool(
                "agendas:groups",
                gettext_lazy("Answer in groups"),
                gettext_lazy("Answer many wishes at once, as after an evening."),
                ADVISER,
            ),
            Tool("agendas:to_read", gettext_lazy("To read"), gettext_lazy("Decide which wishes are on the site."), READER),
            Tool("agendas:listen", gettext_lazy("Listen and write down"), gettext_lazy("Make wishes of what people spoke in."), ADVISER),
            Tool(
                "agendas:pile",
                gettext_lazy("Enter answer sheets"),
                gettext_lazy("Print answer sheets, and type over what stands on them."),
                ADVISER,
            ),
            Tool(
                "agendas:import_wishes",
                gettext_lazy("Take in wishes from a table"),
                gettext_lazy("From Word, Excel or another platform."),
                ADVISER,
            ),
            Tool("pages:report_queue", gettext_lazy("Reports"), gettext_lazy("Decide what happens with what people reported."), MODERATORS),
        ),
    ),
    ToolGroup(
        gettext_lazy("Meetings and agendas"),
        (
            Tool(
                "agendas:work_meetings", gettext_lazy("Meetings"), gettext_lazy("Make meetings, see who comes, and round them off."), HOST
            ),
            Tool(
                "agendas:work_agendas",
                gettext_lazy("Neighbourhood agendas"),
                gettext_lazy("Make an agenda with residents, and keep up how its agreements stand."),
                AGENDA_MAKER,
            ),
            Tool(
                "money:reservations",
                gettext_lazy("Money for agreements"),
                gettext_lazy("Write down that a group reserved money at a meeting."),
                RESERVER,
            ),
        ),
    ),
    ToolGroup(
        gettext_lazy("Plans of residents and their money"),
        (
            Tool(
                "initiatives:work",
                gettext_lazy("Plans of residents"),
                gettext_lazy("Keep plans of residents, and help with them."),
                PLAN_ADVISER,
            ),
            Tool(
                "fund:worklist",
                gettext_lazy("Money for plans"),
                gettext_lazy("See which requests for money have to be decided first."),
                FUND_STAFF,
            ),
            Tool(
                "fund:to_decide", gettext_lazy("To decide"), gettext_lazy("Decide on requests for money, and send the letters."), FUND_STAFF
            ),
            Tool(
                "fund:after_work",
                gettext_lazy("After the decision"),
                gettext_lazy("Look at what people did with the money, and at objections."),
                FUND_HANDLER,
            ),
            Tool(
                "fund:advice_asked",
                gettext_lazy("Advice that is asked"),
                gettext_lazy("Say what you think of a plan that asks for money."),
                ADVICE_GIVER,
            ),
            Tool(
                "fund:helping",
                gettext_lazy("Help with asking for money"),
                gettext_lazy("Fill in a request for somebody, and see who stands still."),
                ASSISTANT,
            ),
            Tool("fund:work_rounds", gettext_lazy("Rounds"), gettext_lazy("Announce rounds, give points, and make the order."), FUND_STAFF),
            Tool(
                "budgets:work_rounds",
                gettext_lazy("Neighbourhood budgets"),
                gettext_lazy("Make rounds in which residents divide money, and see how far each is."),
                BUDGET_STAFF,
            ),
            Tool("money:pots", gettext_lazy("Pots"), gettext_lazy("See what is in each pot, and what was promised from it."), LOOKER),
            Tool("money:payments", gettext_lazy("To be paid"), gettext_lazy("Make payment lists, and take in what was paid."), PAYER),
            Tool(
                "fund:ease_figures",
                gettext_lazy("How easy is asking for money?"),
                gettext_lazy("See how long people need, and where they stop."),
                FUND_STAFF,
            ),
            Tool("fund:evaluation", gettext_lazy("How the fund worked"), gettext_lazy("See five years in numbers."), FUND_STAFF),
            Tool(
                "fund:work_rules", gettext_lazy("Rules of the fund"), gettext_lazy("Make new rules, and see those of before."), FUND_KEEPER
            ),
            Tool("fund:blocks", gettext_lazy("Standard texts"), gettext_lazy("Keep texts for questions and letters."), FUND_HANDLER),
        ),
    ),
    ToolGroup(
        gettext_lazy("Work of the municipality"),
        (
            Tool("works:works", gettext_lazy("Projects"), gettext_lazy("See what we do where, and keep up how it stands."), PROJECT_READER),
            Tool(
                "works:confirm_mine",
                gettext_lazy("Confirm my project sheets"),
                gettext_lazy("Say once a month of all your sheets whether they are right."),
                PROJECT_READER,
            ),
            Tool("works:paste", gettext_lazy("Paste project sheets from Excel"), gettext_lazy("Make many sheets at once."), PROJECT_READER),
            Tool(
                "works:registers", gettext_lazy("Lists of works"), gettext_lazy("Take in project lists and street works each year."), KEEPER
            ),
            Tool(
                "works:checks",
                gettext_lazy("Buurtcheck"),
                gettext_lazy("See what is going on where your proposal lies, and get a text to paste."),
                PROJECT_READER,
            ),
            Tool(
                "challenges:programme",
                gettext_lazy("Ambitions and challenges"),
                gettext_lazy("See what the city wants in these years."),
                STAFF_MEMBER,
            ),
            Tool(
                "challenges:promises",
                gettext_lazy("Promises and pledges"),
                gettext_lazy("See what was promised for when, and what came of it."),
                STAFF_MEMBER,
            ),
        ),
    ),
    ToolGroup(
        gettext_lazy("What fits, what is stuck, and reports"),
        (
            Tool(
                "reports:coherence",
                gettext_lazy("Overview"),
                gettext_lazy("See where attention is needed, and what does not fit."),
                COHERENCE_READER,
            ),
            Tool("reports:stuck", gettext_lazy("What is stuck?"), gettext_lazy("See whom to call about it."), COHERENCE_READER),
            Tool(
                "reports:briefs",
                gettext_lazy("One area on one A4"),
                gettext_lazy("What people ask, what was agreed, what is late, money, and whom to call."),
                REVIEWER,
            ),
            Tool(
                "reports:drafts",
                gettext_lazy("Reports to the council"),
                gettext_lazy("Make the report to the council, and read along."),
                REVIEWER,
            ),
        ),
    ),
    ToolGroup(
        gettext_lazy("Partners"),
        (
            Tool(
                "partners:organisations",
                gettext_lazy("Partners"),
                gettext_lazy("See who works where, and who speaks for them."),
                STAFF_MEMBER,
            ),
            Tool(
                "partners:work_contacts",
                gettext_lazy("Who works where"),
                gettext_lazy("See who does what in a neighbourhood."),
                STAFF_MEMBER,
            ),
            Tool(
                "pages:confirmations",
                gettext_lazy("What partners say"),
                gettext_lazy("See what is right, and answer who is stuck."),
                ANSWERER,
            ),
            Tool(
                "partners:work_accords",
                gettext_lazy("Agreements between partners"),
                gettext_lazy("Make an agreement, let partners sign it, and keep up who takes part."),
                STAFF_MEMBER,
            ),
        ),
    ),
    ToolGroup(
        gettext_lazy("Working method and learning"),
        (
            Tool(
                "method:work_versions",
                gettext_lazy("Working method"),
                gettext_lazy("Read our steps, or write the next version."),
                STAFF_MEMBER,
            ),
            Tool(
                "method:work_start",
                gettext_lazy("Start in a new neighbourhood"),
                gettext_lazy("Begin the working method in an area, like in another one."),
                RUNNER,
            ),
            Tool(
                "method:work_overview",
                gettext_lazy("Where each area stands"),
                gettext_lazy("See how far each area is with the method, and what is stuck."),
                STAFF_MEMBER,
            ),
            Tool("method:work_lessons", gettext_lazy("What we learned"), gettext_lazy("Read lessons, and write them down."), STAFF_MEMBER),
            Tool("method:work_pulses", gettext_lazy("Pulse"), gettext_lazy("See how we work together, over the years."), STAFF_MEMBER),
            Tool(
                "placements:work_hosts", gettext_lazy("Hosts and shifts"), gettext_lazy("Keep hosts, and see to their shifts."), ORGANISER
            ),
            Tool(
                "placements:work_lessons",
                gettext_lazy("Lessons of placements"),
                gettext_lazy("Read what colleagues learned, and share it."),
                ORGANISER,
            ),
            Tool(
                "placements:work_rules",
                gettext_lazy("Rules that must be simpler"),
                gettext_lazy("Say who sees to it, and by when."),
                ORGANISER,
            ),
            Tool(
                "placements:work_training",
                gettext_lazy("Training"),
                gettext_lazy("Plan training of colleagues, and see who comes."),
                ORGANISER,
            ),
        ),
    ),
    ToolGroup(
        gettext_lazy("Keeping this site"),
        (
            Tool("accounts:my_duties", gettext_lazy("My duties"), gettext_lazy("See what you do here, and until when."), SIGNED_IN),
            Tool(
                "accounts:duties", gettext_lazy("Duties"), gettext_lazy("Give duties, end them, and let somebody stand in."), ADMINISTRATOR
            ),
            Tool("accounts:logbook", gettext_lazy("Logbook"), gettext_lazy("Look up who did what, and when."), ADMINISTRATOR),
            Tool("pages:destruction", gettext_lazy("What is past its time"), gettext_lazy("Decide what is destroyed."), ADMINISTRATOR),
            Tool(
                "messages:undelivered",
                gettext_lazy("Mail that did not arrive"),
                gettext_lazy("See whom our mail did not reach."),
                ADMINISTRATOR,
            ),
        ),
    ),
)


def tools_for(request: HttpRequest) -> list[ToolGroup]:
    """The pages that this person may use, in the groups that hold one."""
    found = [ToolGroup(group.title, tuple(tool for tool in group.tools if tool.rule.holds(request))) for group in TOOL_GROUPS]
    return [group for group in found if group.tools]
