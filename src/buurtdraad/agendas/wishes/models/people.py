"""Who gave a wish, and who wants it too."""

from django.db import models
from django.db.models import Q

from buurtdraad.agendas.wishes.models.wish import Wish
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Channel
from buurtdraad.messages.models import Contact


class Giver(models.Model):
    """Somebody who gave a wish, in their own words. Without a contact we do not know whom to tell: the board and the site tell it."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="givers")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=MOST_LETTERS, blank=True, help_text="What they said or wrote themselves; never on the site.")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    written_by = models.UUIDField(null=True, blank=True, help_text="Public id of who wrote it down for them.")
    given_at = models.DateTimeField()
    mark = models.CharField(
        max_length=100, unique=True, null=True, blank=True, help_text="Of the note that gave it: sent twice, it is one."
    )

    class Meta:
        ordering = ("given_at", "id")
        constraints = (models.UniqueConstraint(fields=["wish", "contact"], condition=Q(contact__isnull=False), name="giver_once"),)
        indexes = (models.Index(fields=["contact", "given_at"], name="given_by"),)

    def __str__(self) -> str:
        return f"giver of {self.wish_id}"


class VotesElsewhere(models.Model):
    """How many people voted for a wish on a platform where it stood before: a number and its source, never people."""

    wish = models.OneToOneField(Wish, on_delete=models.CASCADE, related_name="votes_elsewhere")
    source = models.CharField(max_length=60, help_text="The name of the platform, as people know it.")
    in_favour = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    counted_on = models.DateField(help_text="The day of the export.")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(source=""), name="votes_elsewhere_say_where"),)

    def __str__(self) -> str:
        return f"{self.in_favour} for {self.wish_id}"


class Supporter(models.Model):
    """Somebody who wants it too (`wants`), or only wants to hear what becomes of it."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="supporters")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: somebody who was erased."
    )
    wants = models.BooleanField(default=True)
    follows = models.BooleanField(default=True, help_text="Hears what becomes of it.")
    since = models.DateTimeField()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=["wish", "contact"], name="supporter_once"),
            models.CheckConstraint(condition=Q(wants=True) | Q(follows=True), name="supporter_does_something"),
        )

    def __str__(self) -> str:
        return f"supporter of {self.wish_id}"
