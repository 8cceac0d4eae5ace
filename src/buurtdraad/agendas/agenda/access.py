"""Who makes an agenda, who answers for an agreement, and who sees who joins in."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from buurtdraad.accounts.access import Reach, duty_for, with_working_areas
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Owner, Topic
from buurtdraad.agendas.wishes.access import ADVISER, ADVISERS, areas_to_answer
from buurtdraad.partners.queries.joining import is_one_of, spoken_for
from buurtdraad.places.models import Area

__all__ = ["ADVISER"]

type Someone = Person | AnonymousUser


def areas_to_make(person: Person) -> Reach:
    """Where somebody makes agendas: where they have a duty, and in a working area with a neighbourhood in which they have one."""
    return with_working_areas(areas_to_answer(person), person)


def may_make(person: Someone, area: Area) -> bool:
    """Whether somebody makes and changes the agenda of this area, and moves its agreements on."""
    return isinstance(person, Person) and area.code in areas_to_make(person)


def duty_here(person: Person) -> str:
    """From which duty somebody does that, for the record."""
    return duty_for(person, *ADVISERS)


def versions_for(person: Someone) -> Q:
    """Which versions somebody may see: what was adopted, and for who makes it also the draft. For a filter on `AgendaVersion`."""
    public = ~Q(stage="draft")
    if not isinstance(person, Person) or not duty_here(person):
        return public
    reach = areas_to_make(person)
    return Q() if reach.everywhere else public | Q(area__code__in=reach.codes)


def visible_versions(person: Someone):
    return AgendaVersion.objects.filter(versions_for(person))


def visible_topics(person: Someone):
    return Topic.objects.filter(version__in=visible_versions(person)).select_related("version__area")


def visible_agreements(person: Someone):
    return Agreement.objects.filter(topic__version__in=visible_versions(person)).select_related("topic__version", "area")


def owns(person: Someone) -> Q:
    """Which owners somebody may speak for: themselves, and the organisation for which they speak today; doubles count as one.

    For a filter on `Owner`.
    """
    if not isinstance(person, Person):
        return Q(pk=None)
    return Q(contact__person=person) | is_one_of(spoken_for(person, on=timezone.localdate()))


def may_see_joiners(person: Someone, thing: Topic | Agreement) -> bool:
    """Whether somebody sees who wants to join in: who makes the agenda, and of an agreement the owner who said yes."""
    area = thing.area if isinstance(thing, Agreement) else thing.version.area
    if may_make(person, area):
        return True
    return isinstance(thing, Agreement) and Owner.objects.filter(owns(person), agreement=thing, accepted_at__isnull=False).exists()
