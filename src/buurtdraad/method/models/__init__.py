"""The tables of the method, by subject."""

from buurtdraad.method.models.lessons import Lesson
from buurtdraad.method.models.pulse import Pulse, PulseAnswer, PulseCode
from buurtdraad.method.models.runs import CheckMet, Decision, Deviation, Risk, Run, RunMeeting, RunPartner, RunPerson, RunStep
from buurtdraad.method.models.versions import ExitCheck, MethodStep, MethodVersion, StepTemplate

__all__ = [
    "CheckMet",
    "Decision",
    "Deviation",
    "ExitCheck",
    "Lesson",
    "MethodStep",
    "MethodVersion",
    "Pulse",
    "PulseAnswer",
    "PulseCode",
    "Risk",
    "Run",
    "RunMeeting",
    "RunPartner",
    "RunPerson",
    "RunStep",
    "StepTemplate",
]
