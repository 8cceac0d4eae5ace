"""Measures of coherence. Each function says what it counts, from which source, and what it does not say; `words.py` says it to people.

What has a date is counted anew for each of the last two years; what only is as it is now gets a value for this month alone.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median

from django.db.models import Q
from django.utils.timezone import localdate as local

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.figures.models import Measurement
from buurtdraad.initiatives.models import InitiativeAgreement, InitiativeTopic, InitiativeWish
from buurtdraad.reports import rules
from buurtdraad.reports.models import Finding, MeasureValue
from buurtdraad.reports.queries.doing import Doing
from buurtdraad.reports.queries.first_actions import first_actions
from buurtdraad.reports.queries.seeking import contacts_of, projects
from buurtdraad.works.models import Work, WorkAnswers, WorkPartner
from buurtdraad.works.states import PartnerRole, Stage, WorkKind

MONTHS = 24


def measures(doing: Doing, *, at: datetime.datetime, on: datetime.date) -> list[MeasureValue]:
    """All of them, not stored yet."""
    months = rules.months_back(on, MONTHS)
    found = [
        *days_to_first_action(on),
        *answered_in_time(months, on),
        *works_that_lead_back(months),
        *findings_over_time(months, at),
        *works_together(doing, on),
        *euros_that_lead_back(doing, on),
        *contacts(doing, on),
        *departments_with_a_name(doing, on),
        *euros_per_inhabitant(doing, on),
    ]
    for one in found:
        one.made_at = at
    return found


def value(name: str, month: datetime.date, number: Decimal | None, *, part: Decimal | int | None = None, whole: Decimal | int | None = None,
          area: int | None = None) -> MeasureValue:  # fmt: skip
    as_decimal = {key: None if one is None else Decimal(one) for key, one in (("part", part), ("whole", whole))}
    return MeasureValue(name=name, month=month, value=number, area_id=area, **as_decimal)


def share(name: str, month: datetime.date, part: Decimal | int, whole: Decimal | int, area: int | None = None) -> MeasureValue:
    return value(name, month, rules.share(part, whole), part=part, whole=whole, area=area)


# --- with a date: counted anew each time ----------------------------------------------------------------


def days_to_first_action(on: datetime.date) -> Iterator[MeasureValue]:
    """The median days from a wish to the first action for it, by the half year in which that action was (`first_actions`).

    Wishes without an action are not in it, so it is about what was done, not about what waits.
    """
    by_half: dict[datetime.date, list[int]] = defaultdict(list)
    for given, acted in first_actions().values():
        if acted <= on:
            by_half[rules.half_year(acted)].append((acted - given).days)
    for first, days in sorted(by_half.items()):
        yield value("first_action", first, rules.middle(days), part=len(days))


def answered_in_time(months: list[datetime.date], on: datetime.date) -> Iterator[MeasureValue]:
    """Of the wishes whose last day to answer was in a month: the share of which the first answer came on that day or before.

    Every wish counts, also one that was joined to another. A wish of which that day is still to come is in no month yet.
    """
    rows: dict[datetime.date, list[bool]] = defaultdict(list)
    found = Wish.objects.filter(answer_by__gte=months[0]).filter(Q(answer_by__lt=on) | Q(answered_at__isnull=False))
    for answer_by, answered_at in found.values_list("answer_by", "answered_at"):
        rows[rules.month_of(answer_by)].append(bool(answered_at and local(answered_at) <= answer_by))
    for month in months:
        if rows[month]:
            yield share("answered_in_time", month, sum(rows[month]), len(rows[month]))


def works_that_lead_back(months: list[datetime.date]) -> Iterator[MeasureValue]:
    """Of the projects that were there in a month: the share that answers a wish, a topic or an agreement.

    There: the sheet was made before its end, and the work was not done before its beginning; stopped ones are left out. It tells that
    somebody tied the project to what a neighbourhood asked, not that it began there.
    """
    since: dict[int, datetime.date] = {}
    for work, at in WorkAnswers.objects.order_by("-since").values_list("work", "since"):
        since[work] = local(at)
    found = Work.objects.filter(kind=WorkKind.PROJECT).exclude(stage=Stage.STOPPED).values_list("pk", "made_at", "done_on")
    works = [(pk, local(made_at), done_on) for pk, made_at, done_on in found]
    for month in months:
        end = rules.next_month(month)
        there = [pk for pk, made_on, done_on in works if made_on < end and (done_on is None or done_on >= month)]
        if there:
            yield share("works_lead_back", month, sum(1 for pk in there if pk in since and since[pk] < end), len(there))


def findings_over_time(months: list[datetime.date], at: datetime.datetime) -> Iterator[MeasureValue]:
    """How many findings were there at the end of a month and not solved, and how many were solved in it. Set aside counts as there."""
    rows = [(local(found), local(solved) if solved else None) for found, solved in Finding.objects.values_list("found_at", "solved_at")]
    for month in months:
        end = rules.next_month(month)
        if any(found_on < end for found_on, _ in rows):
            there = sum(1 for found_on, solved_on in rows if found_on < end and (solved_on is None or solved_on >= end))
            solved = sum(1 for _, solved_on in rows if solved_on and month <= solved_on < end)
            yield value("findings_open", month, Decimal(there))
            yield value("findings_solved", month, Decimal(solved))


# --- as it is now: a value for this month -----------------------------------------------------------------


def works_together(doing: Doing, on: datetime.date) -> Iterator[MeasureValue]:
    """Of the open projects: the share with two or more departments or partners. A partner that is only told about it does not count."""
    taking_part = set(WorkPartner.objects.exclude(role=PartnerRole.INFORMED).values_list("work", flat=True))
    every = list(projects(doing))
    yield share("shared_works", rules.month_of(on), sum(1 for sheet in every if sheet.pk in taking_part), len(every))


def euros_that_lead_back(doing: Doing, on: datetime.date) -> Iterator[MeasureValue]:
    """Of the euros committed to open projects, agreements and plans: the share of what leads back to a wish, topic or agreement.

    Money for an agreement always does; money for a plan when the plan names a wish, topic or agreement; money of a project when its sheet
    does. Upkeep is left out.
    """
    asked = set(WorkAnswers.objects.values_list("work", flat=True))
    plans = {
        pk for model in (InitiativeWish, InitiativeTopic, InitiativeAgreement) for pk in model.objects.values_list("initiative", flat=True)
    }
    rows = [
        *((sheet.euros, sheet.pk in asked) for sheet in projects(doing)),
        *((going.euros, True) for going in doing.agreements),
        *((going.euros, going.pk in plans) for going in doing.plans),
    ]
    whole = sum((euros for euros, _ in rows), Decimal(0))
    yield share("euros_lead_back", rules.month_of(on), sum((euros for euros, back in rows if back), Decimal(0)), whole)


def contacts(doing: Doing, on: datetime.date) -> Iterator[MeasureValue]:
    """How many different people one can turn to in a neighbourhood (`seeking.contacts_of`), and the middle of all neighbourhoods."""
    people, _departments = contacts_of(doing, on)
    month = rules.month_of(on)
    numbers = {row.area_id: len(people.get(row.area_id, ())) for row in doing.ground.rows}
    for place, number in numbers.items():
        yield value("contacts", month, Decimal(number), area=place)
    if numbers:
        yield value("contacts", month, Decimal(str(median(numbers.values()))))


def departments_with_a_name(doing: Doing, on: datetime.date) -> Iterator[MeasureValue]:
    """Of the departments with an open project in a neighbourhood: the share of which a sheet there names an owner; and of all."""
    there: dict[int, dict[str, bool]] = defaultdict(dict)
    for sheet in projects(doing):
        for place in sheet.places:
            there[place][sheet.department] = there[place].get(sheet.department, False) or sheet.has_owner
    month = rules.month_of(on)
    for place, named in sorted(there.items()):
        yield share("departments_named", month, sum(named.values()), len(named), area=place)
    every = [named for found in there.values() for named in found.values()]
    yield share("departments_named", month, sum(every), len(every))


def euros_per_inhabitant(doing: Doing, on: datetime.date) -> Iterator[MeasureValue]:
    """Committed euros of all that is open, divided evenly over the neighbourhoods it is for, per inhabitant; and how unequal that lies.

    What is for the whole city is left out, and neighbourhoods with fewer than 150 inhabitants. Need differs, so more is not unfair.
    """
    euros: dict[int, Decimal] = defaultdict(Decimal)
    for places, amount in pieces(doing):
        for place in places:
            euros[place] += amount / len(places)
    people = inhabitants([row.area_id for row in doing.ground.rows])
    month = rules.month_of(on)
    rows = {place: (euros[place], number) for place, number in people.items() if number >= rules.LEAST_INHABITANTS}
    for place, (amount, number) in rows.items():
        yield value("euros_per_inhabitant", month, (amount / number).quantize(Decimal("0.0001")), part=amount, whole=number, area=place)
    yield value("euros_spread", month, rules.spread_index(rows.values()))


def pieces(doing: Doing) -> Iterable[tuple[tuple[int, ...], Decimal]]:
    return ((one.places, one.euros) for every in (doing.works, doing.agreements, doing.plans) for one in every if one.euros and one.places)


def inhabitants(areas: list[int]) -> dict[int, int]:
    """The last known number of inhabitants of each of these areas."""
    rows = Measurement.objects.filter(indicator__code="inwoners", area__in=areas, value__isnull=False).order_by("year")
    return {area: int(number) for area, number in rows.values_list("area_id", "value")}  # type: ignore[arg-type]
