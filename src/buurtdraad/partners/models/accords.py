"""An agreement between partners for an area (wijkakkoord): versions of its text, and who signed which."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.lib.uploads.models import DocumentUpload
from buurtdraad.partners.models.organisations import Organisation
from buurtdraad.partners.states import AccordStage, Binding
from buurtdraad.places.models import Area


class Accord(models.Model):
    """What some partners agreed for one or more areas; what it says stands in its versions."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    areas = models.ManyToManyField(Area, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"accord {self.uuid}"


class AccordVersion(models.Model):
    """The text as it was signed. One version counts; a new one is written as a draft beside it."""

    accord = models.ForeignKey(Accord, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=AccordStage.choices, default=AccordStage.DRAFT)
    title = models.CharField(max_length=150)
    goal = models.TextField(max_length=2000)
    principles = models.TextField(max_length=3000, blank=True)
    binding = models.CharField(max_length=10, choices=Binding.choices, default=Binding.EFFORT)
    text = models.TextField(max_length=20_000, blank=True, help_text="The whole text, where it is not only in the PDF.")
    in_force_on = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    why_over = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("accord_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=["accord", "number"], name="accord_number_once"),
            models.UniqueConstraint(fields=["accord"], condition=Q(stage=AccordStage.IN_FORCE), name="one_accord_counts"),
            models.UniqueConstraint(fields=["accord"], condition=Q(stage=AccordStage.DRAFT), name="one_draft_of_an_accord"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(goal=""), name="accord_has_title_and_goal"),
            models.CheckConstraint(
                condition=Q(stage=AccordStage.DRAFT) | Q(in_force_on__isnull=False), name="accord_in_force_says_since_when"
            ),
            models.CheckConstraint(condition=~Q(stage=AccordStage.ENDED) | ~Q(why_over=""), name="ended_accord_says_why"),
            models.CheckConstraint(
                condition=Q(stage__in=[AccordStage.DRAFT, AccordStage.IN_FORCE]) | Q(over_on__isnull=False, over_on__gte=F("in_force_on")),
                name="accord_is_over_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return self.title


class AccordDocument(DocumentUpload):
    """The signed text, as a PDF. On paper people sign with their names, so staff alone read it unless somebody says otherwise."""

    version = models.OneToOneField(AccordVersion, on_delete=models.CASCADE, related_name="document")
    on_site = models.BooleanField(default=False, help_text="Whether everybody may read it: no name or signature of a person is in it.")


class Signature(models.Model):
    """That an organisation takes part: signed on a day, by whom. Who leaves keeps its row."""

    version = models.ForeignKey(AccordVersion, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=150, blank=True, help_text="Name and function. Staff only.")
    left_on = models.DateField(null=True, blank=True)
    why_left = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("signed_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["version", "organisation"], name="signed_once"),
            models.CheckConstraint(condition=Q(left_on__isnull=True) | Q(left_on__gte=F("signed_on")), name="left_after_they_signed"),
            models.CheckConstraint(condition=Q(left_on__isnull=True) | ~Q(why_left=""), name="party_that_left_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} signed {self.version_id}"
