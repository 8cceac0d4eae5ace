"""The chapters about the whole city: in short, examples, money, what goes slower, what comes, pledges, the request."""

from itertools import islice

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as Met
from buurtdraad.reports.queries.drafted.pen import Chapter, Line, Pen, day, plain
from buurtdraad.reports.queries.figures import Row
from buurtdraad.reports.states import SectionKind
from buurtdraad.works.states import MoneySource

MOST_NAMED = 12


def summary(pen: Pen) -> Chapter:
    """The numbers that say most, first."""
    period = pen.counting.period
    days = {"from": date_format(period.from_on, "j F Y"), "until": date_format(period.until_on, "j F Y")}
    lines = [
        Line("period", _("This report is about %(from)s up to and with %(until)s.") % days),
        Line("wishes", told(pen)),
        Line("answers", _("%(in_time)s of the %(due)s wishes got an answer in time.") % answers(pen)),
        *pen.said(
            Line("topics", _("Neighbourhoods chose %(chosen)s topics in this period.") % {"chosen": pen.mark("onderwerpen-gekozen")}),
            "onderwerpen-gekozen",
        ),
        *pen.said(
            Line("agreements", _("Of the %(all)s agreements %(done)s are done, and %(late)s are past their day.") % agreed(pen)),
            "afspraken",
        ),
        *pen.said(Line("plans", _("Residents started %(new)s plans, and finished %(done)s.") % plans(pen)), "initiatieven"),
        *pen.said(
            Line("promises", _("We did %(done)s of the %(all)s things that we promised for this period.") % promises(pen)), "beloften"
        ),
        *pen.said(
            Line("works", _("Of the %(all)s projects of the municipality %(back)s answer a wish, topic or agreement.") % leading_back(pen)),
            "werken",
        ),
        *pen.said(
            Line("checks", _("%(checks)s proposals got a Buurtcheck, of %(departments)s departments.") % checked(pen)), "buurtchecks"
        ),
        *pen.said(
            Line("fit", _("We found %(found)s things that did not fit, and solved %(solved)s.") % fitting(pen)),
            "bevindingen-gevonden",
            "bevindingen-opgelost",
        ),
    ]
    return Chapter(SectionKind.SUMMARY, str(SectionKind.SUMMARY.label), [*lines, *measured(pen)])


def told(pen: Pen) -> str:
    number = pen.number("wensen")
    text = ngettext("People told %(wishes)s wish.", "People told %(wishes)s wishes.", number)
    return text % {"wishes": pen.mark("wensen")}


def answers(pen: Pen) -> dict[str, str]:
    return {"in_time": pen.mark("wensen-op-tijd"), "due": pen.mark("wensen-aan-de-beurt")}


def agreed(pen: Pen) -> dict[str, str]:
    return {"all": pen.mark("afspraken"), "done": pen.mark("afspraken-klaar"), "late": pen.mark("afspraken-te-laat")}


def plans(pen: Pen) -> dict[str, str]:
    return {"new": pen.mark("initiatieven-nieuw"), "done": pen.mark("initiatieven-klaar")}


def promises(pen: Pen) -> dict[str, str]:
    return {"all": pen.mark("beloften"), "done": pen.mark("beloften-klaar")}


def leading_back(pen: Pen) -> dict[str, str]:
    return {"all": pen.mark("werken"), "back": pen.mark("werken-uit-buurt")}


def checked(pen: Pen) -> dict[str, str]:
    return {"checks": pen.mark("buurtchecks"), "departments": pen.mark("afdelingen-met-check")}


def fitting(pen: Pen) -> dict[str, str]:
    return {"found": pen.mark("bevindingen-gevonden"), "solved": pen.mark("bevindingen-opgelost")}


def measured(pen: Pen) -> list[Line]:
    """A line for each measure of coherence that is known."""
    said = [(row, pen.mark("meting", group=row.group)) for row in pen.counting.rows("metingen") if row.amount is not None]
    return [Line(f"measure-{row.group}", _("%(measure)s: %(value)s.") % {"measure": plain(row.words), "value": mark}) for row, mark in said]


def examples(pen: Pen) -> Chapter:
    """Plans of residents that are on the site and done. The people behind them stand on their own page, as far as they agreed."""
    done = pen.behind("initiatieven-klaar")
    lines = [
        Line(row.reference, _("Done: %(what)s (%(place)s).") % {"what": plain(row.words), "place": pen.place(row)})
        for row in islice(done, MOST_NAMED)
    ]
    return Chapter(SectionKind.EXAMPLES, str(SectionKind.EXAMPLES.label), lines)


def money(pen: Pen) -> Chapter:
    """Planned, committed, spent per source; the pots; the fund; the neighbourhood budgets."""
    years = sorted({pen.counting.period.from_on.year, pen.counting.period.until_on.year})
    sources = [source for source in MoneySource if any(row.group == source for row in pen.counting.rows("werkgeld"))]
    lines = [
        *pen.said(
            Line("years", _("Sheets of projects speak of whole years: here %(years)s.") % {"years": ", ".join(map(str, years))}),
            "werkgeld-gepland",
            "werkgeld-vastgelegd",
        ),
        *pen.said(
            Line("works", _("For projects %(planned)s is planned, %(committed)s committed and %(spent)s spent.") % of_works(pen)),
            "werkgeld-gepland",
            "werkgeld-vastgelegd",
        ),
        *(
            Line(
                f"works-{source}",
                _("From %(source)s: %(planned)s planned, %(committed)s committed, %(spent)s spent.")
                % ({"source": source.label} | of_works(pen, group=source.value)),
            )
            for source in sources
        ),
        *pen.said(
            Line("pots", _("Pots promised %(promised)s in this period, and paid %(paid)s.") % pots(pen)), "geld-beloofd", "geld-betaald"
        ),
        *pen.said(Line("asked", _("The fund got %(requests)s requests for %(asked)s together.") % asked(pen)), "aanvragen"),
        *pen.said(
            Line("granted", _("It granted %(granted)s requests with %(euros)s, and refused %(refused)s.") % granted(pen)),
            "toegekend",
            "afgewezen",
        ),
        *pen.said(Line("budgets", _("%(rounds)s neighbourhood budgets had a vote, with %(voters)s people.") % voted(pen)), "budgetten"),
    ]
    return Chapter(SectionKind.MONEY, str(SectionKind.MONEY.label), lines)


def of_works(pen: Pen, **by: str) -> dict[str, str]:
    named = {"planned": "gepland", "committed": "vastgelegd", "spent": "uitgegeven"}
    return {name: pen.mark(f"werkgeld-{word}", **by) for name, word in named.items()}


def pots(pen: Pen) -> dict[str, str]:
    return {"promised": pen.mark("geld-beloofd"), "paid": pen.mark("geld-betaald")}


def asked(pen: Pen) -> dict[str, str]:
    return {"requests": pen.mark("aanvragen"), "asked": pen.mark("aanvragen-euro")}


def granted(pen: Pen) -> dict[str, str]:
    return {"granted": pen.mark("toegekend"), "euros": pen.mark("toegekend-euro"), "refused": pen.mark("afgewezen")}


def voted(pen: Pen) -> dict[str, str]:
    return {"rounds": pen.mark("budgetten"), "voters": pen.mark("stemmers")}


def slower(pen: Pen, areas: list[str]) -> Chapter:
    """What is late or stands still, each with its reason. Late answers per area, with how late."""
    lines = [
        *pen.said(
            Line("agreements", _("%(late)s agreements are past their day.") % {"late": pen.mark("afspraken-te-laat")}), "afspraken-te-laat"
        ),
        *(waits(pen, row) for row in pen.counting.rows("afspraken") if {"te-laat", "later", "gestopt"}.intersection(row.tags)),
        *pen.said(Line("works", _("%(late)s projects are past their day, and %(still)s stand still.") % still(pen)), "werken"),
        *(waits(pen, row) for row in pen.counting.rows("werken") if {"te-laat", "staat-stil", "gestopt"}.intersection(row.tags)),
        *pen.said(
            Line("answers", _("%(late)s wishes got their answer later than promised, or not yet.") % {"late": pen.mark("wensen-te-laat")}),
            "wensen-te-laat",
        ),
        *pen.said(
            Line("answers-why", _("Of %(known)s of these a colleague wrote down why.") % {"known": pen.mark("wensen-te-laat-waarom")}),
            "wensen-te-laat-waarom",
        ),
        *(late for code in areas if (late := late_answers(pen, code))),
    ]
    return Chapter(SectionKind.SLOWER, str(SectionKind.SLOWER.label), lines)


def still(pen: Pen) -> dict[str, str]:
    return {"late": pen.mark("werken-te-laat"), "still": pen.mark("werken-stil")}


def waits(pen: Pen, row: Row) -> Line:
    """Something that waits or stopped, where, and why."""
    said = {"what": plain(row.words), "place": pen.place(row), "why": plain(row.note)}
    text = _("%(what)s (%(place)s): %(why)s.") if said["why"] else _("%(what)s (%(place)s): nobody wrote down why.")
    return Line(row.reference, text % said)


def late_answers(pen: Pen, code: str) -> Line | None:
    """The late answers of an area by reference, with how late each was."""
    late = pen.behind("wensen-te-laat", area=code)
    if not late:
        return None
    named = "; ".join(f"{row.reference}: {row.note[0].lower()}{row.note[1:]}" for row in late[:MOST_NAMED])
    said = {"place": pen.names.get(code, code), "late": pen.mark("wensen-te-laat", area=code), "which": named}
    return Line(f"answers-{code}", _("In %(place)s %(late)s answers came late. %(which)s.") % said)


def next_half_year(pen: Pen) -> Chapter:
    """What has a day after the period: agreements, projects, meetings."""
    after = pen.counting.period.until_on
    coming = [
        row
        for name in ("afspraken", "werken")
        for row in pen.counting.rows(name)
        if "open" in row.tags and row.on and row.on > after
    ]  # fmt: skip
    coming.sort(key=lambda row: (row.on, row.reference))
    planned = Meeting.objects.filter(stage=Met.ANNOUNCED, starts_at__date__gt=pen.counting.period.day).count()
    lines = [
        *(
            Line(
                row.reference,
                _("For %(day)s: %(what)s (%(place)s).") % {"day": day(row), "what": plain(row.words), "place": pen.place(row)},
            )
            for row in islice(coming, MOST_NAMED)
        ),
        *([Line("meetings", _("There are meetings in the calendar, which everybody can come to."))] if planned else []),
    ]
    return Chapter(SectionKind.NEXT, str(SectionKind.NEXT.label), lines)


def pledges(pen: Pen) -> Chapter:
    """How many are open, and how each stands."""
    open_ = {"open": pen.mark("toezeggingen-open"), "done": pen.mark("toezeggingen-klaar")}
    all_ = Line("all", _("%(done)s pledges and motions are done, and %(open)s are open.") % open_)
    lines = pen.said(all_, "toezeggingen-open", "toezeggingen-klaar")
    for row in pen.counting.rows("toezeggingen"):
        said = {"number": plain(row.reference), "what": plain(row.words), "told": plain(row.note)}
        if "klaar" in row.tags:
            text = _("%(number)s is done: %(what)s.")
        elif said["told"]:
            text = _("%(number)s is open: %(what)s. %(told)s.")
        else:
            text = _("%(number)s is open: %(what)s.")
        lines.append(Line(f"pledge-{row.reference}"[:150], text % said))
    return Chapter(SectionKind.PLEDGES, str(SectionKind.PLEDGES.label), lines)


def request(pen: Pen) -> Chapter:
    text = _("We ask the council to take note of this report.")
    return Chapter(SectionKind.REQUEST, str(SectionKind.REQUEST.label), [Line("note", text)])


def annex(pen: Pen) -> Chapter:
    text = _("Below are the tables behind this report. Every list can be downloaded.")
    return Chapter(SectionKind.ANNEX, str(SectionKind.ANNEX.label), [Line("tables", text)])
