"""Who sees and changes an initiative: its people, who holds it in this browser, and staff of its area.

Nobody needs an account to begin one: the browser in which it was begun holds it (its public id stands in the session), and a
link in a mail lets another browser hold it. Who is a member is known by their contact once they sign in.
"""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from buurtdraad.accounts.access import Reach, areas_of, duty_for, with_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.models import Concern, Initiative
from buurtdraad.initiatives.states import Showing

type Someone = Person | AnonymousUser

# The key in the session: the public ids of the initiatives that this browser holds.
HELD = "initiatives"
ADVISING = (Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.FUND_HANDLER, Duty.FUND_DECIDER, Duty.PROGRAMME_MANAGER)
READING = (Duty.MODERATOR, Duty.AREA_ADVISER)
ADVISER = with_duty(*ADVISING)
READER = with_duty(*READING)


def held(session: SessionBase) -> frozenset[str]:
    """The public ids of the initiatives that this browser holds."""
    return frozenset(session.get(HELD, ()))


def hold(session: SessionBase, initiative: Initiative) -> None:
    """From now on this browser holds the initiative: who opened its link, or began it here."""
    session[HELD] = sorted(held(session) | {str(initiative.uuid)})


def let_go(session: SessionBase, initiative: Initiative) -> None:
    """This browser holds it no more: at a computer in the library."""
    session[HELD] = sorted(held(session) - {str(initiative.uuid)})


def where_to_advise(person: Someone) -> Reach:
    """In which areas somebody of the municipality sees and helps initiatives."""
    return areas_of(person, *ADVISING)


def where_to_read(person: Someone) -> Reach:
    """In which areas somebody reads texts before they stand on the site."""
    return areas_of(person, *READING)


def theirs(person: Someone, session: SessionBase | None = None) -> Q:
    """Those of which somebody is a member, or that their browser holds. For a filter on `Initiative`."""
    mine = Q(pk=None)
    if isinstance(person, Person):
        mine |= Q(members__contact__person=person)
    if session is not None and (ids := held(session)):
        mine |= Q(uuid__in=ids)
    return mine


def visible_initiatives(person: Someone, session: SessionBase | None = None):
    """What stands on the site, one's own, and for staff those of their areas."""
    seen = Q(showing=Showing.SHOWN) | theirs(person, session)
    reach = where_to_advise(person)
    if reach.everywhere:
        return Initiative.objects.all()
    if reach.codes:
        seen |= Q(area__code__in=reach.codes)
    return Initiative.objects.filter(seen).distinct()


def is_theirs(person: Someone, initiative: Initiative, session: SessionBase | None = None) -> bool:
    """Whether somebody is of this initiative, or their browser holds it."""
    if session is not None and str(initiative.uuid) in held(session):
        return True
    return isinstance(person, Person) and initiative.members.filter(contact__person=person).exists()


def may_advise(person: Someone, initiative: Initiative) -> bool:
    """Whether somebody of the municipality helps with it: changes it for its people, counts a list, answers a worry."""
    return initiative.area.code in where_to_advise(person)


def may_change(person: Someone, initiative: Initiative, session: SessionBase | None = None) -> bool:
    """Whether somebody may change it: its people, and who advises its area."""
    return is_theirs(person, initiative, session) or may_advise(person, initiative)


def may_read(person: Someone, initiative: Initiative) -> bool:
    """Whether somebody decides what of it stands on the site."""
    return initiative.area.code in where_to_read(person)


def duty_of(person: Someone) -> str:
    """From which duty somebody does that, for the record; empty for its own people."""
    return duty_for(person, *ADVISING, Duty.MODERATOR)


# plans


def may_note_prizes(person: Someone, initiative: Initiative) -> bool:
    """Whether somebody writes down which prizes it won: who advises its area, for a prize is checked."""
    return may_advise(person, initiative)


# voices


def may_count(person: Someone, initiative: Initiative) -> bool:
    """Whether somebody counts its lists: who advises its area and is not of it. Two of them count each list."""
    return may_advise(person, initiative) and not is_theirs(person, initiative)


def may_answer(person: Someone, concern: Concern, session: SessionBase | None = None) -> bool:
    """Whether somebody answers a worry that was read: the people of the plan, and who advises its area."""
    return concern.on_site and may_change(person, concern.initiative, session)
