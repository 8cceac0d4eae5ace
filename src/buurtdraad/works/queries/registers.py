"""Registers with their last load, what was taken in, and what of it nobody touched since."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.tables.reports import Difference, Outcome, RowReport
from buurtdraad.places.queries import names_of
from buurtdraad.works.models import Register, RegisterLoad, Work
from buurtdraad.works.states import Stage


def registers() -> QuerySet[Register]:
    """All, by name, each with how many works are in it (`number`) and when it was last taken in (`loaded_at`). One query."""
    last = RegisterLoad.objects.filter(register=OuterRef("pk"), undone_at__isnull=True).order_by("-at").values("at")[:1]
    return Register.objects.annotate(number=Count("works"), loaded_at=Subquery(last))


def pasted_by(person: Person) -> QuerySet[RegisterLoad]:
    """What somebody pasted, the newest first."""
    return RegisterLoad.objects.filter(register__isnull=True, by=person.uuid).defer("report")


def untouched(load: RegisterLoad) -> QuerySet[Work]:
    """The works that came new with a load and that nobody changed, confirmed or added something to."""
    uuids = [line["work"] for line in load.report if line["outcome"] == Outcome.ADDED]
    same = Q(changed_at=F("made_at"), made_at=load.at, confirmed_at__isnull=True)
    found = Work.objects.filter(same, uuid__in=uuids)
    for more in ("answers", "partners", "milestones", "money", "indicators"):
        found = found.filter(**{f"{more}__isnull": True})
    return found.order_by("pk")


# --- a report that was kept ------------------------------------------------------------------------------


def lines_of(kept: Iterable[dict[str, Any]], labels: Mapping[str, Any]) -> list[tuple[RowReport, str]]:
    """Rows of a report that was kept, in the language of the moment, each with the public id of its work. One query."""
    lines = list(kept)
    codes = {code for line in lines for text in line.get("changes", {}).get("areas", ()) for code in text.split(", ")}
    places = names_of(codes) if codes else {}
    found = []
    for line in lines:
        changes = tuple(
            Difference(str(labels[name]), in_words(name, old, places), in_words(name, new, places))
            for name, (old, new) in line.get("changes", {}).items()
        )
        found.append((RowReport(line["row"], line["name"], Outcome(line["outcome"]), line["why"], changes), line.get("work", "")))
    return found


def in_words(name: str, text: str, places: Mapping[str, str]) -> str:
    """A kept text of a field as people read it: the name of a step, of areas, a date in its usual order."""
    if name == "stage" and text:
        return str(Stage(text).label)
    if name == "areas":
        return ", ".join(places.get(code, code) for code in text.split(", "))
    if name in {"from_on", "until_on"} and text:
        return datetime.date.fromisoformat(text).strftime("%d-%m-%Y")
    return _("another line or area") if name == "shape" and text else text
