"""The schemes that come with the product: data files of `fund/schemes/`, with the source of every rule. Also the amounts of the penalty."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund.models import Band, Mandate, NotPaid, PenaltyRate, PriceCap, Scheme, SchemeRules, TextBlock, WrongDoor
from buurtdraad.places.queries import city_code

FILES = Path(__file__).parent.parent / "schemes"
PENALTY = FILES / "penalty-rates.toml"
# The rows of a version, by the name under which they stand in a file.
ROWS: dict[str, type[models.Model]] = {"bands": Band, "caps": PriceCap, "not_paid": NotPaid, "mandates": Mandate}


class BadScheme(Exception):  # noqa: N818 (a fault in a data file; nobody outside the house reads it)
    """What stands in a data file cannot be a scheme."""


@dataclass(frozen=True)
class Loaded:
    """How many of each are new."""

    schemes: int = 0
    versions: int = 0
    rates: int = 0

    def __str__(self) -> str:
        return f"{self.schemes} schemes, {self.versions} versions of rules and {self.rates} amounts of the penalty are new"


@transaction.atomic
def load_schemes(*, at: datetime.datetime, by: Person | None = None) -> Loaded:
    """Take in the schemes of the data files. What is there stays as it is: rules under which people asked never change.

    Raises `BadScheme`.
    """
    who = by or system_person("load_schemes")
    schemes = versions = 0
    for path in sorted(FILES.glob("*.toml")):
        if path != PENALTY:
            new, added = load_scheme(tomllib.loads(path.read_text(encoding="utf-8")), at=at)
            schemes, versions = schemes + new, versions + added
    loaded = Loaded(schemes, versions, load_penalty())
    if loaded != Loaded():
        payload = {"schemes": loaded.schemes, "versions": loaded.versions, "rates": loaded.rates}
        record("rules.loaded", room="fund", thing="schemes", by=who.uuid, at=at, touches=filter(None, [city_code()]), payload=payload)
    return loaded


def load_scheme(given: dict, *, at: datetime.datetime) -> tuple[bool, int]:
    """One file: whether its scheme is new, and how many versions are."""
    facts = dict(given["scheme"])
    scheme, new = Scheme.objects.get_or_create(slug=facts.pop("slug"), defaults=facts)
    if new:
        WrongDoor.objects.bulk_create(WrongDoor(scheme=scheme, **one) for one in given.get("wrong_doors", ()))
        TextBlock.objects.bulk_create(TextBlock(scheme=scheme, **one) for one in given.get("blocks", ()))
    added = [load_version(scheme, one, at=at) for one in given["rules"]]
    return new, sum(added)


def load_version(scheme: Scheme, given: dict, *, at: datetime.datetime) -> bool:
    """One version with its rows; whether it is new. One that is there on these days, also of somebody of the staff, stays."""
    facts = {name: value for name, value in given.items() if name not in ROWS}
    check(scheme.slug, given)
    first, last = facts["from_on"], facts.get("until_on", datetime.date.max)
    if SchemeRules.objects.filter(scheme=scheme, from_on__lte=last).not_over(first).exists():
        return False
    version = SchemeRules.objects.create(scheme=scheme, made_at=at, **facts)
    for name, model in ROWS.items():
        model._default_manager.bulk_create(model(rules=version, **one) for one in given.get(name, ()))
    return True


def check(slug: str, given: dict) -> None:
    """The bands reach the highest amount, and a source is named. Raises `BadScheme`."""
    if max((band["up_to"] for band in given.get("bands", ())), default=0) < given["most"]:
        raise BadScheme(f"{slug} from {given['from_on']}: the bands do not reach {given['most']}")
    if not given.get("source"):
        raise BadScheme(f"{slug} from {given['from_on']}: no source")


def load_penalty() -> int:
    """The amounts a day for being late; how many are new."""
    rates = tomllib.loads(PENALTY.read_text(encoding="utf-8"))["rates"]
    return sum(PenaltyRate.objects.get_or_create(from_on=one.pop("from_on"), defaults=one)[1] for one in rates)
