"""A version of an agenda, its topics, and how they were chosen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from buurtdraad.agendas.agenda.states import Following, Method, Noticed, Origin, VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Challenge
from buurtdraad.places.models import Area


class VersionQuerySet(models.QuerySet["AgendaVersion"]):
    """Questions about many versions."""

    def public(self) -> "VersionQuerySet":
        return self.exclude(stage=VersionStage.DRAFT)

    def adopted(self) -> "VersionQuerySet":
        return self.filter(stage=VersionStage.ADOPTED)


class AgendaVersion(models.Model):
    """What a neighbourhood agreed, as it was adopted at a moment. Agreements go on in the next version; this one stays readable."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=VersionStage.choices, default=VersionStage.DRAFT)
    valid_from = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(max_length=200, blank=True, help_text="Who said yes to it: a steering group, an evening with residents.")
    adopted_at = models.DateTimeField(null=True, blank=True)
    steering_group = models.CharField(max_length=500, blank=True)
    summary = models.JSONField(default=dict, blank=True, help_text="In plain words, by language: nl, nl-x-simpel, en.")
    lesson = models.TextField(max_length=2000, blank=True, help_text="What we learned, at the end.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("area_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=["area", "number"], name="agenda_number_once"),
            models.UniqueConstraint(fields=["area"], condition=Q(stage=VersionStage.ADOPTED), name="one_agenda_counts"),
            models.UniqueConstraint(fields=["area"], condition=Q(stage=VersionStage.DRAFT), name="one_draft_of_an_agenda"),
            models.CheckConstraint(
                condition=Q(stage=VersionStage.DRAFT) | (Q(valid_from__isnull=False, adopted_at__isnull=False) & ~Q(adopted_by="")),
                name="adopted_agenda_says_by_whom_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"agenda {self.area_id}, version {self.number}"

    @property
    def plain_summary(self) -> str:
        """The summary in the language of who reads, else in Dutch."""
        return self.summary.get(get_language() or "nl") or self.summary.get("nl", "")


class Topic(models.Model):
    """One of the three or four things that a version is about, with how it was chosen on record."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveSmallIntegerField(help_text="Its place in the agenda.")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000, blank=True)
    challenge = models.ForeignKey(Challenge, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.CONVERSATION)
    method = models.CharField(max_length=20, choices=Method.choices, blank=True)
    votes = models.PositiveIntegerField(null=True, blank=True)
    votes_total = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True, help_text="How many people chose.")
    per_person = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many votes each had.")
    chosen_on = models.DateField(null=True, blank=True)
    wishes = models.ManyToManyField(Wish, through="TopicWish", related_name="topics")

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(fields=["version", "number"], name="topic_number_once", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
            models.CheckConstraint(
                condition=Q(votes__isnull=True) | Q(votes_total__isnull=True) | Q(votes__lte=F("votes_total")),
                name="topic_has_a_part_of_the_votes",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"topic:{self.pk}"


class TopicFollows(models.Model):
    """That a topic comes after one of the version before, and how."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="follows")
    before = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="followed_by")
    how = models.CharField(max_length=10, choices=Following.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "before"], name="topic_follows_once"),
            models.CheckConstraint(condition=~Q(topic=F("before")), name="topic_does_not_follow_itself"),
        )

    def __str__(self) -> str:
        return f"{self.topic_id} after {self.before_id}"


class TopicWish(models.Model):
    """A wish that a topic is about: the thread goes from the wish through here to the agreements."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="chosen_wishes")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="chosen_in")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["topic", "wish"], name="wish_once_in_a_topic"),)

    def __str__(self) -> str:
        return f"{self.wish_id} in {self.topic_id}"


class PollAnswer(models.Model):
    """What one resident noticed of a version: three questions, nothing about who it was. What may be of a program does not count."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.CASCADE, related_name="answers")
    better = models.PositiveSmallIntegerField(choices=Noticed.choices)
    kept = models.PositiveSmallIntegerField(choices=Noticed.choices)
    could_join = models.PositiveSmallIntegerField(choices=Noticed.choices)
    counts = models.BooleanField(default=True)
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the form: sent twice, it is one.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer about {self.version_id}"
