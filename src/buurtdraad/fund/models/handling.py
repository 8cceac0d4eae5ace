"""Handling an application: the clock, questions, advice, interests, hearing, notes, and lateness."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.fund.models.application import Application
from buurtdraad.fund.states import ClockEventKind, Interest


class ClockEvent(models.Model):
    """What moved the last day. The day itself is counted from these (`fund.rules`), never typed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="clock")
    kind = models.CharField(max_length=10, choices=ClockEventKind.choices)
    on = models.DateField()
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of an extension or outage: how many days.")
    why = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "id")
        constraints = (models.UniqueConstraint(fields=["application"], condition=Q(kind="extended"), name="extended_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Question(models.Model):
    """What we asked the applicant to complete or explain, with the last day to answer (Awb 4:5)."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(max_length=3000)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    answer = models.TextField(max_length=5000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at__isnull=True, lapsed_at__isnull=True), name="one_open_question"
            ),
        )

    def __str__(self) -> str:
        return f"question {self.uuid}"


class Advice(models.Model):
    """What the area adviser or another department says about it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="advices")
    asked_of = models.UUIDField(help_text="Public id of who is asked.")
    department = models.CharField(max_length=100, blank=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    words = models.TextField(max_length=3000, blank=True)
    positive = models.BooleanField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["application", "asked_of"], name="advice_once"),
            models.CheckConstraint(condition=Q(given_at__isnull=True) | Q(positive__isnull=False), name="given_advice_says_something"),
        )

    def __str__(self) -> str:
        return f"advice on {self.application_id}"


class InterestDeclaration(models.Model):
    """What somebody says before they work on it (belangenverklaring, Awb 2:4). Who has an interest is kept away from it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interests")
    person = models.UUIDField()
    says = models.CharField(max_length=10, choices=Interest.choices)
    words = models.CharField(max_length=500, blank=True)
    substitute = models.UUIDField(null=True, blank=True, help_text="Who does it instead.")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=["application", "person"], name="interest_once"),)
        # Who has an interest is kept away in every list; most say that they have none.
        indexes = (models.Index(fields=["person"], condition=Q(says=Interest.YES), name="interest_yes"),)

    def __str__(self) -> str:
        return f"interest in {self.application_id}"


class View(models.Model):
    """Hearing somebody before a decision against them (zienswijze, Awb 4:7 and 4:8), in writing or orally."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="views")
    about = models.TextField(max_length=3000, help_text="What we think of doing, and on which facts.")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    give_by = models.DateField()
    words = models.TextField(max_length=5000, blank=True)
    orally = models.BooleanField(default=False)
    given_at = models.DateTimeField(null=True, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they do not want to, or the day went by.")

    class Meta:
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return f"view on {self.application_id}"


class Note(models.Model):
    """A note of who handles it, for colleagues."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=3000)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"note on {self.application_id}"


class Notice(models.Model):
    """A notice that we are late (ingebrekestelling, Awb 4:17); from two weeks after it a penalty runs."""

    received_on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()
    rejected_why = models.CharField(max_length=300, blank=True, help_text="Too early or unreasonably late.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"notice of {self.received_on}"


class DefaultNotice(Notice):
    """That the decision on an application is late."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="default_notice")

    def __str__(self) -> str:
        return f"default notice on {self.application_id}"


class Outage(models.Model):
    """Days on which our system did not work: every term that ended on them gets them extra (Wmebv)."""

    from_on = models.DateField()
    until_on = models.DateField()
    words = models.CharField(max_length=300)
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("-from_on",)
        constraints = (models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="outage_ends_after_it_begins"),)

    def __str__(self) -> str:
        return f"outage {self.from_on}"


class PenaltyRate(models.Model):
    """The daily amounts of the penalty from a day on (Awb 4:17; indexed)."""

    from_on = models.DateField(unique=True)
    first = models.DecimalField(max_digits=6, decimal_places=2, help_text="Euros a day, first 14 days.")
    second = models.DecimalField(max_digits=6, decimal_places=2, help_text="Next 14 days.")
    third = models.DecimalField(max_digits=6, decimal_places=2, help_text="The rest, 42 days in all.")
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ("from_on",)

    def __str__(self) -> str:
        return f"penalty from {self.from_on}"
