"""The only place of this room that writes."""

from buurtdraad.placements.actions.enrolling import NoEnrolment, enrol, evaluate, forget_enrolments, leave
from buurtdraad.placements.actions.training import (
    NotPossible,
    Plan,
    add_module,
    call_off,
    change_module,
    change_session,
    end_module,
    give_again,
    note_who_came,
    plan_session,
)
from buurtdraad.placements.actions.training import remind as remind_of_training

__all__ = [
    "NoEnrolment",
    "NotPossible",
    "Plan",
    "add_module",
    "call_off",
    "change_module",
    "change_session",
    "end_module",
    "enrol",
    "evaluate",
    "forget_enrolments",
    "give_again",
    "leave",
    "note_who_came",
    "plan_session",
    "remind_of_training",
]
