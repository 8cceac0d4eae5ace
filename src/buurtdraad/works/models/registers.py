"""Files of works that a department brings along each year, with how their columns are read."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.works.states import WorkKind


class Register(models.Model):
    """A file that comes back: a project list, or the street works of a year. Which column is which field is asked once and kept."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    department = models.CharField(max_length=120, help_text="Of the works in it that name none.")
    kind = models.CharField(max_length=12, choices=WorkKind.choices, default=WorkKind.PROJECT)
    mapping = models.JSONField(default=dict, help_text="Field of a work -> heading of the file.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="register_has_a_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"register:{self.uuid}"


class RegisterLoad(models.Model):
    """One time that a file was taken in: how many rows were new, changed, the same, or wrong, and which works the file no longer has.

    Without a register: rows that somebody pasted.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(Register, on_delete=models.CASCADE, null=True, blank=True, related_name="loads")
    name = models.CharField(max_length=150, blank=True, help_text="Of the file.")
    at = models.DateTimeField()
    by = models.UUIDField(null=True, help_text="Public id of who did it.")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list, help_text="A line per row that was new, changed or wrong: row number, reference, what.")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.register_id} {self.at:%Y-%m-%d}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"load:{self.uuid}"
