"""What is still to look back on: for who was there, and for a host."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.placements.access import attended_by, reflected_by
from buurtdraad.placements.models import Host, HostFeedback, Lesson, Placement, Reflection, Shift, SimplerRule, Thanks
from buurtdraad.placements.states import LessonStage, RuleStage, ShiftStage

# So long somebody is asked to look back; after that it stands among their placements.
ASKED_DAYS = datetime.timedelta(days=28)


def looked_back_on(person: Person) -> QuerySet[Placement]:
    """The placements of somebody, the last one first, and whether they kept a reflection, told a lesson and thanked."""
    return (
        reflected_by(person)
        .annotate(
            reflected=Exists(Reflection.objects.filter(placement=OuterRef("pk"))),
            told=Exists(Lesson.objects.filter(placement=OuterRef("pk"))),
            thanked=Exists(Thanks.objects.filter(placement=OuterRef("pk"))),
        )
        .order_by("-shift__starts_at", "-id")
    )


def still_to_look_back(person: Person, at: datetime.datetime) -> list[Placement]:
    """Placements of the last weeks of which nothing was done yet of these three."""
    nothing = {"reflection": None, "lessons": None, "thanks": None}
    return list(attended_by(person).filter(shift__ends_at__gt=at - ASKED_DAYS, **nothing).order_by("-shift__starts_at", "-id"))


def given_back(person: Person) -> QuerySet[Lesson]:
    """Lessons that came back to who wrote them."""
    return Lesson.objects.filter(writer=person, stage=LessonStage.BACK)


def rules_of(person: Person) -> QuerySet[SimplerRule]:
    """Rules that somebody sees to now, the first date first."""
    return SimplerRule.objects.filter(owner=person, stage=RuleStage.BUSY).select_related("lesson").order_by("due_on", "id")


def shifts_to_tell_of(host: Host) -> QuerySet[Shift]:
    """Shifts that were, of which the host told nothing yet, the last one first."""
    told = HostFeedback.objects.filter(shift=OuterRef("pk"))
    return Shift.objects.filter(~Exists(told), host=host, stage=ShiftStage.HELD).order_by("-starts_at", "-id")
