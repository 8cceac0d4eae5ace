"""Agreements: what somebody will do, when, and what it costs."""

import datetime
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.actions.records import write_down
from buurtdraad.agendas.agenda.actions.topics import is_public
from buurtdraad.agendas.agenda.actions.versions import locked
from buurtdraad.agendas.agenda.models import Agreement, AgreementPicture, AgreementStep, Topic
from buurtdraad.agendas.agenda.states import Stage
from buurtdraad.lib.uploads.keeping import forget, kept_picture
from buurtdraad.lib.uploads.models import People
from buurtdraad.lib.uploads.pictures import CleanPicture


@dataclass(frozen=True)
class Promise:
    """What is agreed. `amount` is in whole euros."""

    what: str
    start_on: datetime.date | None = None
    due_on: datetime.date | None = None
    next_step: str = ""
    money_needed: str = ""
    amount: int | None = None
    money_source: str = ""


@transaction.atomic
def add_agreement(topic: Topic, promise: Promise, *, batch: UUID | None = None, by: Person, at: datetime.datetime) -> Agreement:
    """One more agreement, with the next number of its area."""
    area = topic.version.area
    locked(area)
    last = Agreement.objects.filter(area=area).aggregate(last=Max("number"))["last"] or 0
    made = Agreement.objects.create(topic=topic, area=area, number=last + 1, made_at=at, batch=batch, **asdict(promise))
    AgreementStep.objects.create(agreement=made, stage=Stage.TODO, due_on=promise.due_on, by=by.uuid, at=at)
    write_down("agreement.added", thing_of(made), area, by=by, at=at, public=is_public(topic.version))
    return made


@transaction.atomic
def change_agreement(agreement: Agreement, promise: Promise, *, by: Person, at: datetime.datetime) -> None:
    """Change the words, the money or the next step. The date of what is under way changes by `postpone`, with its reason."""
    facts = asdict(promise)
    if agreement.stage != Stage.TODO and agreement.due_on:
        facts.pop("due_on")
    Agreement.objects.filter(pk=agreement.pk).update(**facts)
    write_down("agreement.changed", thing_of(agreement), agreement.area, by=by, at=at, public=is_public(agreement.topic.version))


def keep_picture(
    agreement: Agreement, picture: CleanPicture, *, alt: str, people: str, agreed_with: str, by: Person, at: datetime.datetime
) -> AgreementPicture:
    """A picture of the result, instead of the one that was there."""
    old = AgreementPicture.objects.filter(agreement=agreement).first()
    with kept_picture(picture) as key, transaction.atomic():
        AgreementPicture.objects.filter(agreement=agreement).delete()
        made = AgreementPicture.objects.create(
            agreement=agreement, key=key, given_by=by.uuid, given_at=at, alt=alt, width=picture.width, height=picture.height,
            people=people, agreed_with=agreed_with, agreed_at=at if people == People.AGREED else None,
        )  # fmt: skip
        write_down("agreement.pictured", thing_of(agreement), agreement.area, by=by, at=at, public=is_public(agreement.topic.version))
    if old:
        forget(old.key)
    return made


def thing_of(agreement: Agreement) -> str:
    return agreement.thing
