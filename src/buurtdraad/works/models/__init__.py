"""The tables of municipal work."""

from buurtdraad.works.models.checks import Buurtcheck
from buurtdraad.works.models.registers import Register, RegisterLoad
from buurtdraad.works.models.sheets import Milestone, Work, WorkAnswers, WorkArea, WorkAsked, WorkIndicator, WorkMoney, WorkPartner

__all__ = [
    "Buurtcheck",
    "Milestone",
    "Register",
    "RegisterLoad",
    "Work",
    "WorkAnswers",
    "WorkArea",
    "WorkAsked",
    "WorkIndicator",
    "WorkMoney",
    "WorkPartner",
]
