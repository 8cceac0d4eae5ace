"""What happened, by whom, when: a record that only grows.

Events hold no personal values; a page resolves the actor's name and says "verwijderd" after erasure.
Row triggers (first migration) refuse UPDATE and DELETE; the role of the web processes has no right to either.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

# The verb of an event that changed nothing: somebody of the staff saw what a person gave us.
LOOKED = "looked"


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about what happened."""

    def deeds(self) -> "EventQuerySet":
        """Without the looks of staff at personal data."""
        return self.exclude(verb=LOOKED)


class Event(models.Model):
    """One deed: written in the same transaction as what it tells of."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True, help_text="Public id of the person; no foreign key, so that a person can be erased.")
    duty = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    verb = models.CharField(max_length=60)
    room = models.CharField(max_length=20)
    thing = models.CharField(max_length=80, help_text="What it happened to, as `kind:id`.")
    touches = ArrayField(models.CharField(max_length=60), default=list, help_text="Codes of the areas whose pages it changes.")
    payload = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["thing", "id"]),
            models.Index(fields=["actor", "id"]),
            models.Index(fields=["at"]),
            # Of `queries.concerns`, which asks both columns for what they contain.
            GinIndex(fields=["touches", "payload"], opclasses=["array_ops", "jsonb_path_ops"], name="event_concerns"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.room}.{self.verb} {self.thing}"


class Seal(models.Model):
    """A hash over a run of events and over the seal before it: altering one breaks all that follow."""

    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("last_event",)
        constraints = (models.CheckConstraint(condition=models.Q(first_event__lte=models.F("last_event")), name="seal_in_order"),)

    def __str__(self) -> str:
        return f"{self.first_event}-{self.last_event}"


class Revision(models.Model):
    """How often the pages of an area have changed: the page cache drops what is older."""

    code = models.CharField(max_length=60, primary_key=True)
    number = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.code}: {self.number}"
