"""Who works for the municipality may take part; the programme manager organises; a host sees who comes to it, and no more.

What is of one person is theirs alone: a reflection is read by nobody else, and nobody looks up who did a placement.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from buurtdraad.accounts.access import Someone, duty_for, has_duty, with_duty
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.partners.models import Representative
from buurtdraad.partners.queries.joining import whole_id
from buurtdraad.placements.models import Host, Lesson, Placement, Shift, SimplerRule
from buurtdraad.placements.states import Stage

COLLEAGUES = (Duty.EMPLOYEE, *sorted(STAFF))
# A duty of staff counts with a second factor; who only works for the municipality needs none: here is nothing of others to see.
TAKES_PART = with_duty(*COLLEAGUES)
ORGANISER = with_duty(Duty.PROGRAMME_MANAGER)


def may_take_part(person: Someone) -> bool:
    """Whether somebody can sign up for shifts and training."""
    return has_duty(person, *COLLEAGUES)


def may_organise(person: Someone) -> bool:
    """Whether somebody keeps hosts, shifts and training, and reads lessons before others do."""
    return has_duty(person, Duty.PROGRAMME_MANAGER)


def duty_of(person: Someone) -> str:
    """From which duty somebody acts here, for the record."""
    return duty_for(person, Duty.PROGRAMME_MANAGER, *COLLEAGUES)


# --- afterwards: reflection, lessons, rules ---------------------------------------------------------


def attended_by(person: Someone) -> QuerySet[Placement]:
    """The placements of somebody at which they were: what they look back on. Nobody looks back on another's."""
    if not isinstance(person, Person):
        return Placement.objects.none()
    return Placement.objects.filter(person=person, stage=Stage.ATTENDED).select_related("shift__host__area")


def reflected_by(person: Someone) -> QuerySet[Placement]:
    """The placements of which somebody keeps a reflection, or can: theirs stays theirs, whatever a host notes later."""
    if not isinstance(person, Person):
        return Placement.objects.none()
    own = Placement.objects.filter(Q(stage=Stage.ATTENDED) | Q(reflection__isnull=False), person=person)
    return own.select_related("shift__host__area")


def lessons_of(person: Someone) -> QuerySet[Lesson]:
    """The lessons that somebody wrote, also those that others do not see."""
    if not isinstance(person, Person):
        return Lesson.objects.none()
    return Lesson.objects.filter(writer=person).select_related("area")


def may_read_lesson(person: Someone, lesson: Lesson) -> bool:
    """Whether somebody may decide that others see a lesson: who organises, and never who wrote it."""
    return isinstance(person, Person) and may_organise(person) and lesson.writer_id != person.pk


def may_move_rule(person: Someone, rule: SimplerRule) -> bool:
    """Whether somebody may say how it stands with a rule: who sees to it, and who organises."""
    return isinstance(person, Person) and (rule.owner_id == person.pk or may_organise(person))


# --- shifts -----------------------------------------------------------------------------------------


def speaks_for(person: Someone, host: Host) -> bool:
    """Whether somebody who is signed in speaks today for the organisation of a host, there or everywhere."""
    return isinstance(person, Person) and hosts_of(person).filter(pk=host.pk).exists()


def hosts_of(person: Person) -> QuerySet[Host]:
    """The hosts for whose organisation somebody speaks today. Who speaks for it in some areas only does so for hosts there."""
    voices = Representative.objects.on(timezone.localdate()).alias(whole=whole_id()).filter(person=person, whole=OuterRef("whole"))
    here = voices.filter(Q(areas=None) | Q(areas=OuterRef("area")))
    return Host.objects.alias(whole=whole_id()).filter(Exists(here))


def may_act_for(person: Someone, host: Host) -> bool:
    """Whether somebody without a link offers shifts for a host and sees who comes: who speaks for it, and the organiser."""
    return speaks_for(person, host) or may_organise(person)


def shifts_to_choose() -> QuerySet[Shift]:
    """The shifts that colleagues may look at: what was offered by a host, also what is over or cancelled."""
    return Shift.objects.select_related("host__area", "host__organisation__joined_to")


def placements_of(person: Someone) -> QuerySet[Placement]:
    """A person's own placements, the last one first; nobody else's."""
    if not isinstance(person, Person):
        return Placement.objects.none()
    return Placement.objects.filter(person=person).select_related("shift__host__area").order_by("-shift__starts_at", "-id")
