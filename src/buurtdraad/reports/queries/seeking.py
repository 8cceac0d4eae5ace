"""Findings about one cell, one work or one neighbourhood. Those about pairs stand in `overlapping`, `alike` and `doubled`."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from buurtdraad.partners.models import LocalContact
from buurtdraad.reports import rules
from buurtdraad.reports.models import Cell, FindingStep
from buurtdraad.reports.queries.doing import Doing, Sheet
from buurtdraad.reports.queries.seen import Seen
from buurtdraad.reports.states import FindingKind, FindingStage
from buurtdraad.works.models import WorkAnswers
from buurtdraad.works.states import WorkKind


def projects(doing: Doing) -> Iterator[Sheet]:
    """Without upkeep, which comes from a register and is asked about there."""
    return (sheet for sheet in doing.works if sheet.kind == WorkKind.PROJECT)


def needs_without_work(cells: Iterable[Cell]) -> Iterator[Seen]:
    """Much attention needed for a challenge in a neighbourhood, and no open agreement, work or plan of residents is under it.

    Where attention is needed but not much, it is a finding when a person made it one. Source: cells. It says nothing about work that
    no sheet, agenda or plan names, or that holds for the whole city.
    """
    by_people = set(
        FindingStep.objects.filter(finding__kind=FindingKind.NEED_WITHOUT_WORK, stage=FindingStage.OPEN, by__isnull=False)
        .values_list("finding__key", flat=True)
    )  # fmt: skip
    for cell in cells:
        if is_gap(cell) and (cell.need == rules.NEEDS_MUCH or need_key(cell) in by_people):
            yield unmet(cell)


def is_gap(cell: Cell) -> bool:
    """Whether attention is needed, and nothing is being done."""
    return (cell.need or 0) >= rules.NEEDS_ATTENTION and not (cell.agreements or cell.works or cell.initiatives)


def need_key(cell: Cell) -> str:
    return f"need:{cell.area_id}:{cell.challenge_id}"


def unmet(cell: Cell) -> Seen:
    """The finding that a cell is, whoever finds it."""
    return Seen(
        FindingKind.NEED_WITHOUT_WORK, need_key(cell), cell.area_id, cell.challenge_id,
        facts={"figures": cell.figures, "wishes": cell.wishes},
    )  # fmt: skip


def works_without_need(doing: Doing, cells: Iterable[Cell]) -> Iterator[Seen]:
    """A project under a challenge that goes well in all its neighbourhoods, and that answers no wish, topic or agreement.

    It may be right all the same: to keep what goes well, or for something that no figure tells.
    """
    need = {(cell.area_id, cell.challenge_id): cell.need for cell in cells}
    asked = set(WorkAnswers.objects.values_list("work", flat=True))
    for sheet in projects(doing):
        levels = {need.get((place, sheet.challenge)) for place in sheet.places} if sheet.challenge else set()
        if levels == {rules.GOES_WELL} and sheet.pk not in asked:
            yield about(sheet, FindingKind.WORK_WITHOUT_NEED)


def without_owner(doing: Doing) -> Iterator[Seen]:
    """A project of which neither name nor address of an owner is known."""
    return (about(sheet, FindingKind.NO_OWNER) for sheet in projects(doing) if not sheet.has_owner)


def not_confirmed(doing: Doing, at: datetime.datetime) -> Iterator[Seen]:
    """A project of which its owner said for two months not that it is right. Its being old does not make it wrong."""
    before = at - datetime.timedelta(days=rules.CONFIRMED_DAYS)
    return (
        about(sheet, FindingKind.NOT_CONFIRMED, since=sheet.confirmed_at.date().isoformat())
        for sheet in projects(doing)
        if sheet.confirmed_at < before
    )


def about(sheet: Sheet, kind: FindingKind, **facts: str) -> Seen:
    """A finding about one work, in the first of its areas."""
    area = sheet.areas[0] if sheet.areas else None
    return Seen(kind, f"{kind.value}:{sheet.thing}", area, sheet.challenge, (sheet.thing,), {"department": sheet.department, **facts})


def many_contacts(doing: Doing, on: datetime.date) -> Iterator[Seen]:
    """More than `rules.MANY_CONTACTS` different people in one neighbourhood: owners of open projects, and who works there.

    Somebody who leads two works counts once, by their address; somebody who stands in both lists twice, when the names differ.
    """
    people, departments = contacts_of(doing, on)
    for place, found in sorted(people.items()):
        if len(found) > rules.MANY_CONTACTS:
            facts = {"number": len(found), "departments": sorted(departments[place])}
            yield Seen(FindingKind.MANY_CONTACTS, f"contacts:{place}", place, facts=facts)


def contacts_of(doing: Doing, on: datetime.date) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """By neighbourhood: whom one can turn to, and the departments with an open project there."""
    people: dict[int, set[str]] = defaultdict(set)
    departments: dict[int, set[str]] = defaultdict(set)
    for sheet in projects(doing):
        for place in sheet.places:
            departments[place].add(sheet.department)
            if sheet.has_owner:
                people[place].add(sheet.owner)
    rows = LocalContact.objects.on(on).exclude(first_name="").values_list("pk", "person__email", "areas")
    for pk, email, area in rows:
        for place in doing.ground.inside.get(area, ()):
            people[place].add((email or f"contact {pk}").casefold())
    return people, departments
