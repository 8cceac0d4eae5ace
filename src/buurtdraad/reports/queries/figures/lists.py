"""The lists from which every number of a report is made: what each holds, where it comes from, and what it does not say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.reports.queries.figures import euros, learning, neighbourhood, programme, residents
from buurtdraad.reports.queries.figures.rows import Period, Row

type Words = str | Promise


@dataclass(frozen=True)
class Listed:
    """A list of rows. `source` and `limits` hold for every number that is made from it."""

    title: Words
    rows: Callable[[Period], list[Row]]
    source: Words
    limits: Words


LISTS: dict[str, Listed] = {
    "wensen": Listed(
        _("Wishes"),
        neighbourhood.wishes,
        _("The wishes that people told, by every channel."),
        _(
            "Every wish counts once: when its answer came, or when the day for it passed. Wishes that are not on the site are counted too. "
            "Why an answer was late is not written down with the wish."
        ),
    ),
    "steun": Listed(
        _("People who want a wish too"),
        neighbourhood.supporters,
        _("Who said 'I want this too' at a wish on the site."),
        _("One person can want several wishes. It is no vote."),
    ),
    "bijeenkomsten": Listed(
        _("Meetings"),
        neighbourhood.meetings,
        _("Meetings that were held, as they were rounded off."),
        _("Nobody is counted by name. We know about how many came, and count the lowest number."),
    ),
    "onderwerpen": Listed(
        _("Topics"),
        neighbourhood.topics,
        _("The neighbourhood agendas."),
        _("Only of the newest agenda of each area."),
    ),
    "afspraken": Listed(
        _("Agreements"),
        neighbourhood.agreements,
        _("The neighbourhood agendas, as the owners of the agreements say how they stand."),
        _("How it stood on the day of counting. Agreements that were done or stopped before the period do not count."),
    ),
    "initiatieven": Listed(
        _("Plans of residents"),
        residents.initiatives,
        _("Plans of residents on the site."),
        _("Plans that are not on the site do not count."),
    ),
    "meningen": Listed(
        _("What neighbours think of plans"),
        residents.opinions,
        _("Opinions that neighbours gave on plans on the site."),
        _("Lists on paper are not in it. Of plans with fewer than five opinions nothing is told."),
    ),
    "aanvragen": Listed(
        _("Requests to the fund"),
        residents.applications,
        _("The register of the fund for initiatives."),
        _("Who asked is not in the list. A request counts when it came in, whatever happened to it later."),
    ),
    "besluiten": Listed(
        _("Decisions of the fund"),
        residents.decisions,
        _("The register of the fund for initiatives."),
        _("A decision counts when it was made known. Later changes after an objection count with their own day."),
    ),
    "budgetten": Listed(
        _("Neighbourhood budgets"),
        residents.budget_rounds,
        _("The counts of neighbourhood budgets."),
        _("Only rounds of which the result is known. Of several parts the largest number of ballots counts, so that nobody counts twice."),
    ),
    "werkgeld": Listed(
        _("Money of projects"),
        euros.work_money,
        _("The project sheets of the departments."),
        _("Whole years: a sheet does not know half years. Only what the departments wrote down, and only projects that everybody may see."),
    ),
    "toezeggingen-geld": Listed(
        _("Money promised from pots"),
        euros.commitments,
        _("The ledger of the pots."),
        _("What was set free again does not count. Money for a project can also stand on its sheet: never add both."),
    ),
    "betalingen": Listed(
        _("Payments"),
        euros.payments,
        _("The ledger of the pots, as finance reported."),
        _("To whom was paid is not in the list."),
    ),
    "beloften": Listed(
        _("What we promised"),
        programme.aims,
        _("The programme of the city."),
        _("Promises for after the period are not in it."),
    ),
    "toezeggingen": Listed(
        _("Pledges and motions"),
        programme.pledges,
        _("The list of pledges and motions of the council."),
        _("What was done before the period is not in it."),
    ),
    "werken": Listed(
        _("Projects of the municipality"),
        programme.works,
        _("The project sheets of the departments."),
        _("Upkeep is not in it, nor what not everybody may see. Confirmed means: somebody said within two months that it is right."),
    ),
    "buurtchecks": Listed(
        _("Proposals with a Buurtcheck"),
        programme.checks,
        _("The Buurtchecks that were finished."),
        _("How many proposals there were in all is not known here. What they are about is not in the list."),
    ),
    "bevindingen": Listed(
        _("What did not fit"),
        programme.findings,
        _("The overview of coherence, which a program makes each day."),
        _("A program finds this; people judge it. Where and who is for staff."),
    ),
    "metingen": Listed(
        _("Measures of coherence"),
        programme.measures,
        _("The measures of coherence, made each month."),
        _("A measure shows what changed, and never why."),
    ),
    "lessen": Listed(
        _("Lessons"),
        learning.lessons,
        _("Lessons that were shared."),
        _("Only what somebody wrote down. Who wrote it is not told."),
    ),
    "meelopen": Listed(
        _("Short placements"),
        learning.shifts,
        _("The list of short placements."),
        _("One person can be there more than once."),
    ),
    "stappen": Listed(
        _("Steps of the working method"),
        learning.method_steps,
        _("The steps that each area keeps."),
        _("A step counts when it began or was finished in the period."),
    ),
}
