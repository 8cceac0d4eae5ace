"""A rules sheet in plain words: the same for who writes it, for everybody on the site, and on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.budgets.models import BudgetRound, Part, RoundMoney, RulesSheet
from buurtdraad.budgets.queries.missing import names_of_days
from buurtdraad.budgets.queries.rule_words import counting, seed_of
from buurtdraad.budgets.states import BallotKind, Channel, Leftover
from buurtdraad.budgets.tally.rule import Rule, WrongRule
from buurtdraad.places import queries as places
from buurtdraad.ui.euros import euros


@dataclass(frozen=True)
class Section:
    """A question of people, and the answer of the sheet. `step` is the page where it is written, empty for none."""

    title: str
    lines: Sequence[str]
    step: str = ""


def sections(round_: BudgetRound) -> list[Section]:
    """The whole sheet but for its days. Three queries."""
    parts = list(round_.parts.select_related("area"))
    names = places.names_of({round_.area.code, *(part.area.code for part in parts)})
    return sections_of(round_, parts, list(round_.sources.select_related("pot")), names)


def sections_of(round_: BudgetRound, parts: Sequence[Part], sources: Iterable[RoundMoney], names: dict[str, str]) -> list[Section]:
    """The same from what was read for many rounds: its budgets, where its money came from, and names of areas by code. No query."""
    sheet, here = round_.sheet, names.get(round_.area.code, round_.area.code)
    from_pots = [str(source.pot) for source in sources if source.amount > source.back]
    return [
        Section(_("How much money is there?"), list(money(parts, names, from_pots, sheet))),
        Section(_("Who can send a plan?"), list(proposing(sheet)), "inzenden"),
        Section(_("What can a plan be?"), list(plans(sheet)), "inzenden"),
        Section(_("Who can vote?"), list(voters(sheet, here)), "stemmen"),
        Section(_("How do you vote?"), list(ballot(sheet)), "stemmen"),
        Section(_("How do we count?"), list(counted(sheet)), "tellen"),
        Section(_("Who decides?"), list(decision(sheet)), "besluit"),
        Section(_("Who sees what you vote?"), list(secret(sheet)), "besluit"),
    ]


def money(parts: Sequence[Part], names: dict[str, str], sources: Sequence[str], sheet: RulesSheet) -> Iterator[str]:
    for part in parts:
        yield _("There is %(amount)s for %(name)s.") % {"amount": euros(part.amount), "name": names.get(part.area.code, part.name)}
    if len(parts) > 1:
        yield _("You vote about the budgets of the place where you live.")
    if sources:
        yield _("The money comes from: %(sources)s.") % {"sources": ", ".join(sources)}
    yield {
        Leftover.BACK: _("Money that no plan gets goes back to where it came from."),
        Leftover.NEXT: _("Money that no plan gets goes to the next round here."),
        Leftover.STAY: _("Money that no plan gets stays for this neighbourhood. The group of the agenda chooses what it is for."),
    }[Leftover(sheet.leftover)]


def proposing(sheet: RulesSheet) -> Iterator[str]:
    yield _("Everybody of %(age)s years and older can send a plan.") % {"age": sheet.propose_age}
    yield _("Organisations can send a plan too.") if sheet.propose_organisations else _("Organisations cannot send a plan.")
    yield from filter(None, [sheet.propose_words])


def plans(sheet: RulesSheet) -> Iterator[str]:
    if sheet.most_a_plan is not None:
        yield _("A plan costs at most %(amount)s.") % {"amount": euros(sheet.most_a_plan)}
    else:
        yield _("A plan can cost the whole budget, and no more.")
    if sheet.least_a_plan:
        yield _("A plan costs at least %(amount)s.") % {"amount": euros(sheet.least_a_plan)}
    within = ngettext("A plan can be done within %(number)s month.", "A plan can be done within %(number)s months.", sheet.months_to_do)
    yield within % {"number": sheet.months_to_do}
    if sheet.likes_needed:
        likes = ngettext(
            "We look at a plan when %(number)s person likes it.", "We look at a plan when %(number)s people like it.", sheet.likes_needed
        )
        yield likes % {"number": sheet.likes_needed}
    yield _("We see whether each plan can be done. If not, everybody can read why.")
    yield _("Of plans for the same spot only one can win.")


def voters(sheet: RulesSheet, here: str) -> Iterator[str]:
    yield _("Everybody of %(age)s years and older in %(name)s can vote.") % {"age": sheet.vote_age, "name": here}
    if sheet.vote_organisations:
        yield _("Every organisation here has one vote too.")
    yield from filter(None, [sheet.vote_words])
    if sheet.channels:
        yield _("You can vote in these ways: %(ways)s.") % {"ways": ", ".join(ways(sheet.channels))}
    yield _("Everybody has one vote. You can change it until the last day.")


def ways(channels: Iterable[str]) -> list[str]:
    """Channels in words, in the order of the house."""
    return [str(channel.label) for channel in Channel if channel in set(channels)]


def ballot(sheet: RulesSheet) -> Iterator[str]:
    facts = {"least": sheet.least_marks, "most": sheet.most_marks, "points": sheet.points}
    match sheet.ballot:
        case BallotKind.CHOOSE if sheet.least_marks == sheet.most_marks:
            number = sheet.most_marks
            yield ngettext("You choose %(number)s plan.", "You choose %(number)s plans.", number) % {"number": number}
        case BallotKind.CHOOSE:
            yield _("You choose plans: at least %(least)s and at most %(most)s.") % facts
        case BallotKind.BASKET:
            yield _("You fill a basket with plans. Together they cost no more than the budget.")
            yield _("You choose at least this many plans: %(least)s.") % facts
        case BallotKind.POINTS:
            yield _("You have %(points)s points. You divide them over at least this many plans: %(least)s.") % facts
        case BallotKind.RANK:
            yield _("You put plans in order, the best one first: at least %(least)s and at most %(most)s.") % facts
    yield _("You may also choose nothing.")


def counted(sheet: RulesSheet) -> Iterator[str]:
    try:
        rule = Rule.from_dict(sheet.rule)
    except WrongRule:
        yield _("This is not known yet.")
        return
    yield from counting(rule)
    yield from seed_of(rule)


def decision(sheet: RulesSheet) -> Iterator[str]:
    yield _("About the result decides: %(who)s.") % {"who": sheet.decides} if sheet.decides else _("This is not known yet.")
    yield from filter(None, [sheet.if_not_adopted])


def secret(sheet: RulesSheet) -> Iterator[str]:
    yield _("Nobody sees what you vote.")
    yield _("We show totals only, of %(number)s people and more.") % {"number": sheet.smallest_group}


def days(sheet: RulesSheet) -> list[tuple[str, str]]:
    """The days by name, those that are known, in order."""
    found = []
    for name, words in names_of_days().items():
        if value := getattr(sheet, name):
            moment = name in {"vote_from", "vote_until"}
            text = date_format(localtime(value), "l j F Y, H:i") if moment else date_format(value, "l j F Y")
            found.append((words, text))
    return found
