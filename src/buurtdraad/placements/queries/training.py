"""Training as it stands: what is to come and who has a place, for colleagues, for the organiser, and in counts without persons."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.placements.models import Enrolment, Module, Session
from buurtdraad.placements.states import Enrolled

# These have a seat.
SEATED = (Enrolled.PLACE, Enrolled.ATTENDED, Enrolled.NO_SHOW)
# From so many answers the organiser sees what people thought: below that a score is somebody's.
FEWEST_ANSWERS = 5


def counted(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with `taken` and `waiting`, and how many seats are `left`."""
    return sessions.annotate(
        taken=Count("enrolments", filter=Q(enrolments__stage__in=SEATED)),
        waiting=Count("enrolments", filter=Q(enrolments__stage=Enrolled.WAITING)),
        left=F("seats") - F("taken"),
    )


def taken(session: Session) -> int:
    return session.enrolments.filter(stage__in=SEATED).count()


def to_come(at: datetime.datetime) -> QuerySet[Session]:
    """Sessions that did not begin yet, the first one first. One query."""
    return counted(Session.objects.filter(starts_at__gt=at, cancelled_at=None).select_related("module"))


def modules_to_come(at: datetime.datetime) -> list[Module]:
    """Every training that is given, with its sessions to come as `coming`. Two queries."""
    coming = Prefetch("sessions", to_come(at), to_attr="coming")
    return list(Module.objects.filter(Q(over_on=None) | Q(over_on__gt=at.date())).prefetch_related(coming))


def number_to_choose(person: Person, at: datetime.datetime) -> int:
    """Sessions with a seat, of trainings in which this person has no place yet."""
    mine = Enrolment.objects.filter(person=person, session__module=OuterRef("module")).exclude(stage=Enrolled.CANCELLED)
    return to_come(at).filter(~Exists(mine), taken__lt=F("seats")).count()  # type: ignore[misc]


# --- of one person ----------------------------------------------------------------------------------


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """The sessions of a person, the last one first."""
    return Enrolment.objects.filter(person=person).select_related("session__module").order_by("-session__starts_at", "-pk")


def enrolment_in(session: Session, person: Person) -> Enrolment | None:
    """The place of a person in a session, or in the line; not what was cancelled."""
    return enrolments_of(person).filter(session=session).exclude(stage=Enrolled.CANCELLED).first()


def together_with(session: Session, person: Person) -> Enrolment | None:
    """What else somebody goes to, or waits for, at the time of a session."""
    going = Enrolment.objects.filter(person=person, stage__in=(Enrolled.PLACE, Enrolled.WAITING)).exclude(session=session)
    return going.filter(session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at).first()


def place_in_line(enrolment: Enrolment) -> int:
    """How many are before them on the waiting list, and they."""
    earlier = Q(since__lt=enrolment.since) | Q(since=enrolment.since, pk__lte=enrolment.pk)
    return Enrolment.objects.filter(earlier, session=enrolment.session_id, stage=Enrolled.WAITING).count()


def to_evaluate(person: Person) -> QuerySet[Enrolment]:
    """What a person took part in and said nothing of yet."""
    return enrolments_of(person).filter(stage=Enrolled.ATTENDED, evaluated_at=None)


# --- for the organiser ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overview:
    """A training in counts. `score` is an average from 1 to 5, and `words` are in the order of the alphabet: both only from 5 answers."""

    sessions: int
    enrolled: int
    attended: int
    no_show: int
    answers: int
    score: float | None
    words: tuple[str, ...] = ()


def overview(module: Module) -> Overview:
    """What became of a training, without a person. Two or three queries."""
    found = Enrolment.objects.filter(session__module=module)
    counts = found.aggregate(
        enrolled=Count("pk", filter=Q(stage__in=SEATED)),
        attended=Count("pk", filter=Q(stage=Enrolled.ATTENDED)),
        no_show=Count("pk", filter=Q(stage=Enrolled.NO_SHOW)),
        answers=Count("pk", filter=Q(useful__isnull=False)),
        score=Avg("useful"),
    )
    enough = counts["answers"] >= FEWEST_ANSWERS
    words = tuple(found.exclude(words="").order_by("words").values_list("words", flat=True)) if enough else ()
    held = Session.objects.filter(module=module, cancelled_at=None).count()
    return Overview(sessions=held, **(counts | {"score": counts["score"] if enough else None}), words=words)


def modules_counted(at: datetime.datetime) -> QuerySet[Module]:
    """All trainings by name, those that are over last, each with its number of sessions to come. One query."""
    coming = Count("sessions", filter=Q(sessions__starts_at__gt=at, sessions__cancelled_at=None))
    return Module.objects.annotate(coming=coming).order_by(F("over_on").asc(nulls_first=True), "name", "pk")


def sessions_of(module: Module) -> QuerySet[Session]:
    """The sessions of a training, the last one first, with counts."""
    return counted(Session.objects.filter(module=module).select_related("module")).order_by("-starts_at", "-pk")


def session_of(uuid: UUID) -> Session | None:
    return counted(Session.objects.select_related("module")).filter(uuid=uuid).first()


def list_of(session: Session) -> list[Enrolment]:
    """Who has a place and who waits, in the order of the line; not who cancelled."""
    found = Enrolment.objects.filter(session=session).exclude(stage=Enrolled.CANCELLED).select_related("person")
    return sorted(found, key=lambda one: (one.stage == Enrolled.WAITING, one.since, one.pk))


def asking_for_somebody(at: datetime.datetime) -> QuerySet[Session]:
    """Sessions that were and of which nobody noted who came, the one that waits longest first. One query."""
    open_places = Enrolment.objects.filter(session=OuterRef("pk"), stage=Enrolled.PLACE)
    return Session.objects.filter(Exists(open_places), ends_at__lte=at, cancelled_at=None).select_related("module")


# --- past their time --------------------------------------------------------------------------------


def enrolments_due(on: datetime.date) -> QuerySet[Enrolment]:
    """Who took part so long ago (`ended_at`) that it may be forgotten; that somebody took part stays."""
    limit = ended_before(CLASSES["event or training"], on)
    past = Enrolment.objects.filter(session__ends_at__date__lt=limit).exclude(person=None, words="")
    return past.annotate(ended_at=F("session__ends_at")).select_related("session__module")
