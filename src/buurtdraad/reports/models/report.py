"""A report to the council: sections of sentences, and figures that point at what they count by the name of a query, never by a key.

Until publication everything is live. Publication freezes it: `frozen` holds every word, number, definition and list behind a number,
`digest` is the hash of exactly that text, and nothing that changes or goes away later can touch it. It is frozen when it is approved, so
that what is published is what was approved; a trigger refuses every change from publication on (`0003_published_stays`).
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from buurtdraad.reports.states import Part, ReportStage, SectionKind


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about many reports."""

    def light(self) -> Self:
        """Without the lists and the frozen text, which may be megabytes."""
        return self.defer("lists", "frozen")

    def published(self) -> Self:
        return self.filter(stage=ReportStage.PUBLISHED)


class Report(models.Model):
    """One report, about a half year, with the geography of one year."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True, help_text="Such as 2026-2.")
    title = models.CharField(max_length=150)
    from_on = models.DateField()
    until_on = models.DateField(help_text="The last day.")
    geography = models.PositiveSmallIntegerField(help_text="The year whose areas it speaks of.")
    stage = models.CharField(max_length=10, choices=ReportStage.choices, default=ReportStage.DRAFT)
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The report before it.")
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    counted_at = models.DateTimeField(help_text="When its numbers were last counted.")
    lists = models.JSONField(default=dict, help_text="The rows behind its numbers as last counted, by list; no personal data.")
    reviewed_by = models.UUIDField(null=True, blank=True, help_text="The second pair of eyes; never who made it.")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True, help_text="The alderman.")
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    frozen = models.TextField(blank=True, help_text="Canonical JSON of everything; empty until it is approved.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of `frozen`.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-until_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="report_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(stage=ReportStage.PUBLISHED) | (Q(published_at__isnull=False) & ~Q(frozen="") & ~Q(digest="")),
                name="report_published_is_frozen",
            ),
            models.CheckConstraint(condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("made_by")), name="report_read_by_another"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"report:{self.uuid}"


class Section(models.Model):
    """A part of a report. `subject` is the code of its ambition or area."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SectionKind.choices)
    subject = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=150)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=["report", "kind", "subject"], name="section_once"),)

    def __str__(self) -> str:
        return self.title


class Figure(models.Model):
    """A number of a report: which definition with which parameters counts it, its value as last counted, and which rows are behind it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    mark = models.CharField(max_length=120, help_text="How sentences name it: `wensen-op-tijd-zuilen-oost`.")
    query = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, help_text="As last counted; empty: not known.")
    rows = models.JSONField(default=list, help_text="Which rows of its list are behind it.")
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["report", "mark"], name="figure_mark_once"),)

    def __str__(self) -> str:
        return f"{self.mark} {self.query}"


class Sentence(models.Model):
    """One sentence, with figures as `{mark}`. `seen` holds their values when it was last edited: one that changed since is marked."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="sentences")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=150, blank=True, help_text="By which drafting again finds it; empty: a person added it.")
    part = models.CharField(max_length=10, choices=Part.choices, blank=True)
    text = models.TextField(max_length=2000)
    drafted = models.TextField(blank=True, help_text="As the machine wrote it; empty: written by a person.")
    seen = models.JSONField(default=dict)
    left_out = models.BooleanField(default=False)
    edited_by = models.UUIDField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (models.UniqueConstraint(fields=["section", "key"], condition=~Q(key=""), name="sentence_drafted_once"),)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def edited(self) -> bool:
        """Whether a person wrote it otherwise than the machine."""
        return self.text != self.drafted


class Remark(models.Model):
    """What somebody who reads along says about a sentence or a section."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="remarks")
    sentence = models.ForeignKey(Sentence, on_delete=models.SET_NULL, null=True, blank=True, related_name="remarks")
    text = models.TextField(max_length=2000)
    by = models.UUIDField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:60]


class Erratum(models.Model):
    """A visible correction of a published report. The frozen text stays as it is."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="errata")
    text = models.TextField(max_length=2000)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:60]
