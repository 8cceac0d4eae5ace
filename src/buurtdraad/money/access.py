"""Who sees and moves money. What a pot holds is public; accounts of people are for who pays."""

from buurtdraad.accounts.access import Reach, Someone, areas_of, duty_for, has_duty, with_duty, with_working_areas
from buurtdraad.accounts.duties import Duty
from buurtdraad.places.models import Area

PAYING = (Duty.FINANCE,)
KEEPING = (Duty.FUND_DECIDER, Duty.PROGRAMME_MANAGER)
RESERVING = (Duty.AREA_ADVISER, Duty.AREA_MANAGER)
LOOKING = (*KEEPING, *RESERVING, *PAYING, Duty.FUND_HANDLER)
PAYER = with_duty(*PAYING)
KEEPER = with_duty(*KEEPING)
RESERVER = with_duty(*RESERVING, *KEEPING)
LOOKER = with_duty(*LOOKING)


def where_to_keep(person: Someone) -> Reach:
    """In which areas somebody opens pots, and puts money in or takes it out."""
    return areas_of(person, *KEEPING)


def may_keep(person: Someone, area: Area | str) -> bool:
    """Whether somebody opens pots of this area, and puts money in or takes it out."""
    return has_duty(person, *KEEPING, area=area)


def may_reserve(person: Someone, area: Area | str) -> bool:
    """Whether somebody writes down that a group reserved money for an agreement in this area, or is the second who says yes."""
    return (area if isinstance(area, str) else area.code) in where_to_reserve(person)


def may_pay(person: Someone) -> bool:
    """Whether somebody makes and releases payment lists, and sees accounts."""
    return has_duty(person, *PAYING)


def duty_of(person: Someone) -> str:
    """From which duty somebody moves money, for the record."""
    return duty_for(person, *PAYING, *KEEPING, *RESERVING)


def where_to_reserve(person: Someone) -> Reach:
    """In which areas somebody writes down reservations: where they have a duty, and in working areas that hold one of those."""
    return with_working_areas(areas_of(person, *RESERVING, *KEEPING), person)
