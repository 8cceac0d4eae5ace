"""A spoken note that waits for somebody to listen, and what came in together: a pile of sheets or a table."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.agendas.ways_in.states import BatchKind, NoteStage, ReadBack
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.uploads.sounds import TYPES
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area


class SpokenNote(models.Model):
    """What somebody said. The sound is destroyed when it is written down; what stays is that there was one."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.CharField(
        max_length=32, blank=True, help_text="Random name of the folder that the sound is kept in; empty when it is gone."
    )
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in TYPES])
    bytes = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(null=True, blank=True, help_text="How long it lasts, if the file says so.")
    made_at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True, help_text="Public id of who of the staff brought the recording.")
    mark = models.CharField(
        max_length=100, unique=True, null=True, blank=True, help_text="Of the form that gave it: sent twice, it is one."
    )
    stage = models.CharField(max_length=10, choices=NoteStage.choices, default=NoteStage.WAITING)
    read_back = models.CharField(max_length=12, choices=ReadBack.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True, help_text="Public id of who listened.")
    wish = models.ForeignKey(Wish, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="sound_of_one_note"),
            models.CheckConstraint(
                condition=Q(stage=NoteStage.WAITING) | Q(key="", ended_at__isnull=False), name="sound_goes_when_written"
            ),
        )
        indexes = (models.Index(fields=["made_at"], condition=Q(stage=NoteStage.WAITING), name="note_to_hear"),)

    def __str__(self) -> str:
        return f"note {self.uuid}"

    @property
    def thing(self) -> str:
        return f"note:{self.uuid}"

    @property
    def length(self) -> str:
        """Minutes and seconds: 2:05; empty when the file did not say."""
        return "" if self.seconds is None else f"{self.seconds // 60}:{self.seconds % 60:02}"


class Batch(models.Model):
    """Wishes that came in together; its `uuid` is the `batch` of those wishes."""

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=BatchKind.choices)
    name = models.CharField(max_length=150, blank=True, help_text="Which meeting and day, or which file.")
    by = models.UUIDField(help_text="Public id of who entered it.")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
