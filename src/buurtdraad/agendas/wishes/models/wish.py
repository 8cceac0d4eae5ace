"""A wish, its number, and what an area chose for its wishes."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Stage as Reported
from buurtdraad.agendas.wishes.rules import MOST_LETTERS, PROMISED_DAYS, as_title
from buurtdraad.agendas.wishes.states import TOLD_WHY, TRACK, WITHOUT_POINT, Channel, Kind, Showing, Stage, Theme
from buurtdraad.places.models import Area

DUTCH = "dutch"


def both_or_neither(first: str, second: str) -> Q:
    """A constraint: two columns are empty together or filled together."""
    return Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | Q(**{f"{first}__isnull": False, f"{second}__isnull": False})


class Series(models.Model):
    """The numbers of the wishes of one area: a working area, or a district where there is none."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=10, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last}"


class AreaChoices(models.Model):
    """What an area chose for its wishes. A neighbourhood follows its working area, else its district, else what stands here."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    answer_within = models.PositiveSmallIntegerField(default=PROMISED_DAYS, help_text="Days in which everybody gets an answer.")
    read_first = models.BooleanField(default=True, help_text="Somebody reads a wish before it stands on the site.")
    comments = models.BooleanField(default=False, help_text="Everybody may react below a wish.")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(answer_within__range=(1, 365)), name="promise_is_within_a_year"),)

    def __str__(self) -> str:
        return f"choices of {self.area_id}"


class WishQuerySet(models.QuerySet["Wish"]):
    """Questions about many wishes."""

    def on_site(self) -> "WishQuerySet":
        """What everybody may see: shown, and not hidden after a report. One that was joined to another leads on to that one."""
        hidden = Report.objects.filter(thing__startswith="wish:", stage=Reported.HIDDEN)
        return self.filter(showing=Showing.SHOWN).exclude(reference__in=hidden.annotate(of=Substr("thing", 6)).values("of"))

    def heads(self) -> "WishQuerySet":
        """Without those that were joined to another."""
        return self.filter(head__isnull=True)

    def within(self, codes: frozenset[str] | set[str] | None) -> "WishQuerySet":
        """Those of these areas; all of them for None."""
        return self if codes is None else self.filter(area__code__in=codes)

    def unanswered(self) -> "WishQuerySet":
        return self.filter(answered_at__isnull=True)

    def saying(self, words: str) -> "WishQuerySet":
        """Those that hold these words in any form of Dutch; `-word` leaves out."""
        return self.filter(search=SearchQuery(words, config=DUTCH, search_type="websearch"))


class Wish(models.Model):
    """What somebody wants or misses in a place. `text` is what everybody reads; the own words stand with each giver."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, help_text="How people name it: ZO-42.")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WISH)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.OTHER)
    text = models.TextField(max_length=MOST_LETTERS)
    # Rounded to the street (`rules.to_the_street`).
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.WAITING)
    waits_for = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="Why somebody reads it first.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.TOLD)
    why = models.CharField(max_length=1000, blank=True, help_text="Why it stands so, in plain words.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When its givers were told why it is for later, or will not happen.")
    given_at = models.DateTimeField()
    answer_by = models.DateField(help_text="The last day on which the first answer is in time.")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When its givers got their first answer.")
    head = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined", help_text="The wish in which it lives on."
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The wish to which it was joined itself."
    )
    mark = models.CharField(
        max_length=100, unique=True, null=True, blank=True, help_text="Of the form or note that gave it: sent twice, it is one."
    )
    batch = models.UUIDField(null=True, blank=True, db_index=True, help_text="The import that it came with, so that this can be undone.")
    stems = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="What it says, to find wishes that are alike (`agendas.similar`).",
    )
    search = models.GeneratedField(expression=SearchVector("text", config=DUTCH), output_field=SearchVectorField(), db_persist=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="wish_says_something"),
            models.CheckConstraint(condition=both_or_neither("latitude", "longitude"), name="wish_point_is_whole"),
            models.CheckConstraint(condition=~Q(theme__in=sorted(WITHOUT_POINT)) | Q(latitude__isnull=True), name="nuisance_has_no_point"),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(TOLD_WHY)) | (~Q(why="") & Q(told_at__isnull=False)), name="wish_not_done_says_why_and_when"
            ),
            models.CheckConstraint(condition=~Q(head=F("id")) & ~Q(merged_into=F("id")), name="wish_is_not_joined_to_itself"),
            models.CheckConstraint(condition=both_or_neither("head", "merged_into"), name="joined_wish_has_a_head"),
        )
        indexes = (
            models.Index(fields=["area", "-given_at"], condition=Q(head__isnull=True), name="wish_of_area"),
            models.Index(fields=["-given_at"], condition=Q(head__isnull=True, showing=Showing.SHOWN), name="wish_newest"),
            # Of open data, in which also those stand that were joined to another.
            models.Index(fields=["-given_at", "-id"], condition=Q(showing=Showing.SHOWN), name="wish_on_site"),
            # These two hold all that a count or a choice among the wishes of an area asks, so that it reads no texts.
            models.Index(
                fields=["area", "stage"],
                include=["showing", "reference", "given_at", "id"],
                condition=Q(head__isnull=True),
                name="wish_by_step",
            ),
            models.Index(fields=["area"], include=["given_at", "answered_at", "answer_by", "head"], name="wish_counted"),
            models.Index(fields=["answer_by"], condition=Q(answered_at__isnull=True), name="wish_unanswered"),
            models.Index(fields=["given_at"], condition=Q(showing=Showing.WAITING), name="wish_to_read"),
            GinIndex(fields=["search"], name="wish_search"),
            GinIndex(fields=["stems"], condition=Q(head__isnull=True), name="wish_stems"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        return as_title(self.text)

    @property
    def step(self) -> int:
        """Which of the five steps it has reached, from 1; 0 when it left the track."""
        return TRACK.index(Stage(self.stage)) + 1 if self.stage in TRACK else 0
