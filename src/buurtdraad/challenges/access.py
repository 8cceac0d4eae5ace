"""Staff may look; the programme manager and the administrator change, for the whole city."""

from buurtdraad.accounts.access import STAFF_MEMBER, Someone, duty_for, with_duty
from buurtdraad.accounts.duties import Duty

__all__ = ["CHANGER", "CHANGERS", "STAFF_MEMBER", "duty_of", "may_change_programme"]

CHANGERS = (Duty.PROGRAMME_MANAGER, Duty.ADMINISTRATOR)
CHANGER = with_duty(*CHANGERS)


def duty_of(person: Someone) -> str:
    """From which duty somebody changes the programme; empty when from none."""
    return duty_for(person, *CHANGERS)


def may_change_programme(person: Someone) -> bool:
    return bool(duty_of(person))
