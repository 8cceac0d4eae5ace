"""Who receives people of the municipality for a few hours."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet
from buurtdraad.partners.models import Organisation
from buurtdraad.placements.states import Physical
from buurtdraad.places.models import Area


class Host(models.Model):
    """A place that offers shifts. What it can take is the limit; e-mail and phone are for staff and for who is expected there."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, help_text="Of the place: 'Buurtmaaltijd De Dreef'.")
    address = models.CharField(max_length=200)
    tasks = models.CharField(max_length=300, help_text="What there usually is to do.")
    house_rules = models.TextField(max_length=2000, blank=True)
    languages = models.CharField(max_length=120, blank=True, help_text="Besides Dutch: 'Turks, Arabisch'.")
    physical = ArrayField(models.CharField(max_length=10, choices=Physical.choices), default=list, blank=True)
    asks_for = models.CharField(max_length=200, blank=True, help_text="What one must bring or sign: a statement of good conduct.")
    most_seats = models.PositiveSmallIntegerField(default=2, help_text="Most people of the municipality at once.")
    others_first = models.BooleanField(default=False, help_text="Students and volunteers come first; what they leave is for staff.")
    contact_name = models.CharField(max_length=100, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=16, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(address="") & ~Q(tasks=""), name="host_says_where_and_what"),
            models.CheckConstraint(condition=Q(most_seats__gt=0), name="host_has_room"),
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="host_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        return f"host:{self.uuid}"

    @property
    def physical_in_words(self) -> list[str]:
        return [str(Physical(one).label) for one in self.physical]


class BlackOut(models.Model):
    """Days on which nobody can come."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="black_outs")
    from_on = models.DateField()
    until_on = models.DateField()
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("from_on", "id")
        constraints = (models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="black_out_ends_after_it_begins"),)

    def __str__(self) -> str:
        return f"{self.host_id}: {self.from_on} - {self.until_on}"
