"""The steps of a version of the method, of a run and its steps, of a lesson."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionStage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_USE = "in_use", _("In use")
    FOLLOWED = "followed", _("There is a newer one")


VERSION_MOVES: dict[str, tuple[VersionStage, ...]] = {
    VersionStage.DRAFT: (VersionStage.IN_USE,),
    VersionStage.IN_USE: (VersionStage.FOLLOWED,),
    VersionStage.FOLLOWED: (),
}


class RunStage(models.TextChoices):
    RUNNING = "running", _("Under way")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


RUN_MOVES: dict[str, tuple[RunStage, ...]] = {
    RunStage.RUNNING: (RunStage.PAUSED, RunStage.ENDED),
    RunStage.PAUSED: (RunStage.RUNNING, RunStage.ENDED),
    RunStage.ENDED: (),
}


class StepStage(models.TextChoices):
    TO_COME = "to_come", _("To come")
    NOW = "now", _("Now")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")


# One can go back to a step: what was learned may ask for it.
STEP_MOVES: dict[str, tuple[StepStage, ...]] = {
    StepStage.TO_COME: (StepStage.NOW, StepStage.SKIPPED),
    StepStage.NOW: (StepStage.DONE, StepStage.TO_COME, StepStage.SKIPPED),
    StepStage.DONE: (StepStage.NOW,),
    StepStage.SKIPPED: (StepStage.NOW, StepStage.TO_COME),
}


class LessonStage(models.TextChoices):
    OPEN = "open", _("Open")
    PROPOSED = "proposed", _("In the proposal for the next version")
    TAKEN = "taken", _("Part of the method")
    NOT_TAKEN = "not_taken", _("Not taken over")


LESSON_MOVES: dict[str, tuple[LessonStage, ...]] = {
    LessonStage.OPEN: (LessonStage.PROPOSED, LessonStage.NOT_TAKEN),
    LessonStage.PROPOSED: (LessonStage.TAKEN, LessonStage.OPEN, LessonStage.NOT_TAKEN),
    LessonStage.TAKEN: (),
    LessonStage.NOT_TAKEN: (LessonStage.OPEN,),
}


class Measure(models.TextChoices):
    """Exit checks that the product answers itself; the numbers come from `queries.measures`."""

    TOPICS_CHOSEN = "topics_chosen", _("topics chosen, with how they were chosen on record")
    WISHES_ANSWERED = "wishes_answered", _("per cent of the wishes have an answer")
    WISHES = "wishes", _("wishes told")
    MEETINGS_HELD = "meetings_held", _("meetings held and rounded off")
    AGREEMENTS_ACCEPTED = "agreements_accepted", _("agreements to which an owner said yes")
    AGREEMENTS_DONE = "agreements_done", _("agreements done")
    PARTNERS = "partners", _("partners work in the area")
    ACCORDS = "accords", _("agreements between partners in force")
    LESSONS = "lessons", _("lessons written down")


class Group(models.TextChoices):
    """Who answers the questions of a pulse."""

    STAFF = "staff", _("people who work for the municipality")
    PARTNERS = "partners", _("partners")
