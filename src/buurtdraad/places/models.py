"""Areas, and how each stood in a year. Everything in the product that has a place hangs on `Area`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Kind(models.TextChoices):
    COUNTRY = "country", "land"
    MUNICIPALITY = "municipality", "gemeente"
    DISTRICT = "district", "wijk"
    NEIGHBOURHOOD = "neighbourhood", "buurt"
    WORKING_AREA = "working_area", "werkgebied"


class Area(models.Model):
    """The identity that everything keys to: a code of CBS (`BU03440111`) or the slug of a working area."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    def __str__(self) -> str:
        return self.code


class AreaYearQuerySet(models.QuerySet["AreaYear"]):
    """Questions about areas in a year. A boundary is large (10 to 500 kB for a municipality) and no page needs one."""

    def for_pages(self) -> "AreaYearQuerySet":
        """With the areas that a page names, without the boundary."""
        return self.select_related("area", "parent", "municipality").defer("boundary")


class AreaYear(models.Model):
    """How an area stood in a year: its name, what it lay in, where it ran."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="+", help_text="Neighbourhood: its district; district: its municipality."
    )
    municipality = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="+", help_text="The municipality it lies in; of a municipality itself."
    )
    boundary = models.BinaryField(null=True, help_text="WKB of a (multi)polygon, WGS84, longitude first.")
    outline = models.TextField(
        blank=True, help_text="Simplified boundary as an SVG path in the map frame (`places.geometry`); shared borders stay shared."
    )
    frame = ArrayField(
        models.IntegerField(), size=4, null=True, help_text="Bounds of the outline in the map frame: min x, min y, max x, max y."
    )
    latitude = models.FloatField(null=True, help_text="Of a point inside.")
    longitude = models.FloatField(null=True)
    area_ha = models.DecimalField(max_digits=10, decimal_places=1, null=True, help_text="Land area in hectares.")
    schematic = models.BooleanField(default=False, help_text="The boundary is drawn from points, not official; the map says so.")
    source = models.CharField(max_length=200, blank=True)
    loaded_at = models.DateTimeField(db_index=True)

    objects = AreaYearQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "year"], name="area_once_a_year"),
            models.CheckConstraint(condition=models.Q(year__range=(1990, 2100)), name="area_year_is_a_year"),
        )
        indexes = (models.Index(fields=["municipality", "year"]), models.Index(fields=["parent", "year"]))

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

    @property
    def code(self) -> str:
        """The code of its area, which every query for pages brings along."""
        return self.area.code


class Change(models.TextChoices):
    RENAMED = "renamed", "andere naam"
    RECODED = "recoded", "andere code"
    BORDER_MOVED = "border_moved", "grens verlegd"
    SPLIT = "split", "gesplitst"
    JOINED = "joined", "samengevoegd"


class AreaChange(models.Model):
    """What became of an area: which one follows it, from which year, and for which share of its land."""

    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="The first year of the new situation.")
    kind = models.CharField(max_length=20, choices=Change.choices)
    share = models.DecimalField(max_digits=5, decimal_places=4, help_text="Part of the old land that went to the new area, 0 to 1.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["from_area", "to_area", "year"], name="change_once"),
            models.CheckConstraint(condition=models.Q(share__gt=0) & models.Q(share__lte=1), name="change_share_is_a_part"),
        )

    def __str__(self) -> str:
        return f"{self.from_area_id} -> {self.to_area_id} ({self.year})"


class Membership(models.Model):
    """A neighbourhood that belongs to a working area: any set of neighbourhoods will do."""

    working_area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="members")
    neighbourhood = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="working_areas")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["working_area", "neighbourhood"], name="member_once"),)

    def __str__(self) -> str:
        return f"{self.working_area_id}: {self.neighbourhood_id}"
