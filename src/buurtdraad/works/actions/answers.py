"""What a work answers: a wish, a topic or an agreement. This is the thread back to the neighbourhood."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.works.actions.records import NotKept, codes_of, write_down
from buurtdraad.works.models import Work, WorkAnswers
from buurtdraad.works.queries.works import area_of

type Thing = Wish | Topic | Agreement


@transaction.atomic
def add(work: Work, thing: Thing, *, by: Person | None, at: datetime.datetime) -> WorkAnswers:
    """This work answers that wish (or the one in which it lives on), topic or agreement. A second time changes nothing.

    Raises `NotKept` for what stands in an agenda that is still a draft.
    """
    key = (
        {"wish": thing.head or thing} if isinstance(thing, Wish) else {"topic": thing} if isinstance(thing, Topic) else {"agreement": thing}
    )
    if is_draft(thing):
        raise NotKept(_("This agenda is still a draft. Wait until it is adopted."))
    made, is_new = WorkAnswers.objects.get_or_create(work=work, **key, defaults={"since": at})
    if is_new:
        payload = {"thing": thing_of(made)}
        write_down("work.answers", work, by=by, at=at, codes=touched(made), payload=payload)
    return made


@transaction.atomic
def take_away(answer: WorkAnswers, *, by: Person, at: datetime.datetime) -> None:
    """This work does not answer that after all."""
    codes, thing, work = touched(answer), thing_of(answer), answer.work
    if WorkAnswers.objects.filter(pk=answer.pk).delete()[0]:
        write_down("work.answers_not", work, by=by, at=at, codes=codes, payload={"thing": thing})


def is_draft(thing: Thing) -> bool:
    if isinstance(thing, Wish):
        return False
    version = thing.version if isinstance(thing, Topic) else thing.topic.version
    return version.stage == VersionStage.DRAFT


def thing_of(answer: WorkAnswers) -> str:
    """How the record names what is answered."""
    if answer.wish:
        return f"wish:{answer.wish.reference}"
    return answer.topic.thing if answer.topic else answer.agreement.thing if answer.agreement else ""


def touched(answer: WorkAnswers) -> set[str]:
    """The areas whose pages show the thread: of the work, and of what it answers. None for a work that only staff see."""
    if not answer.work.public:
        return set()
    area = area_of(answer)
    return codes_of(answer.work) | ({area.code} if area else set())
