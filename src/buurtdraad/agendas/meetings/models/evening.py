"""What a meeting brought: the wishes of that evening, the numbers, the minutes, and what was told back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from buurtdraad.agendas.meetings.models.meeting import Meeting
from buurtdraad.agendas.meetings.states import Age, Band
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.uploads.models import PictureUpload


class MeetingWish(models.Model):
    """That this wish was given at, or talked about in, this meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="wishes")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "wish"], name="wish_of_a_meeting_once"),)

    def __str__(self) -> str:
        return f"{self.wish_id} in {self.meeting_id}"


class Outcome(models.Model):
    """How the evening was rounded off. No names of residents: everybody reads it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="outcome")
    band = models.CharField(max_length=10, choices=Band.choices)
    ages = ArrayField(models.CharField(max_length=10, choices=Age.choices), default=list, blank=True)
    missing = models.CharField(max_length=500, blank=True, help_text="Who was missing, in plain words: 'young people'.")
    minutes = models.TextField(max_length=5000, blank=True)
    told_back = models.TextField(max_length=2000, blank=True, help_text="What everybody who came was told afterwards.")
    told_back_at = models.DateTimeField(null=True, blank=True)
    by = models.UUIDField(help_text="Public id of who rounded it off.")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(told_back="") & Q(told_back_at__isnull=True)) | (~Q(told_back="") & Q(told_back_at__isnull=False)),
                name="told_back_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"outcome of {self.meeting_id}"

    @property
    def ages_in_words(self) -> list[str]:
        return [str(Age(age).label) for age in self.ages]


class FlipPicture(PictureUpload):
    """A photo of a flip-over of that evening; for staff, since people write names on it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pictures")

    class Meta(PictureUpload.Meta):
        abstract = False
