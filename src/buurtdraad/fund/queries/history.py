"""What an applicant and a plan asked before, and what may be the same plan asked twice."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buurtdraad.agendas.similar.rules import Key, key, most_like
from buurtdraad.fund import rules
from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.applications import history_of
from buurtdraad.fund.states import PAYABLE, Stage
from buurtdraad.places.models import Area

# So far back another request can be the same plan; of those that are compared the newest.
MONTHS_BACK, MOST_COMPARED = 15, 80
MOST = 5
OF_ACCOUNT = "payee__iban"


@dataclass(frozen=True)
class Double:
    """Another application that may ask for the same, and why we think so."""

    application: Application
    why: str


@dataclass(frozen=True)
class History:
    """What was asked before, the newest first."""

    of_applicant: list[Application]
    of_plan: list[Application]
    doubles: list[Double]
    # Which year in a row this would be, and whether that is fine (`rules.Repeat`).
    year_in_a_row: int
    repeat: str


def history(application: Application) -> History:
    """What the applicant and the plan asked before, and possible doubles. Five queries."""
    of_plan = list(history_of(application.initiative, but=application))
    of_applicant = list(history_of(application.contact, but=application)[:MOST]) if application.contact else []
    year = (application.received_on or application.made_at.date()).year
    in_a_row = rules.years_in_a_row(years_granted(of_plan), year)
    repeat = rules.repeat(in_a_row, warn_at=application.rules.years_warn, most=application.rules.years_most)
    return History(of_applicant, of_plan[:MOST], doubles(application)[:MOST], in_a_row, repeat)


def years_granted(of_plan: Iterable[Application]) -> set[int]:
    """The calendar years of requests of a plan that got money."""
    return {one.received_on.year for one in of_plan if one.received_on and one.stage in PAYABLE | {Stage.CLOSED}}


def doubles(application: Application) -> list[Double]:
    """Requests of others, or of the same people for another plan, that look like this one. Three queries."""
    since = (application.submitted_at or application.made_at) - datetime.timedelta(days=30 * MONTHS_BACK)
    others = Application.objects.filter(submitted_at__gte=since).exclude(pk=application.pk).exclude(initiative=application.initiative)
    others = others.select_related("initiative__area").order_by("-submitted_at")
    found = {double.application.pk: double for double in [*same_words(application, others), *same_people(application, others)]}
    return list(found.values())


def same_words(application: Application, others: QuerySet[Application]) -> Iterator[Double]:
    """Of the newest in the same neighbourhood those that say about the same. Two queries."""
    plan = application.initiative
    for one in about_the_same(words_of(plan.title, plan.summary, plan.place), plan.area, others):
        yield Double(one, _("The plan says about the same, in the same neighbourhood."))


def about_the_same(words: Key, area: Area, others: QuerySet[Application]) -> QuerySet[Application]:
    """Of the newest of `others` in an area those that say about the same as these words. Two queries."""
    texts = others.filter(initiative__area=area).values_list("pk", "initiative__title", "initiative__summary", "initiative__place")
    there = [(pk, words_of(*words)) for pk, *words in texts[:MOST_COMPARED]]
    return others.filter(pk__in=[pk for pk, _how in most_like(words, there)])


def words_of(title: str, summary: str, place: str) -> Key:
    return key(f"{title}. {summary} {place}")


def same_people(application: Application, others: QuerySet[Application]) -> Iterator[Double]:
    account = getattr(application, "payee", None)
    marks = {
        # Who sees this sees that it is the same, never the number: that is for who pays.
        OF_ACCOUNT: (account.iban if account else "", _("The same account number.")),
        "applicant_address__iexact": (application.applicant_address, _("The same address.")),
        "phone": (application.phone, _("The same phone number.")),
        "register_number": (application.register_number, _("The same organisation.")),
    }
    known = {field: value for field, (value, _why) in marks.items() if value}
    if not known:
        return
    anyone = Q()
    for field, value in known.items():
        anyone |= Q(**{field: value})
    for other in others.filter(anyone).select_related("initiative__area", "payee")[:MOST]:
        mark = next(field for field in known if same(application, other, field))
        another = mark == OF_ACCOUNT and other.applicant_name.casefold() != application.applicant_name.casefold()
        yield Double(other, _("The same account number, of somebody with another name.") if another else marks[mark][1])


def same(application: Application, other: Application, field: str) -> bool:
    names = field.removesuffix("__iexact").split("__")
    return value_of(application, names) == value_of(other, names)


def value_of(application: Application, names: list[str]) -> str:
    found: object = application
    for name in names:
        found = getattr(found, name, "")
    return str(found).casefold()
