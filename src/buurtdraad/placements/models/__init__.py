"""The tables of short placements and training, by subject."""

from buurtdraad.placements.models.after import FeelingAnswer, FeelingCode, HostFeedback, Reflection, Thanks
from buurtdraad.placements.models.hosts import BlackOut, Host
from buurtdraad.placements.models.lessons import Lesson, LessonStep, LessonTopic, LessonWish, SimplerRule
from buurtdraad.placements.models.shifts import Placement, Shift
from buurtdraad.placements.models.training import Enrolment, Module, Session

__all__ = [
    "BlackOut",
    "Enrolment",
    "FeelingAnswer",
    "FeelingCode",
    "Host",
    "HostFeedback",
    "Lesson",
    "LessonStep",
    "LessonTopic",
    "LessonWish",
    "Module",
    "Placement",
    "Reflection",
    "Session",
    "Shift",
    "SimplerRule",
    "Thanks",
]
