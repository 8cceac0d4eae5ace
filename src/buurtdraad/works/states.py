"""The steps of a municipal work, and the fixed words of its sheet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """A work that stands still or stops says why."""

    PLANNED = "planned", _("Planned")
    BUSY = "busy", _("Under way")
    PAUSED = "paused", _("Stands still")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Will not happen")


MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.PLANNED: (Stage.BUSY, Stage.PAUSED, Stage.DONE, Stage.STOPPED),
    Stage.BUSY: (Stage.PLANNED, Stage.PAUSED, Stage.DONE, Stage.STOPPED),
    Stage.PAUSED: (Stage.PLANNED, Stage.BUSY, Stage.DONE, Stage.STOPPED),
    Stage.DONE: (Stage.BUSY,),
    Stage.STOPPED: (Stage.PLANNED,),
}
OPEN = frozenset({Stage.PLANNED, Stage.BUSY, Stage.PAUSED})
# The steps of a work that goes as it should.
TRACK = (Stage.PLANNED, Stage.BUSY, Stage.DONE)
# These need a reason.
NEEDS_REASON = frozenset({Stage.PAUSED, Stage.STOPPED})


class Trend(models.TextChoices):
    """How it goes, beside the step."""

    ON_TRACK = "on_track", _("Goes as planned")
    AT_RISK = "at_risk", _("May be later")
    STUCK = "stuck", _("Is stuck")


class WorkKind(models.TextChoices):
    """Upkeep comes in bulk from a register, and is not asked about one by one."""

    PROJECT = "project", _("project")
    MAINTENANCE = "maintenance", _("upkeep")


class PartnerRole(models.TextChoices):
    LEADS = "leads", _("leads it")
    DOES = "does", _("carries it out")
    PAYS = "pays", _("pays")
    ADVISES = "advises", _("gives advice")
    INFORMED = "informed", _("is told about it")


class MoneySource(models.TextChoices):
    MUNICIPALITY = "municipality", _("the municipality")
    HOUSING = "housing", _("a housing association")
    STATE = "state", _("the state")
    PROVINCE = "province", _("the province")
    FUND = "fund", _("a fund")
    PARTNER = "partner", _("another partner")
    IN_KIND = "in_kind", _("work or goods, in euros")


class Measures(models.TextChoices):
    """What an indicator of a work counts."""

    OUTPUT = "output", _("what is made")
    OUTCOME = "outcome", _("what changes")
