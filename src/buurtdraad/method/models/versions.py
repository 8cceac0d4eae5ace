"""The method: versions, each with its steps, and per step what must be there to go on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.duties import Duty
from buurtdraad.lib.uploads.models import DocumentUpload
from buurtdraad.method.states import Measure, VersionStage
from buurtdraad.partners.models import Kind


class MethodVersion(models.Model):
    """One version of the fixed working method. What was in use never changes: a better one comes beside it."""

    number = models.PositiveSmallIntegerField(unique=True)
    stage = models.CharField(max_length=10, choices=VersionStage.choices, default=VersionStage.DRAFT)
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=2000, blank=True, help_text="What it is for, in plain words.")
    what_is_new = models.TextField(max_length=2000, blank=True, help_text="Against the version before.")
    in_use_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["stage"], condition=Q(stage=VersionStage.IN_USE), name="one_method_in_use"),
            models.UniqueConstraint(fields=["stage"], condition=Q(stage=VersionStage.DRAFT), name="one_draft_of_the_method"),
            models.CheckConstraint(condition=~Q(name=""), name="method_has_a_name"),
            models.CheckConstraint(
                condition=Q(stage=VersionStage.DRAFT) | Q(in_use_on__isnull=False), name="method_in_use_says_since_when"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"


class MethodStep(models.Model):
    """One step. `key` is the same in each version, so that a run can move on and a lesson keeps its step."""

    version = models.ForeignKey(MethodVersion, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(help_text="Its place.")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=1000)
    for_residents = models.CharField(max_length=300, blank=True, help_text="What a resident can do now, in plain words.")
    duties = ArrayField(models.CharField(max_length=20, choices=Duty.choices), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind.choices), default=list, blank=True)
    weeks_least = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks_most = models.PositiveSmallIntegerField(null=True, blank=True)
    questions = models.TextField(max_length=2000, blank=True, help_text="To ask each other; one a line.")
    examples = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(fields=["version", "number"], name="method_step_number_once", deferrable=models.Deferrable.DEFERRED),
            models.UniqueConstraint(fields=["version", "key"], name="method_step_key_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose=""), name="method_step_has_name_and_purpose"),
            models.CheckConstraint(
                condition=Q(weeks_least__isnull=True) | Q(weeks_most__isnull=True) | Q(weeks_most__gte=F("weeks_least")),
                name="method_step_takes_some_weeks",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def who(self) -> list[str]:
        """Who carries it out: duties, then kinds of organisation, as people say it."""
        duties, kinds = dict(Duty.choices), dict(Kind.choices)
        return [str(duties.get(one, one)) for one in self.duties] + [str(kinds.get(one, one)) for one in self.kinds]

    @property
    def how_long(self) -> str:
        """How long it usually takes; empty where the method does not say."""
        least, most = self.weeks_least, self.weeks_most
        if least is not None and most is not None and least < most:
            return _("Usually %(least)d to %(most)d weeks.") % {"least": least, "most": most}
        weeks = most if most is not None else least
        if weeks is None:
            return ""
        return ngettext("Usually one week.", "Usually %(n)d weeks.", weeks) % {"n": weeks}


class StepTemplate(DocumentUpload):
    """A document to begin with; it goes along to the step in the next version."""

    title = models.CharField(max_length=120)
    steps = models.ManyToManyField(MethodStep, related_name="templates")


class ExitCheck(models.Model):
    """What must be there to go on: answered by the product itself (`measure` and `at_least`), or by who runs it."""

    step = models.ForeignKey(MethodStep, on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    text = models.CharField(max_length=200)
    measure = models.CharField(max_length=30, choices=Measure.choices, blank=True)
    at_least = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(fields=["step", "key"], name="exit_check_key_once"),
            models.CheckConstraint(condition=~Q(text=""), name="exit_check_says_what"),
            models.CheckConstraint(
                condition=Q(measure="", at_least__isnull=True) | (~Q(measure="") & Q(at_least__isnull=False)),
                name="measured_check_says_how_much",
            ),
        )

    def __str__(self) -> str:
        return self.text
