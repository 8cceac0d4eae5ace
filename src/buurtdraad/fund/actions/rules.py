"""A new version of the rules of our scheme. It begins tomorrow or later; until then it can be changed or dropped, and then never."""

import datetime
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund.access import duty_of
from buurtdraad.fund.actions.loading import ROWS
from buurtdraad.fund.models import Scheme, SchemeRules
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.queries import city_code

DAY = datetime.timedelta(days=1)


class NotPossible(Refused):
    """These rules cannot be, or cannot be changed any more."""


@dataclass(frozen=True)
class Facts:
    """All that a version says: its own facts by their names, and its rows by the names of `ROWS`."""

    values: dict
    rows: dict[str, list[dict]] = field(default_factory=dict)


@transaction.atomic
def make_version(scheme: Scheme, facts: Facts, *, from_on: datetime.date, by: Person, at: datetime.datetime) -> SchemeRules:
    """Rules that hold from a day on; those before them end the day before. Raises `NotPossible`."""
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    begins_later(from_on, at)
    reaches(facts)
    versions = SchemeRules.objects.filter(scheme=scheme)
    if versions.filter(from_on=from_on).exists():
        raise NotPossible(_("From this day there are new rules already. Change those."))
    after = versions.filter(from_on__gt=from_on).order_by("from_on").first()
    made = SchemeRules.objects.create(
        scheme=scheme, from_on=from_on, until_on=after.from_on - DAY if after else None, made_at=at, **facts.values
    )
    add_rows(made, facts)
    end_before(made)
    note("rules.made", made, by=by, at=at)
    return made


@transaction.atomic
def change_version(version: SchemeRules, facts: Facts, *, by: Person, at: datetime.datetime) -> None:
    """Give rules that do not hold yet these facts; their first day stays. Raises `NotPossible`."""
    now = held(version, at)
    reaches(facts)
    SchemeRules.objects.filter(pk=now.pk).update(**facts.values)
    for model in ROWS.values():
        model._default_manager.filter(rules=now).delete()
    add_rows(now, facts)
    note("rules.changed", now, by=by, at=at)


@transaction.atomic
def drop_version(version: SchemeRules, *, by: Person, at: datetime.datetime) -> None:
    """Rules that do not hold yet do not come; those before them go on. Raises `NotPossible`."""
    now = held(version, at)
    before = SchemeRules.objects.filter(scheme=now.scheme, until_on=now.from_on - DAY)
    before.update(until_on=now.until_on)
    note("rules.dropped", now, by=by, at=at)
    now.delete()


def held(version: SchemeRules, at: datetime.datetime) -> SchemeRules:
    """The version as it stands now, held until the end of the transaction, when it does not hold yet. Raises `NotPossible`."""
    Scheme.objects.select_for_update().get(pk=version.scheme_id)
    now = SchemeRules.objects.select_related("scheme").filter(pk=version.pk).first()
    if now is None:
        raise NotPossible(_("These rules are not there any more."))
    begins_later(now.from_on, at)
    return now


def begins_later(from_on: datetime.date, at: datetime.datetime) -> None:
    if from_on <= timezone.localdate(at):
        raise NotPossible(_("Rules begin tomorrow or later. Who asked today keeps the rules of today."))


def reaches(facts: Facts) -> None:
    """The bands go up to the highest amount, so that for every amount it is clear what goes with it."""
    if max((band["up_to"] for band in facts.rows.get("bands", ())), default=0) < facts.values["most"]:
        raise NotPossible(_("The amounts of the table must go up to the highest amount."))


def add_rows(version: SchemeRules, facts: Facts) -> None:
    for name, model in ROWS.items():
        rows: list[models.Model] = [model(rules=version, **row) for row in facts.rows.get(name, ())]
        model._default_manager.bulk_create(rows)


def end_before(version: SchemeRules) -> None:
    """The version before ends the day before, unless it ended already."""
    before = SchemeRules.objects.filter(scheme=version.scheme, from_on__lt=version.from_on).not_over(version.from_on)
    before.update(until_on=version.from_on - DAY)


def note(verb: str, version: SchemeRules, *, by: Person, at: datetime.datetime) -> None:
    record(
        verb, room="fund", thing=f"rules:{version.scheme.slug}:{version.from_on}", by=by.uuid, at=at, duty=duty_of(by),
        touches=filter(None, [city_code()]),
    )  # fmt: skip
