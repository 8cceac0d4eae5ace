"""What the neighbours think: for, against or no opinion, with evidence, where asked per zone; and their worries, each with its answer.

Of who is against a plan of a neighbour only totals are shown, to the people of the plan too.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.initiatives.models.initiative import Initiative
from buurtdraad.initiatives.states import EvidenceKind, EvidenceStage, Says, Unit, ZoneRule
from buurtdraad.lib.uploads.models import DocumentUpload
from buurtdraad.messages.models import Contact


class Zone(models.Model):
    """A part of the street or neighbourhood with its own rule for support: the part that closes, the rest of the street."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="zones")
    name = models.CharField(max_length=80)
    rule = models.CharField(max_length=10, choices=ZoneRule.choices)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.PERSON)
    units = models.PositiveIntegerField(null=True, blank=True, help_text="How many persons or households there are in it.")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["initiative", "name"], name="zone_once"),)

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """What somebody thinks of it; counts once their address is confirmed. One per contact; changing it overwrites it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="opinions")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="opinions")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: was erased; the count stays."
    )
    household = models.CharField(
        max_length=64, blank=True, help_text="Mark of the household (a keyed hash of postcode and number): one counts."
    )
    says = models.CharField(max_length=10, choices=Says.choices)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("given_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "contact"], name="opinion_once"),
            models.UniqueConstraint(fields=["initiative", "household"], condition=~Q(household=""), name="opinion_once_a_household"),
        )

    def __str__(self) -> str:
        return f"opinion on {self.initiative_id}"


class Evidence(DocumentUpload):
    """A list with signatures, or a questionnaire; counted by two people, and destroyed when objections can no longer come."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="evidence")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    evidence_kind = models.CharField(max_length=15, choices=EvidenceKind.choices)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.PERSON)
    stage = models.CharField(max_length=10, choices=EvidenceStage.choices, default=EvidenceStage.TO_COUNT)
    why = models.CharField(max_length=300, blank=True, help_text="Why it does not count.")
    says_for = models.PositiveIntegerField(default=0, help_text="As two people counted it.")
    says_against = models.PositiveIntegerField(default=0)
    says_neutral = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True, help_text="Last day on which somebody can object; empty: no day is known.")
    destroyed_at = models.DateTimeField(null=True, blank=True, help_text="When the file went; what was counted stays.")

    class Meta(DocumentUpload.Meta):
        abstract = False
        ordering = ("given_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(stage=EvidenceStage.COUNTED) | Q(counted_at__isnull=False), name="counted_evidence_says_when"
            ),
            models.CheckConstraint(condition=~Q(stage=EvidenceStage.REJECTED) | ~Q(why=""), name="rejected_evidence_says_why"),
        )

    @property
    def numbers(self) -> tuple[int, int, int]:
        """For, against and no opinion, as two people counted it."""
        return self.says_for, self.says_against, self.says_neutral


class Count(models.Model):
    """What one person counted on a list. Two different people count."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="counts")
    counted_by = models.UUIDField(help_text="Public id of who counted.")
    says_for = models.PositiveIntegerField()
    says_against = models.PositiveIntegerField()
    says_neutral = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=["evidence", "counted_by"], name="one_count_a_person"),)

    def __str__(self) -> str:
        return f"count of {self.evidence_id}"

    @property
    def numbers(self) -> tuple[int, int, int]:
        """For, against and no opinion."""
        return self.says_for, self.says_against, self.says_neutral


class Concern(models.Model):
    """A worry of somebody, without their name, and the answer that was given."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="concerns")
    zone = models.ForeignKey(Zone, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=1000)
    on_site = models.BooleanField(default=False, help_text="Somebody read it: nobody can be recognised in it.")
    given_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answer_on_site = models.BooleanField(default=False, help_text="Somebody read the answer.")
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("given_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="concern_says_something"),
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="answered_concern_has_an_answer"),
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("given_at")), name="answer_after_concern"),
        )

    def __str__(self) -> str:
        return f"concern about {self.initiative_id}"

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"concern:{self.uuid}"
