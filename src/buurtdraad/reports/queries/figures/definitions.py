"""Every number that a report can hold, in one visible table: what it counts, where it comes from, and what it does not say.

A definition takes some rows of one list (`lists.LISTS`), and makes one number of them. So the list behind a number
is never another question than the number itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from buurtdraad.reports.queries.figures.lists import Words
from buurtdraad.reports.queries.figures.rows import Row, having


def how_many(rows: Sequence[Row]) -> Decimal | None:
    return Decimal(len(rows))


def in_all(rows: Sequence[Row]) -> Decimal | None:
    return sum((row.amount or Decimal(0) for row in rows), Decimal(0))


def the_last(rows: Sequence[Row]) -> Decimal | None:
    """The value of the only row, as of a measure."""
    return rows[-1].amount if rows else None


def departments(rows: Sequence[Row]) -> Decimal | None:
    return Decimal(len({row.group for row in rows}))


@dataclass(frozen=True)
class Definition:
    """A number: which rows of which list, and what is made of them. `unit` is empty or "euro"; `decimals` as it is shown."""

    title: Words
    of: str
    counts: Words
    takes: Callable[[Row], bool] = lambda row: True
    value: Callable[[Sequence[Row]], Decimal | None] = how_many
    unit: str = ""
    decimals: int = 0


DEFINITIONS: dict[str, Definition] = {
    "wensen": Definition(_("Wishes told"), "wensen", _("Wishes that were told in the period."), having("gegeven")),
    "wensen-aan-de-beurt": Definition(
        _("Wishes that should have had an answer"),
        "wensen",
        _("Wishes that got their answer in time, or of which the promised day passed. Wishes that still have time do not count."),
        having("op-tijd", "te-laat"),
    ),
    "wensen-op-tijd": Definition(
        _("Wishes answered in time"), "wensen", _("Wishes whose first answer came not later than promised."), having("op-tijd")
    ),
    "wensen-te-laat": Definition(
        _("Wishes answered too late"),
        "wensen",
        _("Wishes whose first answer came later than promised, or is still not there."),
        having("te-laat"),
    ),
    "wensen-te-laat-waarom": Definition(
        _("Late answers of which we know why"),
        "wensen",
        _("Of the wishes that were answered too late those of which a colleague wrote down why."),
        having("waarom-bekend"),
    ),
    "wensen-met-tijd": Definition(
        _("Wishes that still have time"),
        "wensen",
        _("Wishes without an answer, whose promised day was still to come."),
        having("heeft-tijd"),
    ),
    "steun": Definition(
        _("Times that somebody wanted a wish too"), "steun", _("How often somebody said 'I want this too' in the period."), value=in_all
    ),
    "bijeenkomsten": Definition(_("Meetings"), "bijeenkomsten", _("Meetings that were held in the period.")),
    "bezoekers": Definition(
        _("Visits to meetings, at least"),
        "bijeenkomsten",
        _("How many people came to these meetings, together and at least."),
        value=in_all,
    ),
    "onderwerpen": Definition(_("Topics of agendas"), "onderwerpen", _("Topics of the agendas that counted on the day of counting.")),
    "onderwerpen-gekozen": Definition(
        _("Topics chosen"), "onderwerpen", _("Of these topics the ones that were chosen in the period."), having("gekozen")
    ),
    "afspraken": Definition(_("Agreements"), "afspraken", _("Agreements of neighbourhood agendas that ran or ended in the period.")),
    "afspraken-klaar": Definition(_("Agreements done"), "afspraken", _("Of these agreements the ones that are done."), having("klaar")),
    "afspraken-bezig": Definition(_("Agreements under way"), "afspraken", _("Of these agreements the ones under way."), having("bezig")),
    "afspraken-te-doen": Definition(_("Agreements to do"), "afspraken", _("Of these agreements the ones still to do."), having("te-doen")),
    "afspraken-later": Definition(
        _("Agreements that will be later"), "afspraken", _("Of these agreements the ones that got a later day."), having("later")
    ),
    "afspraken-gestopt": Definition(
        _("Agreements that stopped"), "afspraken", _("Of these agreements the ones that will not happen."), having("gestopt")
    ),
    "afspraken-te-laat": Definition(
        _("Agreements past their day"), "afspraken", _("Of these agreements the ones not done whose day has passed."), having("te-laat")
    ),
    "initiatieven": Definition(_("Plans of residents"), "initiatieven", _("Plans of residents that ran or were finished in the period.")),
    "initiatieven-nieuw": Definition(
        _("New plans of residents"), "initiatieven", _("Of these plans the ones that began in the period."), having("begonnen")
    ),
    "initiatieven-klaar": Definition(
        _("Plans of residents that are done"), "initiatieven", _("Of these plans the ones that are done."), having("klaar")
    ),
    "meningen": Definition(
        _("Opinions on plans"), "meningen", _("How many neighbours gave an opinion on plans: for, against or none."), value=in_all
    ),
    "aanvragen": Definition(_("Requests to the fund"), "aanvragen", _("Requests that came in within the period.")),
    "aanvragen-euro": Definition(
        _("Euros asked of the fund"), "aanvragen", _("What was asked in these requests, together."), value=in_all, unit="euro"
    ),
    "toegekend": Definition(
        _("Requests granted"), "besluiten", _("Decisions of the period in which all or a part was granted."), having("ja")
    ),
    "toegekend-euro": Definition(
        _("Euros granted"), "besluiten", _("What these decisions granted, together."), having("ja"), in_all, "euro"
    ),
    "afgewezen": Definition(_("Requests refused"), "besluiten", _("Decisions of the period in which nothing was granted."), having("nee")),
    "budgetten": Definition(_("Neighbourhood budgets"), "budgetten", _("Neighbourhood budgets whose vote closed in the period.")),
    "stemmers": Definition(
        _("People who voted"), "budgetten", _("How many people voted in these neighbourhood budgets, together."), value=in_all
    ),
    "werkgeld-gepland": Definition(
        _("Euros planned for projects"), "werkgeld", _("What sheets say is planned in these years."), having("gepland"), in_all, "euro"
    ),
    "werkgeld-vastgelegd": Definition(
        _("Euros committed for projects"),
        "werkgeld",
        _("What sheets say is committed in these years."),
        having("vastgelegd"),
        in_all,
        "euro",
    ),
    "werkgeld-uitgegeven": Definition(
        _("Euros spent on projects"), "werkgeld", _("What sheets say is spent in these years."), having("uitgegeven"), in_all, "euro"
    ),
    "geld-beloofd": Definition(
        _("Euros promised from pots"),
        "toezeggingen-geld",
        _("What pots promised to plans, agreements and projects in the period."),
        value=in_all,
        unit="euro",
    ),
    "geld-betaald": Definition(_("Euros paid"), "betalingen", _("What was paid in the period."), value=in_all, unit="euro"),
    "beloften": Definition(_("Promises"), "beloften", _("What we promised for a day by the end of the period, or did in it.")),
    "beloften-klaar": Definition(_("Promises done"), "beloften", _("Of these promises the ones that are done."), having("klaar")),
    "beloften-te-laat": Definition(
        _("Promises that are late"), "beloften", _("Of these promises the ones not done whose day has passed."), having("te-laat")
    ),
    "toezeggingen-open": Definition(
        _("Pledges and motions that are open"), "toezeggingen", _("Pledges and motions that were not done at the end."), having("open")
    ),
    "toezeggingen-klaar": Definition(
        _("Pledges and motions that are done"), "toezeggingen", _("Pledges and motions that were done in the period."), having("klaar")
    ),
    "werken": Definition(_("Projects"), "werken", _("Projects of the municipality that ran or ended in the period.")),
    "werken-klaar": Definition(_("Projects done"), "werken", _("Of these projects the ones that are done."), having("klaar")),
    "werken-bezig": Definition(_("Projects under way"), "werken", _("Of these projects the ones under way."), having("bezig")),
    "werken-gepland": Definition(_("Projects planned"), "werken", _("Of these projects the ones still to begin."), having("gepland")),
    "werken-stil": Definition(
        _("Projects that stand still"), "werken", _("Of these projects the ones that stand still."), having("staat-stil")
    ),
    "werken-te-laat": Definition(
        _("Projects past their day"), "werken", _("Of these projects the ones not done whose last day has passed."), having("te-laat")
    ),
    "werken-open": Definition(
        _("Projects that are open"), "werken", _("Of these projects the ones not done and not stopped."), having("open")
    ),
    "werken-bevestigd": Definition(
        _("Projects confirmed lately"),
        "werken",
        _("Of the open projects the ones that somebody confirmed within two months."),
        having("bevestigd"),
    ),
    "werken-uit-buurt": Definition(
        _("Projects that answer the neighbourhood"),
        "werken",
        _("Of these projects the ones that name a wish, topic or agreement which they answer."),
        having("leidt-terug"),
    ),
    "buurtchecks": Definition(_("Proposals with a Buurtcheck"), "buurtchecks", _("Buurtchecks that were finished in the period.")),
    "afdelingen-met-check": Definition(
        _("Departments with a Buurtcheck"), "buurtchecks", _("How many departments finished one or more of these."), value=departments
    ),
    "bevindingen-gevonden": Definition(
        _("Found: what did not fit"), "bevindingen", _("What a program found in the period that does not fit."), having("gevonden")
    ),
    "bevindingen-opgelost": Definition(
        _("Solved: what did not fit"), "bevindingen", _("What was solved in the period."), having("opgelost")
    ),
    "meting": Definition(
        _("A measure of coherence"), "metingen", _("How this measure stood in the last month of the period."), value=the_last, decimals=1
    ),
    "lessen": Definition(_("Lessons shared"), "lessen", _("Lessons that were written down and shared in the period.")),
    "meelopen": Definition(_("Short placements"), "meelopen", _("Short placements that were held in the period.")),
    "meelopers": Definition(
        _("Times that a colleague took part"), "meelopen", _("How often somebody of the municipality took part in these."), value=in_all
    ),
    "stappen-gezet": Definition(
        _("Steps of the working method finished"), "stappen", _("Steps that an area finished in the period."), having("klaar")
    ),
}
