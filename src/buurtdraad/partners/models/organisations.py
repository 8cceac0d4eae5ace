"""Organisations that the city works with, and who speaks for them. People change, the organisation stays."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet
from buurtdraad.places.models import Area


class Kind(models.TextChoices):
    DEPARTMENT = "department", gettext_lazy("department of the municipality")
    HOUSING = "housing", gettext_lazy("housing association")
    WELFARE = "welfare", gettext_lazy("welfare")
    CARE = "care", gettext_lazy("care")
    SCHOOL = "school", gettext_lazy("school")
    POLICE = "police", gettext_lazy("police")
    BUSINESS = "business", gettext_lazy("business")
    RESIDENTS = "residents", gettext_lazy("residents' group")
    OTHER = "other", gettext_lazy("another kind")


class OrganisationQuerySet(DatedQuerySet):
    """Questions about many organisations."""

    def wholes(self) -> "OrganisationQuerySet":
        """Those that are not a double of another: what lists show, and what can be chosen."""
        return self.filter(joined_to__isnull=True)


class Organisation(models.Model):
    """A party in the neighbourhood. One that is over stays, for the agreements that it made."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    website = models.URLField(max_length=200, blank=True)
    areas = models.ManyToManyField(Area, through="WorksIn", related_name="+")
    challenges = models.ManyToManyField(Challenge, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")
    # Nothing moves when two turn out to be one: all that points here keeps doing so, and taking this away undoes it.
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = (Lower("name"), "id")
        constraints = (
            models.UniqueConstraint(Lower("name"), name="organisation_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(condition=~Q(joined_to=F("pk")), name="organisation_is_not_joined_to_itself"),
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="organisation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__startswith="https://") | Q(website__startswith="http://"),
                name="organisation_website_is_one",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def whole(self) -> "Organisation":
        """The one that it is joined to, or itself: what pages name."""
        return self.joined_to or self


class WorksIn(models.Model):
    """An area in which an organisation works."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="works_in")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("area__kind", "area__code")
        constraints = (models.UniqueConstraint(fields=["organisation", "area"], name="works_in_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.area_id}"


class Representative(models.Model):
    """Who speaks for an organisation, for a time; without areas: wherever it works. E-mail and phone are for staff alone.

    Of who left or was erased the row stays, empty: that somebody spoke for it belongs to the agreements.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representatives")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Their account, by a confirmed address."
    )
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    areas = models.ManyToManyField(Area, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("-from_on", "name", "id")
        constraints = (
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="representative_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(name="") | Q(email="", phone="", person__isnull=True), name="representative_without_name_is_empty"
            ),
        )

    def __str__(self) -> str:
        return self.name or _("somebody whose name we no longer keep")
