"""The rules as people read them: sentences with their amounts, and tables."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.models import Scheme, SchemeRules
from buurtdraad.fund.states import Accounting, Activity, ClockStart, CostKind, DocumentKind
from buurtdraad.ui.euros import euros


@dataclass(frozen=True)
class Says:
    """One rule in words, and the article where one says so."""

    words: str
    article: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the rules; empty where the scheme has none."""

    caption: str
    head: list[str]
    rows: list[list[str]]


def versions_of(scheme: Scheme) -> list[SchemeRules]:
    """All versions of a scheme, the newest first."""
    return list(SchemeRules.objects.filter(scheme=scheme).select_related("scheme").order_by("-from_on"))


def versions_now(today: datetime.date) -> list[SchemeRules]:
    """Of every scheme the version that holds today, our own first."""
    return list(SchemeRules.objects.on(today).select_related("scheme").order_by("-scheme__ours", "scheme__municipality"))


def amounts(rules: SchemeRules) -> Iterator[Says]:
    """How much."""
    yield Says(_("You can get at most %(amount)s.") % {"amount": euros(rules.most)})
    if rules.least:
        yield Says(_("The fund pays from %(amount)s on.") % {"amount": euros(rules.least)})
    if rules.most_a_year is not None:
        yield Says(_("In one year a plan gets at most %(amount)s.") % {"amount": euros(rules.most_a_year)})
    if rules.all_in_rounds:
        yield Says(_("Money is given in rounds: you ask before a fixed day, and plans are compared."), "Awb 4:26")
    elif rules.rounds_above is not None:
        yield Says(_("Above %(amount)s money is given in rounds.") % {"amount": euros(rules.rounds_above)}, "Awb 4:26")
    if rules.unforeseen_percent is not None:
        yield Says(_("At most %(percent)s percent of the costs is unforeseen.") % {"percent": rules.unforeseen_percent})
    if rules.own_share:
        yield Says(_("You do something yourself: with hours, money or things."))


def asking(rules: SchemeRules) -> Iterator[Says]:
    """What somebody has to do before they ask."""
    yield Says(_("You ask before it starts."))
    if rules.weeks_ahead:
        weeks = rules.weeks_ahead
        says = ngettext("Ask at least %(weeks)s week before it starts.", "Ask at least %(weeks)s weeks before it starts.", weeks)
        yield Says(says % {"weeks": weeks})
    yield Says(_("Who asks is %(age)s or older. Younger people ask with an adult.") % {"age": rules.from_age})
    if rules.supporters:
        says = ngettext("%(number)s neighbour agrees with it.", "%(number)s neighbours agree with it.", rules.supporters)
        yield Says(says % {"number": rules.supporters})
    if rules.support_above == 0:
        yield Says(_("You show what the neighbours think: for, against, no opinion."))
    elif rules.support_above is not None:
        says = _("From %(amount)s on you show what the neighbours think: for, against, no opinion.")
        yield Says(says % {"amount": euros(rules.support_above)})
    if rules.years_most is not None:
        says = _("A plan gets money for at most %(years)s years in a row, unless there is a good reason.")
        yield Says(says % {"years": rules.years_most}, "Awb 4:51")


def deciding(rules: SchemeRules) -> Iterator[Says]:
    """Who decides, and when."""
    yield Says(_("Who decides: %(who)s.") % {"who": rules.decides})
    weeks = ngettext("We decide within %(weeks)s week.", "We decide within %(weeks)s weeks.", rules.weeks) % {"weeks": rules.weeks}
    starts = _("We count from: %(start)s.") % {"start": ClockStart(rules.clock_start).label}
    yield Says(f"{weeks} {starts}", "Awb 4:13")
    if rules.extension_weeks:
        longer = rules.extension_weeks
        says = ngettext("Once we may take %(weeks)s week more.", "Once we may take %(weeks)s weeks more.", longer)
        yield Says(says % {"weeks": longer}, "Awb 4:14")
    yield Says(_("When we ask you something, the time stands still until you answer."), "Awb 4:15")
    days = rules.answer_days
    yield Says(ngettext("You have %(days)s day to answer.", "You have %(days)s days to answer.", days) % {"days": days}, "Awb 4:5")
    if rules.rolls:
        yield Says(_("When the last day is on a weekend or a holiday, it is the next working day."), "Algemene termijnenwet 1")
    if rules.four_eyes_above:
        yield Says(_("Above %(amount)s two people decide.") % {"amount": euros(rules.four_eyes_above)})
    if rules.small_up_to is not None:
        says = _("A small plan, up to %(amount)s, gets an answer in the same week.") % {"amount": euros(rules.small_up_to)}
        yield Says(says if rules.small_on else f"{says} {_('This is a proposal and does not count yet.')}")
    yield Says(_("You do not agree? You can object within six weeks."), "Awb 6:7")


def tables(rules: SchemeRules) -> list[Table]:
    """The tables that this version has."""
    found = [
        Table(
            _("What you show, by the amount"),
            [_("Amount up to"), _("What you send along"), _("What you show afterwards"), _("Paid at once")],
            [
                [
                    euros(band.up_to),
                    ", ".join(str(DocumentKind(kind).label) for kind in band.documents) or _("nothing more"),
                    str(Accounting(band.accounting).label),
                    f"{band.advance_percent}%",
                ]
                for band in rules.rows("bands")
            ],
        ),
        Table(_("The most for one kind of plan"), [_("Kind of plan"), _("At most")], [cap_row(cap) for cap in rules.rows("caps")]),
        Table(
            _("What the fund does not pay"),
            [_("Costs"), _("Why not?")],
            [[str(CostKind(each.kind).label), each.reason] for each in rules.rows("not_paid")],
        ),
        Table(
            _("Who may decide up to which amount"),
            [_("Who"), _("Amount up to")],
            [[str(Duty(each.duty).label), mandate_words(each.up_to, each.small_only)] for each in rules.rows("mandates")],
        ),
    ]
    return [table for table in found if table.rows]


def cap_row(cap) -> list[str]:
    most = euros(cap.most)
    return [str(Activity(cap.activity).label), _("%(amount)s for each person") % {"amount": most} if cap.a_person else most]


def mandate_words(up_to: Decimal, small_only: bool) -> str:
    return _("%(amount)s, small plans only") % {"amount": euros(up_to)} if small_only else euros(up_to)


def compared(versions: list[SchemeRules]) -> Table:
    """The schemes beside each other, so that one sees that rules are data."""
    head = [_("Municipality"), _("Fund"), _("At most"), _("Answer within"), _("Who decides")]
    rows = [
        [each.scheme.municipality, each.scheme.name, euros(each.most), weeks_words(each.weeks), each.decides]
        for each in versions
    ]  # fmt: skip
    return Table(_("How other municipalities do it"), head, rows)


def weeks_words(weeks: int) -> str:
    return ngettext("%(weeks)s week", "%(weeks)s weeks", weeks) % {"weeks": weeks}
