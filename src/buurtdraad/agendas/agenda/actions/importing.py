"""Agreements from a table that somebody pasted out of Word or Excel: looked at first, taken in, and undone as a whole."""

import datetime
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.actions.agreements import Promise, add_agreement
from buurtdraad.agendas.agenda.actions.owners import OwnerFacts, add_owner
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.actions.topics import TopicFacts, add_topic, is_public
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, AgreementStep, Owner, Topic
from buurtdraad.agendas.agenda.states import OwnerKind, Stage, VersionStage
from buurtdraad.audit import queries as audit
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Column, Line, RowRefused, Table, folded, read
from buurtdraad.lib.tables.reports import Outcome, Report, fit_each
from buurtdraad.partners.models import Organisation
from buurtdraad.partners.queries.joining import now

COLUMNS: Sequence[Column] = (
    Column(
        "topic",
        ("Onderwerp", "Thema", "Topic"),
        gettext_lazy("To what it belongs. A draft gets a new one."),
        required=True,
        most=120,
    ),
    Column("what", ("Afspraak", "Actie", "Wat", "Agreement"), gettext_lazy("What somebody will do."), required=True, most=300),
    Column("owner", ("Wie", "Trekker", "Eigenaar", "Who"), gettext_lazy("Who sees to it."), most=150),
    Column("due_on", ("Wanneer", "Klaar op", "Datum", "When"), gettext_lazy("When it is to be done, such as 31-12-2026.")),
    Column("next_step", ("Volgende stap", "Next step"), gettext_lazy("What happens first."), most=300),
    Column("money_needed", ("Wat kost het", "Kosten", "Money"), gettext_lazy("What money is needed for."), most=200),
)


class NotUndone(Refused):
    """These agreements cannot be taken away any more."""


def table_of(text: str) -> Table:
    """The rows of a pasted table. Raises `TableRefused`."""
    return read(text.encode(errors="replace"), COLUMNS, most_rows=200)


@transaction.atomic
def take_in(version: AgendaVersion, text: str, *, dry_run: bool, by: Person, at: datetime.datetime) -> tuple[Report, UUID | None]:
    """Each row becomes an agreement; one that is there already (same topic, same words) stays as it is. Raises `TableRefused`.

    A dry run does it all and takes it back: so it tells exactly what would happen. Else the id with which it is undone.
    """
    table, batch = table_of(text), uuid4()
    before = set(version.topics.values_list("pk", flat=True))
    with transaction.atomic():
        report = fit_each(
            table, lambda found: fit(version, found[0], found[1], batch, by=by, at=at), read=lambda faults: read_row(version, faults)
        )
        if dry_run:
            transaction.set_rollback(True)
    if dry_run or not report.changes:
        return report, None
    made = version.topics.exclude(pk__in=before).values_list("pk", flat=True)
    # With what the table made, undoing takes the topics away too.
    payload = {"batch": str(batch), "rows": report.changes, "topics": list(made)}
    thing = f"agenda:{version.area.code}"
    write_down("agreement.imported", thing, version.area, by=by, at=at, public=is_public(version), payload=payload)
    return report, batch


def read_row(version: AgendaVersion, faults: Faults) -> tuple[Line, datetime.date | None]:
    """A row and its day."""
    faults.of("topic", check_topic, version, faults.line.text("topic"))
    return faults.line, faults.day("due_on")


def fit(
    version: AgendaVersion, line: Line, due_on: datetime.date | None, batch: UUID, *, by: Person, at: datetime.datetime
) -> tuple[str, Outcome]:
    what = line.text("what")
    topic = topic_for(version, line.text("topic"), by=by, at=at)
    if any(folded(one.what) == folded(what) for one in topic.agreements.all()):
        return what, Outcome.SAME
    promise = Promise(what, due_on=due_on, next_step=line.text("next_step"), money_needed=line.text("money_needed"))
    made = add_agreement(topic, promise, batch=batch, by=by, at=at)
    if name := line.text("owner"):
        named = Organisation.objects.select_related("joined_to").filter(name__iexact=name).first()
        organisation = now(named) if named else None
        kind = OwnerKind.PARTNER if organisation else OwnerKind.RESIDENT
        add_owner(made, OwnerFacts(name, kind, organisation=organisation), by=by, at=at)
    return what, Outcome.ADDED


def check_topic(version: AgendaVersion, title: str) -> None:
    if is_public(version) and topic_in(version, title) is None:
        raise RowRefused(_("This agenda has no topic with that name."))


def topic_in(version: AgendaVersion, title: str) -> Topic | None:
    return next((topic for topic in version.topics.all() if folded(topic.title) == folded(title)), None)


def topic_for(version: AgendaVersion, title: str, *, by: Person, at: datetime.datetime) -> Topic:
    if found := topic_in(version, title):
        return found
    try:
        return add_topic(version, TopicFacts(title), by=by, at=at)
    except Refused as refusal:
        raise RowRefused(str(refusal)) from None


@transaction.atomic
def undo_import(version: AgendaVersion, batch: UUID, *, by: Person, at: datetime.datetime) -> int:
    """Take away what came with one table, also its new topics under which nothing else stands.

    Raises `NotUndone` once somebody said yes to one of them or moved one on.
    """
    found = Agreement.objects.select_for_update(of=("self",)).filter(batch=batch, area=version.area)
    pks = list(found.values_list("pk", flat=True))
    if not pks:
        raise NotUndone(_("This was undone already."))
    touched = found.exclude(stage=Stage.TODO).exists() or Owner.objects.filter(agreement__in=pks, accepted_at__isnull=False).exists()
    if touched:
        raise NotUndone(_("Somebody worked with these agreements already. Change them one by one."))
    AgreementStep.objects.filter(agreement__in=pks).delete()
    Agreement.objects.filter(pk__in=pks).delete()
    empty_topics(version, batch).delete()
    payload = {"batch": str(batch), "rows": len(pks)}
    thing = f"agenda:{version.area.code}"
    write_down("agreement.import_undone", thing, version.area, by=by, at=at, public=is_public(version), payload=payload)
    return len(pks)


def empty_topics(version: AgendaVersion, batch: UUID) -> QuerySet[Topic]:
    """The topics of a draft that this table made, and in which nobody put anything since."""
    told = audit.deeds_with(f"agenda:{version.area.code}", "agreement.imported", batch=str(batch))
    made = [pk for event in told for pk in event.payload.get("topics", ())]
    nothing = {"agreements": None, "chosen_wishes": None, "joiners": None, "carried": None, "follows": None, "text": "", "method": ""}
    return version.topics.filter(pk__in=made, version__stage=VersionStage.DRAFT, **nothing)
