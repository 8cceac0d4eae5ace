"""Staff may look at every partner. Who works in an area changes those of that area; the programme manager and the administrator all."""

import datetime
from collections.abc import Collection

from buurtdraad.accounts.access import STAFF_MEMBER, Reach, Someone, areas_of, duty_for, has_duty, with_duty, with_working_areas
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.partners.states import Says

__all__ = [
    "ANSWERER",
    "CHANGER",
    "LOADER",
    "STAFF_MEMBER",
    "duty_of",
    "looking_duty",
    "may_answer",
    "may_change",
    "may_end",
    "may_join",
    "may_load",
    "where_to_answer",
    "where_to_change",
]

HERE = (Duty.AREA_ADVISER, Duty.AREA_MANAGER)
EVERYWHERE = (Duty.PROGRAMME_MANAGER, Duty.ADMINISTRATOR)
CHANGER = with_duty(*HERE, *EVERYWHERE)
LOADER = with_duty(*EVERYWHERE)


def where_to_change(person: Someone) -> Reach:
    """In which areas somebody adds and changes partners. A programme manager of one area does so everywhere."""
    return Reach(everywhere=True) if has_duty(person, *EVERYWHERE) else areas_of(person, *HERE)


def may_change(person: Someone, codes: Collection[str]) -> bool:
    """Whether somebody may change an organisation that works in areas with these codes: one of them is enough.

    One without areas is for who may everywhere.
    """
    reach = where_to_change(person)
    return reach.everywhere or any(code in reach for code in codes)


def may_end(person: Someone, codes: Collection[str]) -> bool:
    """Whether somebody may say that an organisation is over: only who may change it in all of its areas."""
    reach = where_to_change(person)
    return reach.everywhere or (bool(codes) and all(code in reach for code in codes))


def may_join(person: Someone, double: Collection[str], whole: Collection[str]) -> bool:
    """Whether somebody may join a double to another, or part them; of both the codes where they work.

    For who may end the double, since lists leave it out from then on, and change the other.
    """
    return may_end(person, double) and may_change(person, whole)


def may_load(person: Someone) -> bool:
    """Whether somebody may take a file of partners in: it can change any of them."""
    return has_duty(person, *EVERYWHERE)


def duty_of(person: Someone) -> str:
    """From which duty somebody changes partners, for the record of the deed."""
    return duty_for(person, *EVERYWHERE, *HERE)


def looking_duty(person: Someone) -> str:
    """From which duty somebody looks at an e-mail address or phone number."""
    return duty_of(person) or duty_for(person, *sorted(STAFF))


# --- confirming: what a partner says -------------------------------------------------------------------

ANSWERER = with_duty(*HERE, Duty.PROGRAMME_MANAGER)


def where_to_answer(person: Someone, *duties: Duty, on: datetime.date | None = None) -> Reach:
    """Where somebody answers partners from one of these duties, with the working areas of which a part lies there."""
    return with_working_areas(areas_of(person, *duties, on=on), person)


def may_answer(person: Someone, says: str, code: str) -> bool:
    """Whether somebody answers a partner in an area: the area manager both, an adviser what has changed, the programme manager all.

    What belongs to no area (an empty code) is for the programme manager alone.
    """
    if has_duty(person, Duty.PROGRAMME_MANAGER):
        return True
    duties = (Duty.AREA_MANAGER,) if says == Says.STUCK else HERE
    reach = where_to_answer(person, *duties)
    return bool(code) and code in reach
