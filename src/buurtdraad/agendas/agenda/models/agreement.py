"""An agreement, its owners, and what became of it."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.agenda.models.version import Topic
from buurtdraad.agendas.agenda.rules import is_late, may_say_not_done
from buurtdraad.agendas.agenda.states import OPEN, SAYS_WHY, TONES, TRACK, OwnerKind, Role, Said, Stage, VersionStage
from buurtdraad.lib.uploads.models import PictureUpload
from buurtdraad.messages.models import Contact
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Questions about many agreements."""

    def public(self) -> "AgreementQuerySet":
        return self.exclude(topic__version__stage=VersionStage.DRAFT)

    def unfinished(self) -> "AgreementQuerySet":
        return self.filter(stage__in=sorted(OPEN))

    def late(self, on: datetime.date) -> "AgreementQuerySet":
        """Those whose date passed before this day, while they are not finished."""
        return self.unfinished().filter(due_on__lt=on)


class Agreement(models.Model):
    """What somebody will do for a topic, and when. In the next version it goes on under the topic that follows."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="agreements")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Of its area; it never changes.")
    what = models.CharField(max_length=300)
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.TODO)
    why = models.CharField(max_length=500, blank=True, help_text="Why it stands so, in plain words.")
    next_step = models.CharField(max_length=300, blank=True)
    money_needed = models.CharField(max_length=200, blank=True, help_text="For what money is needed.")
    amount = models.PositiveIntegerField(null=True, blank=True, help_text="Whole euros.")
    money_source = models.CharField(max_length=200, blank=True, help_text="Who pays.")
    result = models.TextField(max_length=2000, blank=True)
    done_on = models.DateField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True, help_text="When a resident said that it was not done; that happens once.")
    reminded_for = models.DateField(null=True, blank=True, help_text="The date about which its owner was reminded.")
    made_at = models.DateTimeField()
    batch = models.UUIDField(null=True, blank=True, db_index=True, help_text="The table that it came with, so that this can be undone.")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["area", "number"], name="agreement_number_once"),
            models.CheckConstraint(condition=~Q(what=""), name="agreement_says_what"),
            models.CheckConstraint(condition=~Q(stage__in=sorted(SAYS_WHY)) | ~Q(why=""), name="agreement_that_waits_says_why"),
            models.CheckConstraint(condition=~Q(stage=Stage.LATER) | Q(due_on__isnull=False), name="later_agreement_has_a_date"),
            models.CheckConstraint(condition=~Q(stage=Stage.DONE) | Q(done_on__isnull=False), name="done_agreement_says_when"),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("start_on")),
                name="agreement_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["due_on"], condition=Q(stage__in=sorted(OPEN)), name="agreement_unfinished"),)

    def __str__(self) -> str:
        return self.what

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"agreement:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def tone(self) -> str:
        return TONES[Stage(self.stage)]

    @property
    def step(self) -> int:
        """Which of the four steps it has reached, from 1; 0 when it left the track."""
        return TRACK.index(Stage(self.stage)) + 1 if self.stage in TRACK else 0

    def late_on(self, on: datetime.date) -> bool:
        return is_late(self.due_on, on, is_open=self.is_open)

    def may_be_said_not_done(self, on: datetime.date) -> bool:
        return self.stage == Stage.DONE and may_say_not_done(self.done_on, on)


class Carried(models.Model):
    """That an agreement stood under a topic of an earlier version, before it went on to the next."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="carried")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="carried")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agreement", "topic"], name="carried_once"),)

    def __str__(self) -> str:
        return f"{self.agreement_id} was under {self.topic_id}"


class AgreementPicture(PictureUpload):
    """What came of it, as a picture."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="picture")

    class Meta(PictureUpload.Meta):
        abstract = False


class AgreementStep(models.Model):
    """One move of an agreement, with its reason and its date at that moment. The line that everybody can follow."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    why = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.stage}"


class Owner(models.Model):
    """Who sees to an agreement, or helps. It counts when they said yes themselves."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="owners")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.OWNER)
    kind = models.CharField(max_length=15, choices=OwnerKind.choices)
    name = models.CharField(max_length=150, help_text="As it stands on the site.")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who hears of it.")
    asked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=10, choices=Said.choices, blank=True)
    said_by = models.CharField(max_length=150, blank=True, help_text="Who said yes or no for them, as they wrote it. Staff only.")
    why = models.CharField(max_length=500, blank=True, help_text="Why not. Staff only.")

    class Meta:
        ordering = ("-role", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="owner_has_a_name"),
            models.CheckConstraint(condition=Q(accepted_at__isnull=True) | Q(refused_at__isnull=True), name="owner_says_yes_or_no"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, refused_at__isnull=True) | ~Q(said=""), name="owner_who_answered_said_it_somehow"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def answered(self) -> bool:
        return bool(self.accepted_at or self.refused_at)


class NotDone(models.Model):
    """Somebody says that an agreement is not done. The words are for its owner and the staff."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="said_not_done")
    words = models.CharField(max_length=500, blank=True)
    doubted = models.BooleanField(default=False, help_text="May be of a program, so it changed nothing by itself.")
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the form: sent twice, it is one.")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"not done: {self.agreement_id}"
