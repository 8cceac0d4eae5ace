"""Five questions a year to staff and partners. Who answered what is nowhere: a code is struck, and the answer stands alone."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtdraad.method.states import Group

# The same every year, so that years can be laid beside each other: the field of the answer, and what is asked.
QUESTIONS = (
    ("first", _("I know what residents here want.")),
    ("second", _("I may do otherwise when the neighbourhood needs it.")),
    ("third", _("We work together with others in the neighbourhood as one team.")),
    ("fourth", _("For residents it is simple to get something done with us.")),
    ("fifth", _("We learn from what went wrong, and do it better the next time.")),
)
ONE_TO_FIVE = Q(first__range=(1, 5), second__range=(1, 5), third__range=(1, 5), fourth__range=(1, 5), fifth__range=(1, 5))


class Pulse(models.Model):
    """The pulse of one year."""

    year = models.PositiveSmallIntegerField(unique=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the links were queued to be mailed.")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="pulse_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(reminded_at__isnull=True) | Q(asked_at__isnull=False), name="pulse_asks_before_it_reminds"),
        )

    def __str__(self) -> str:
        return f"pulse {self.year}"


class PulseCode(models.Model):
    """A link to answer once. It holds nobody's name or address; of its secret only a hash is kept. Used, it is deleted.

    Its id is random: in the order in which they were made, codes would follow the order of the mails.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="codes")
    group = models.CharField(max_length=10, choices=Group.choices)
    token_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"code of {self.pulse_id}"


class PulseAnswer(models.Model):
    """One answer: five times 1 (not at all) to 5 (fully). No moment, and a random id, so that no order tells who it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="answers")
    group = models.CharField(max_length=10, choices=Group.choices)
    first = models.PositiveSmallIntegerField()
    second = models.PositiveSmallIntegerField()
    third = models.PositiveSmallIntegerField()
    fourth = models.PositiveSmallIntegerField()
    fifth = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=ONE_TO_FIVE, name="pulse_answers_are_one_to_five"),)

    def __str__(self) -> str:
        return f"answer to {self.pulse_id}"
