"""Figures per place and year: what is measured, what it was, and where it came from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from buurtdraad.places.models import Area

SLUG_LENGTH = 60


class Theme(models.TextChoices):
    PEOPLE = "people", "mensen"
    HOMES = "homes", "wonen"
    WORK = "work", "werk en geld"
    NEARBY = "nearby", "dichtbij"
    SPACE = "space", "ruimte"
    ORIGIN = "origin", "herkomst"
    OTHER = "other", "anders"


class Kind(models.TextChoices):
    COUNT = "count", "aantal"
    SHARE = "share", "deel van de honderd"
    AMOUNT = "amount", "bedrag of maat"
    AVERAGE = "average", "gemiddelde"
    DISTANCE = "distance", "afstand"
    SCORE = "score", "score"


class Good(models.TextChoices):
    UP = "up", "meer is beter"
    DOWN = "down", "minder is beter"
    NONE = "none", "geen van beide"


class Missing(models.TextChoices):
    SECRET = "secret", "geheim of onbekend"
    NOT_YET = "not_yet", "nog niet bekend"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"


class Indicator(models.Model):
    """One thing that is measured. The built-in ones come from `catalogue.py`; a city adds its own by a mapping file."""

    code = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    theme = models.CharField(max_length=20, choices=Theme.choices, default=Theme.OTHER)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120, help_text="In Dutch.")
    texts = models.JSONField(default=dict, blank=True, help_text="Name in other languages: {'en': ..., 'nl-x-simpel': ...}.")
    unit = models.CharField(max_length=40, blank=True, help_text="In Dutch, after the number: `km`, `euro`, `%`.")
    decimals = models.PositiveSmallIntegerField(default=0)
    rounded_to = models.PositiveSmallIntegerField(default=0, help_text="The source rounds to 5 or 10 at random; 0: it does not round.")
    good = models.CharField(max_length=10, choices=Good.choices, default=Good.NONE)
    compared = models.BooleanField(default=True, help_text="No where a comparison between years or places says nothing.")
    base = models.CharField(
        max_length=SLUG_LENGTH, blank=True, help_text="Code of the count it is based on; with too few of those it is not shown."
    )
    base_least = models.PositiveIntegerField(default=0, help_text="Least number of the base at which it is shown.")
    source = models.CharField(max_length=120, default="CBS")
    source_url = models.URLField(blank=True)
    licence = models.CharField(max_length=60, default="CC BY 4.0")
    shown = models.BooleanField(default=True, help_text="Origin and benefits are hidden until the municipality shows them.")
    headline = models.BooleanField(default=False, help_text="One of the figures shown first.")
    position = models.PositiveSmallIntegerField(default=1000)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the language of now; Dutch where there is none."""
        return self.texts.get(get_language() or "nl") or self.name


class Break(models.Model):
    """From this year on it is measured in another way: years before and after are not compared."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breaks")
    year = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=["indicator", "year"], name="one_break_a_year"),)

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.year}"


class Import(models.Model):
    """One load that brought something new: where its measurements came from."""

    source = models.CharField(max_length=120, help_text="Who made the figures, for example `CBS`.")
    table = models.CharField(max_length=60, blank=True, help_text="Its number at the source, for example `84799NED`.")
    file = models.CharField(max_length=200, blank=True, help_text="Name of the file, without folders.")
    source_url = models.URLField(blank=True)
    modified = models.CharField(max_length=40, blank=True, help_text="When the source says that it changed, as it writes it.")
    licence = models.CharField(max_length=60, blank=True)
    loaded_at = models.DateTimeField()
    rows = models.PositiveIntegerField(help_text="Measurements that were new or changed.")
    years = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta:
        ordering = ("-loaded_at", "-id")

    def __str__(self) -> str:
        return " ".join(part for part in (self.source, self.table or self.file) if part)


class Measurement(models.Model):
    """What an indicator was in an area in a year, or why we do not have it. Zero is a value.

    The key is the three facts themselves. A whole country and a dozen years are tens of millions of rows,
    so there are just two indexes: by area (the key) and by indicator and year.
    """

    pk = models.CompositePrimaryKey("area_id", "indicator_id", "year")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements", db_index=False)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    missing = models.CharField(max_length=20, choices=Missing.choices, blank=True)
    origin = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="measurements", db_index=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, missing="") | models.Q(value__isnull=True, missing__in=Missing.values),
                name="value_or_why_missing",
            ),
            # PostgreSQL's "not a number" is larger than every number.
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gt=-(10**11), value__lt=10**11), name="value_is_a_number"
            ),
            models.CheckConstraint(condition=models.Q(year__range=(1900, 2100)), name="measured_in_a_year"),
        )
        indexes = (models.Index(fields=["indicator", "year", "area"], name="measurement_by_indicator"),)

    def __str__(self) -> str:
        return f"{self.area_id}/{self.indicator_id}/{self.year}: {self.value if self.value is not None else self.missing}"
