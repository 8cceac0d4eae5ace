"""A project sheet: four fields that are always there, and what else was asked of it."""

import datetime
import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Challenge
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area
from buurtdraad.works.models.registers import Register
from buurtdraad.works.states import NEEDS_REASON, OPEN, Measures, MoneySource, PartnerRole, Stage, Trend, WorkKind


def euros(**options) -> models.DecimalField:
    """A column of euros."""
    return models.DecimalField(max_digits=12, decimal_places=2, **options)


class WorkQuerySet(models.QuerySet["Work"]):
    """Questions about many works."""

    def public(self) -> Self:
        """What everybody may see."""
        return self.filter(public=True)

    def open(self) -> Self:
        """Not done and not stopped."""
        return self.filter(stage__in=sorted(OPEN))

    def unconfirmed(self, before: datetime.datetime) -> Self:
        """Open projects that nobody confirmed since a moment, a new one counted from when it was made; each with that moment as `since`."""
        return self.open().projects().annotate(since=Coalesce("confirmed_at", "made_at")).filter(since__lt=before)

    def projects(self) -> Self:
        """Without upkeep, which comes in bulk."""
        return self.filter(kind=WorkKind.PROJECT)


class Work(models.Model):
    """Something the municipality does somewhere.

    Wat: `title`; Waar: its areas or `shape`; Wie: `department` and `owner_email`; Tot wanneer: `until_on`.

    A row of a register is known by its `external` number, so that the file of next year finds it again.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=150)
    kind = models.CharField(max_length=12, choices=WorkKind.choices, default=WorkKind.PROJECT)
    department = models.CharField(max_length=120, help_text="Everybody sees it.")
    owner_name = models.CharField(max_length=120, blank=True, help_text="For staff alone.")
    owner_email = models.EmailField(blank=True, help_text="For staff alone; empty: nobody.")
    from_on = models.DateField(null=True, blank=True, help_text="Empty: not known yet.")
    until_on = models.DateField(help_text="The last day.")
    areas = models.ManyToManyField(Area, through="WorkArea", related_name="+")
    shape = models.BinaryField(null=True, help_text="WKB of what was drawn or loaded, WGS84, longitude first.")
    where = models.CharField(max_length=200, blank=True, help_text="Street or place in words.")
    public = models.BooleanField(default=True, help_text="Everybody may see what, where, which department and until when.")

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.TextField(blank=True, max_length=2000)
    goal = models.TextField(blank=True, max_length=2000)
    target_group = models.CharField(max_length=200, blank=True)
    residents_part = models.TextField(blank=True, max_length=2000, help_text="What residents do in it.")

    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    why = models.CharField(max_length=500, blank=True, help_text="Why it stands still or stops, or what goes well or badly.")
    trend = models.CharField(max_length=10, choices=Trend.choices, blank=True)
    started_on = models.DateField(null=True, blank=True, help_text="The first day of doing.")
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True, max_length=2000, help_text="What came of it.")
    lesson = models.TextField(blank=True, max_length=2000)
    decision = models.CharField(max_length=300, blank=True, help_text="What needs a decision.")
    decision_by = models.DateField(null=True, blank=True)

    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When its owner last said that it is right.")
    confirmed_by = models.CharField(max_length=150, blank=True, help_text="Name of who said so; for staff alone.")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, null=True, blank=True, related_name="works")
    external = models.CharField(max_length=80, blank=True, help_text="Its number in the register.")
    made_by = models.UUIDField(null=True, blank=True, help_text="Public id of who made it, who keeps it until its owner confirms.")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ("until_on", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(department=""), name="work_has_title_and_department"),
            models.CheckConstraint(condition=Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")), name="work_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(stage__in=sorted(NEEDS_REASON)) | ~Q(why=""), name="work_that_stops_says_why"),
            models.CheckConstraint(condition=~Q(stage=Stage.DONE) | Q(done_on__isnull=False), name="work_done_has_a_day"),
            models.CheckConstraint(condition=Q(decision="") | Q(decision_by__isnull=False), name="work_decision_has_a_day"),
            models.UniqueConstraint(fields=["register", "external"], condition=~Q(external=""), name="work_once_in_a_register"),
        )
        indexes = (
            models.Index(fields=["stage", "until_on"], name="work_open"),
            models.Index(fields=["owner_email"], name="work_of_owner"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"work:{self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN


class WorkArea(models.Model):
    """An area in which a work lies: said by its owner, or found from its shape."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="work_areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("area__kind", "area__code")
        constraints = (models.UniqueConstraint(fields=["work", "area"], name="work_area_once"),)

    def __str__(self) -> str:
        return f"{self.work_id} in {self.area_id}"


class WorkPartner(models.Model):
    """An organisation that has a part in a work."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=PartnerRole.choices)

    class Meta:
        ordering = ("organisation__name", "role")
        constraints = (models.UniqueConstraint(fields=["work", "organisation", "role"], name="work_partner_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class Milestone(models.Model):
    """A step on the way, which may wait for another of the same work. A circle is refused by `rules.in_order`."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    after = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="For which one it waits."
    )

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(what=""), name="milestone_has_words"),
            models.CheckConstraint(condition=~Q(after=F("pk")), name="milestone_waits_not_for_itself"),
        )

    def __str__(self) -> str:
        return self.what


class WorkMoney(models.Model):
    """Euros of one source in one year. Spent money was committed, committed money need not have been planned."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="money")
    source = models.CharField(max_length=12, choices=MoneySource.choices)
    year = models.PositiveSmallIntegerField()
    planned = euros(default=0)
    committed = euros(default=0)
    spent = euros(default=0)

    class Meta:
        ordering = ("year", "source")
        constraints = (
            models.UniqueConstraint(fields=["work", "source", "year"], name="work_money_once"),
            models.CheckConstraint(condition=Q(planned__gte=0, committed__gte=0, spent__gte=0), name="work_money_not_negative"),
            models.CheckConstraint(condition=Q(spent__lte=F("committed")), name="work_money_spent_was_committed"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="work_money_year_is_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.year}"


class WorkIndicator(models.Model):
    """Something that is counted to see whether the work helps; never that the work caused it."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=150)
    counts = models.CharField(max_length=10, choices=Measures.choices)
    source = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=60, blank=True)
    now = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=["work", "name"], name="work_indicator_once"),)

    def __str__(self) -> str:
        return self.name


class WorkAnswers(models.Model):
    """What a work answers: one wish, topic or agreement. This is the thread back to the neighbourhood."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="answers")
    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(wish__isnull=False, topic__isnull=True, agreement__isnull=True)
                | Q(wish__isnull=True, topic__isnull=False, agreement__isnull=True)
                | Q(wish__isnull=True, topic__isnull=True, agreement__isnull=False),
                name="work_answers_one_thing",
            ),
            models.UniqueConstraint(fields=["work", "wish"], condition=Q(wish__isnull=False), name="work_answers_wish_once"),
            models.UniqueConstraint(fields=["work", "topic"], condition=Q(topic__isnull=False), name="work_answers_topic_once"),
            models.UniqueConstraint(fields=["work", "agreement"], condition=Q(agreement__isnull=False), name="work_answers_agreement_once"),
        )

    def __str__(self) -> str:
        return f"{self.work_id} answers"


class WorkAsked(models.Model):
    """That an owner was mailed their sheets of a month, once."""

    email = models.EmailField()
    month = models.DateField(help_text="Its first day.")
    at = models.DateTimeField()
    works = ArrayField(models.UUIDField(), default=list, help_text="Public ids of the sheets that they were asked about.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["email", "month"], name="work_asked_once_a_month"),)

    def __str__(self) -> str:
        return f"{self.month}"
