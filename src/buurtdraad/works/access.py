"""Colleagues read every sheet; an owner keeps their own; who works in an area keeps all of it; the programme manager all."""

from django.db.models import Q, QuerySet

from buurtdraad.accounts.access import Reach, Someone, areas_of, duty_for, has_duty, with_duty
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.works.models import Buurtcheck, RegisterLoad, Work

COLLEAGUES = (Duty.EMPLOYEE, *sorted(STAFF))
KEEPERS = (Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.PROGRAMME_MANAGER)
COLLEAGUE = with_duty(*COLLEAGUES)
KEEPER = with_duty(*KEEPERS)


def duty_of(person: Someone) -> str:
    """From which duty somebody acts here, for the record."""
    return duty_for(person, *KEEPERS, *COLLEAGUES)


def visible_works(person: Someone):
    """Every sheet for colleagues, for others what is public."""
    return Work.objects.all() if has_duty(person, *COLLEAGUES) else Work.objects.public()


def owns(person: Someone, work: Work) -> bool:
    """Whether somebody is the owner by their confirmed e-mail address."""
    return bool(isinstance(person, Person) and person.email and work.owner_email and person.email.lower() == work.owner_email.lower())


def made(person: Someone, work: Work) -> bool:
    """Whether somebody made the sheet, and nobody confirmed it yet."""
    return isinstance(person, Person) and work.made_by == person.uuid and not work.confirmed_at


def may_change_work(person: Someone, work: Work) -> bool:
    """Its owner, who made it until its owner confirms it, and who keeps one of its areas.

    Asks the areas of the work: prefetch `work_areas__area` for many.
    """
    if (owns(person, work) or made(person, work)) and has_duty(person, *COLLEAGUES):
        return True
    reach = areas_of(person, *KEEPERS)
    return reach.everywhere or any(one.area.code in reach.codes for one in work.work_areas.all())


def reach_of(person: Person) -> Reach:
    """Where somebody may change every work."""
    return areas_of(person, *KEEPERS)


def visible_loads(person: Person):
    """What somebody took in, and of lists that come back what anybody did, for who keeps them. The programme manager sees all."""
    everything = RegisterLoad.objects.select_related("register")
    if has_duty(person, Duty.PROGRAMME_MANAGER):
        return everything
    mine = Q(by=person.uuid)
    return everything.filter(mine | Q(register__isnull=False) if has_duty(person, *KEEPERS) else mine)


def may_undo(person: Person, load: RegisterLoad) -> bool:
    """Who took it in, and the programme manager."""
    return load.by == person.uuid or has_duty(person, Duty.PROGRAMME_MANAGER)


# --- checks -----------------------------------------------------------------------------------------

COUNTER = with_duty(Duty.PROGRAMME_MANAGER)


def visible_checks(person: Someone) -> QuerySet[Buurtcheck]:
    """A colleague sees their own; the programme manager, who counts them, all."""
    if may_count_checks(person):
        return Buurtcheck.objects.all()
    mine = isinstance(person, Person) and has_duty(person, *COLLEAGUES)
    return Buurtcheck.objects.filter(made_by=person.uuid) if mine else Buurtcheck.objects.none()  # type: ignore[union-attr]


def may_change_check(person: Someone, check: Buurtcheck) -> bool:
    """Who made it, as long as they work here."""
    return isinstance(person, Person) and check.made_by == person.uuid and has_duty(person, *COLLEAGUES)


def may_count_checks(person: Someone) -> bool:
    """Who sees how many proposals of each department had one."""
    return has_duty(person, Duty.PROGRAMME_MANAGER)
