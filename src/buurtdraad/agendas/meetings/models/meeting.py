"""A meeting: what, when, where, and for whom it is made easy to come."""

import datetime
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.meetings.rules import MOST_CARDS, MOST_STICKERS
from buurtdraad.agendas.meetings.states import PUBLIC, Kind, Offer, Stage
from buurtdraad.agendas.wishes.models.wish import both_or_neither
from buurtdraad.places.models import Area
from buurtdraad.places.queries import last_name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about many meetings."""

    def on_site(self) -> "MeetingQuerySet":
        return self.filter(stage__in=PUBLIC)

    def within(self, codes: frozenset[str] | set[str] | None) -> "MeetingQuerySet":
        """Those of these areas; all of them for None."""
        return self if codes is None else self.filter(area__code__in=codes)

    def to_come(self, at: datetime.datetime) -> "MeetingQuerySet":
        """The first one first. One that is going on is still to come."""
        return self.filter(ends_at__gte=at).order_by("starts_at", "pk")

    def past(self, at: datetime.datetime) -> "MeetingQuerySet":
        return self.filter(ends_at__lt=at).order_by("-starts_at", "-pk")

    def with_place(self) -> "MeetingQuerySet":
        """With the area, and its name as `area_name`."""
        return self.select_related("area").annotate(area_name=last_name("area"))


class Meeting(models.Model):
    """One meeting. Its id is short and public; `sequence` counts the times that it was moved, for calendars."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EVENING)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=3000, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, help_text="Name of the place: 'De Uithoek, grote zaal'.")
    address = models.CharField(max_length=300, blank=True, help_text="Street and number, and how to find it.")
    # Where it is held, which everybody may know: not rounded.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    offers = ArrayField(models.CharField(max_length=12, choices=Offer.choices), default=list, blank=True)
    languages = models.CharField(max_length=120, blank=True, help_text="Besides Dutch: 'Turks, Arabisch'.")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="People; empty for as many as come.")
    sign_up_until = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    why = models.CharField(max_length=500, blank=True, help_text="Why it will not happen.")
    sequence = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=8, unique=True, help_text="Of the room: who sits there types it.")
    stickers = models.PositiveSmallIntegerField(default=3, help_text="For each person in the room.")
    cards = models.PositiveSmallIntegerField(default=0, help_text="Cards with a number, for people without a phone.")
    voting = models.BooleanField(default=False, help_text="Whether stickers can be put now.")
    paper_people = models.PositiveSmallIntegerField(default=0, help_text="People who put stickers on paper.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    mark = models.CharField(
        max_length=100, unique=True, null=True, blank=True, help_text="Of the row of a table that it came with: taken in twice, it is one."
    )
    batch = models.UUIDField(null=True, blank=True, db_index=True, help_text="The table that it came with, so that this can be undone.")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_a_title"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="meeting_has_room"),
            models.CheckConstraint(condition=Q(stickers__range=(1, MOST_STICKERS)), name="meeting_has_some_stickers"),
            models.CheckConstraint(condition=Q(cards__lte=MOST_CARDS), name="meeting_has_not_too_many_cards"),
            models.CheckConstraint(condition=both_or_neither("latitude", "longitude"), name="meeting_point_is_whole"),
            models.CheckConstraint(condition=~Q(stage=Stage.CANCELLED) | ~Q(why=""), name="cancelled_meeting_says_why"),
        )
        indexes = (
            models.Index(fields=["area", "starts_at"], name="meeting_of_area"),
            models.Index(fields=["ends_at"], name="meeting_by_end"),
        )

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def thing(self) -> str:
        return f"meeting:{self.pk}"

    @property
    def is_on_site(self) -> bool:
        return self.stage in PUBLIC

    def takes_sign_ups(self, at: datetime.datetime) -> bool:
        """Whether somebody can still say that they come, in so far as time and stage go."""
        return self.stage == Stage.ANNOUNCED and at < self.ends_at and (self.sign_up_until is None or at < self.sign_up_until)

    @property
    def offers_in_words(self) -> list[str]:
        return [str(Offer(offer).label) for offer in self.offers]
