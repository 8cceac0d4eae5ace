"""What findings and measures are called, count and do not say, for people. The sums stand in `rules` and beside them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.reports.states import FindingKind

NEED_WORDS: dict[int, Promise] = {
    0: _("not known"), 1: _("goes well"), 2: _("look at it"), 3: _("attention needed"), 4: _("much attention needed"),
}  # fmt: skip
NO_WORK_YET = _("no work yet")

REASONS: dict[str, Promise] = {
    FindingKind.NEED_WITHOUT_WORK: _("The figures ask for attention. No agreement, project or plan of residents is under this challenge."),
    FindingKind.WORK_WITHOUT_NEED: _("The figures say that this goes well here. The project answers no wish, topic or agreement."),
    FindingKind.NO_OWNER: _("The sheet names nobody who leads this project."),
    FindingKind.NOT_CONFIRMED: _("For two months nobody said that this sheet is right."),
    FindingKind.SAME_PLACE: _("Both are in the same place. Less than 12 months lie between them."),
    FindingKind.SAME_GOAL: _("Two departments want the same here for the same people."),
    FindingKind.ALREADY_ANSWERED: _("A project here says the same. Nothing ties them together yet."),
    FindingKind.MANY_CONTACTS: _("More than 8 people can be called about work in this neighbourhood."),
    FindingKind.MONEY_TWICE: _("Money is promised for this from more than one place. That may be meant so."),
}
NOT_SAID: dict[str, Promise] = {
    FindingKind.NEED_WITHOUT_WORK: _("Work that no sheet or agenda names, or that is for the whole city, is not seen."),
    FindingKind.WORK_WITHOUT_NEED: _("It may be right all the same: to keep what goes well."),
    FindingKind.NO_OWNER: _("Somebody may lead it all the same."),
    FindingKind.NOT_CONFIRMED: _("It may still be right."),
    FindingKind.SAME_PLACE: _("Doing both at once is not always better."),
    FindingKind.SAME_GOAL: _("Neither of the two needs to be too many."),
    FindingKind.ALREADY_ANSWERED: _("Words that are alike need not mean the same. Look for yourself."),
    FindingKind.MANY_CONTACTS: _("Somebody in two lists may be counted twice."),
    FindingKind.MONEY_TWICE: _("Two who pay together is often right."),
}
ADVICE: dict[str, Promise] = {
    FindingKind.NEED_WITHOUT_WORK: _("Ask at the next meeting what residents want, or make an agreement."),
    FindingKind.WORK_WITHOUT_NEED: _("Call who leads it: which question of the neighbourhood does it answer?"),
    FindingKind.NO_OWNER: _("Call the department, and write on the sheet who leads it."),
    FindingKind.NOT_CONFIRMED: _("Call who leads it, and ask whether it is right."),
    FindingKind.SAME_PLACE: _("Bring both together, and agree which comes first."),
    FindingKind.SAME_GOAL: _("Bring both departments together."),
    FindingKind.ALREADY_ANSWERED: _("Look whether the project answers this, and tie them together on its sheet."),
    FindingKind.MANY_CONTACTS: _("Agree who is the one to call."),
    FindingKind.MONEY_TWICE: _("Call who promised it, and ask whether that is meant so."),
}


@dataclass(frozen=True)
class Definition:
    """A measure for people. `form` is how its value reads: days, share, number, euros or index."""

    name: str
    title: Promise
    counts: Promise
    source: Promise
    not_said: Promise
    form: str = "share"
    halves: bool = False


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "first_action", _("Days from wish to first action"),
        _("The middle of the days from a wish to the first thing that was done for it, by the half year in which that was."),
        _("Steps of wishes and agreements, and the day on which projects began."),
        _("Wishes for which nothing was done yet are not in it. An early action need not be a good one."), "days", halves=True,
    ),
    Definition(
        "answered_in_time", _("Answered in time"),
        _("Of the wishes that had to be answered in a month: the share that got an answer in time."),
        _("Wishes, with the days that an area promises."), _("An answer in time need not be a good answer."),
    ),
    Definition(
        "works_lead_back", _("Projects that lead back to the neighbourhood"),
        _("Of the projects in a month: the share that answers a wish, topic or agreement."), _("Project sheets."),
        _("It does not prove that a project began with the neighbourhood. Somebody tied the two together."),
    ),
    Definition(
        "euros_lead_back", _("Euros that lead back to the neighbourhood"),
        _("Of the euros promised to what goes on: the share for what leads back to a wish, topic or agreement. Upkeep is left out."),
        _("Project sheets and pots."), _("Money that no sheet or pot names is not in it."),
    ),
    Definition(
        "shared_works", _("Projects with two or more departments or partners"),
        _("Of the projects that go on: the share in which a partner takes part."), _("Project sheets."),
        _("Working with more is not always better."),
    ),
    Definition(
        "departments_named", _("Departments with a name to call"),
        _("Of the departments with a project in a neighbourhood: the share of which a sheet says who leads it."), _("Project sheets."),
        _("It does not say whether that person picks up the phone."),
    ),
    Definition(
        "contacts", _("People to call per neighbourhood"),
        _("How many people lead a project or work in a neighbourhood. For the city: the middle of all neighbourhoods."),
        _("Project sheets, and who works where."), _("A large neighbourhood may need more people."), "number",
    ),
    Definition(
        "findings_open", _("Findings that are open"), _("How many findings were not solved at the end of the month."), _("Findings."),
        _("More findings may also mean that more is written down."), "number",
    ),
    Definition(
        "findings_solved", _("Findings that were solved"), _("How many findings were solved in the month."), _("Findings."),
        _("A finding is also solved when what it was about ended."), "number",
    ),
    Definition(
        "euros_per_inhabitant", _("Euros per inhabitant"),
        _("Euros promised to what goes on in a neighbourhood, divided by its inhabitants. What is for the whole city is left out."),
        _("Project sheets, pots, and CBS for inhabitants."), _("Neighbourhoods need different things. More is not unfair."), "euros",
    ),
    Definition(
        "euros_spread", _("How unequally euros lie over the city"),
        _("An index (Gini): 0 when there is as much for each inhabitant, 1 when one neighbourhood has all."),
        _("The euros per inhabitant above."), _("Unequal is not the same as unfair: need differs too."), "index",
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in DEFINITIONS}
