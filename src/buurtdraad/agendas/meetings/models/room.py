"""Stickers in the room: who put them (a device, or a card with a number), on which wish, and those on paper."""

from django.db import models

from buurtdraad.agendas.meetings.models.meeting import Meeting
from buurtdraad.agendas.wishes.models import Wish


class Voter(models.Model):
    """One device in one room, or one card. Of nobody it is known who that was."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="voters")
    key = models.CharField(max_length=40, help_text="Random, from the cookie of the room; or `card:17`.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "key"], name="voter_once"),)

    def __str__(self) -> str:
        return f"voter of {self.meeting_id}"


class Sticker(models.Model):
    """One sticker of one voter on one wish."""

    voter = models.ForeignKey(Voter, on_delete=models.CASCADE, related_name="stickers")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["voter", "wish"], name="sticker_once"),)

    def __str__(self) -> str:
        return f"sticker on {self.wish_id}"


class PaperCount(models.Model):
    """The stickers on paper for one wish, as staff counted them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="paper")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="+")
    stickers = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "wish"], name="paper_counted_once"),)

    def __str__(self) -> str:
        return f"{self.stickers} on {self.wish_id}"
