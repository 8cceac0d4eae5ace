"""A scheme (subsidieregeling) and its rules, which are rows with dates. An application keeps the version under which it was submitted."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.states import Accounting, Activity, ClockStart, CostKind, DocumentKind
from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet
from buurtdraad.money.models.pots import euros


class Scheme(models.Model):
    """One fund. `ours`: of this municipality, so that people can ask money of it; another is there to compare."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    municipality = models.CharField(max_length=80)
    ours = models.BooleanField(default=False)
    about = models.TextField(max_length=2000, blank=True)
    objection_address = models.CharField(max_length=300, blank=True, help_text="Where an objection goes, for the letter (Awb 3:45).")

    class Meta:
        ordering = ("-ours", "name")

    def __str__(self) -> str:
        return self.name


class SchemeRules(models.Model):
    """The rules of a scheme from a day on. What an applicant reads, what the check answers and what the clock counts come from here."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, help_text="Where these rules stand, in words.")
    source_url = models.URLField(max_length=400, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="What we assume because no source says it.")
    most = euros(help_text="Most euros of one application.")
    least = euros(default=0)
    most_a_year = euros(null=True, blank=True, help_text="Most euros of one initiative in a calendar year.")
    clock_start = models.CharField(max_length=10, choices=ClockStart.choices, default=ClockStart.RECEIPT)
    weeks = models.PositiveSmallIntegerField(default=8, help_text="To decide. Without a local term: 8 (Awb 4:13).")
    extension_weeks = models.PositiveSmallIntegerField(default=0, help_text="Once, when needed (Awb 4:14). 0: no extension.")
    answer_days = models.PositiveSmallIntegerField(default=14, help_text="To complete an application after we asked (Awb 4:5).")
    rolls = models.BooleanField(default=True, help_text="A last day on a weekend or holiday moves on (Algemene termijnenwet).")
    rounds_above = euros(null=True, blank=True, help_text="Above this amount only in rounds.")
    all_in_rounds = models.BooleanField(default=False)
    small_up_to = euros(null=True, blank=True, help_text="Klein plan: up to this amount one screen, an answer in the same week.")
    small_on = models.BooleanField(default=False, help_text="Whether the small plan is a rule already, or only a proposal.")
    weeks_ahead = models.PositiveSmallIntegerField(default=0, help_text="How many weeks before its start one has to ask.")
    from_age = models.PositiveSmallIntegerField(default=18)
    years_warn = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In which year in a row we warn.")
    years_most = models.PositiveSmallIntegerField(null=True, blank=True, help_text="After so many years in a row only with a reason.")
    own_share = models.BooleanField(default=False, help_text="Whether one has to put something in oneself.")
    support_above = euros(null=True, blank=True, help_text="From this amount on people show what the neighbours think.")
    supporters = models.PositiveSmallIntegerField(default=0, help_text="How many people must be in favour, where the scheme says so.")
    four_eyes_above = euros(default=0, help_text="Above this amount a second person decides with the first.")
    unforeseen_percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Most of the costs that may be unforeseen.")
    decides = models.CharField(max_length=120, help_text="Who decides, in words: 'the wijkraad', 'een ambtenaar namens het college'.")
    made_at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "-from_on")
        verbose_name_plural = "scheme rules"
        constraints = (
            models.UniqueConstraint(fields=["scheme", "from_on"], name="rules_once_from_a_day"),
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="rules_end_after_they_begin"),
            models.CheckConstraint(condition=Q(most__gt=0) & Q(least__gte=0) & Q(least__lte=F("most")), name="rules_amounts"),
            models.CheckConstraint(condition=Q(weeks__gte=1), name="rules_have_a_term"),
            models.CheckConstraint(condition=Q(small_on=False) | Q(small_up_to__isnull=False), name="small_plan_has_an_amount"),
        )

    def __str__(self) -> str:
        return f"{self.scheme_id} from {self.from_on}"

    def rows(self, name: str) -> list:
        """Its `bands`, `caps`, `not_paid` or `mandates`: read when somebody first needs them, and once for this object."""
        models.prefetch_related_objects([self], name)
        return list(getattr(self, name).all())


class Band(models.Model):
    """What goes with an amount up to `up_to`: how it is accounted for, paid, and which documents are asked."""

    rules = models.ForeignKey(SchemeRules, on_delete=models.CASCADE, related_name="bands")
    up_to = euros()
    accounting = models.CharField(max_length=10, choices=Accounting.choices)
    report_weeks = models.PositiveSmallIntegerField(default=13, help_text="After the last day, to show what was done.")
    advance_percent = models.PositiveSmallIntegerField(default=100, help_text="Of the grant, paid at once.")
    documents = ArrayField(models.CharField(max_length=15, choices=DocumentKind.choices), default=list, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("up_to",)
        constraints = (
            models.UniqueConstraint(fields=["rules", "up_to"], name="band_once"),
            models.CheckConstraint(condition=Q(advance_percent__lte=100), name="band_advance"),
        )

    def __str__(self) -> str:
        return f"up to {self.up_to}"


class PriceCap(models.Model):
    """The most that the fund pays for a kind of activity, in all or for each visitor."""

    rules = models.ForeignKey(SchemeRules, on_delete=models.CASCADE, related_name="caps")
    activity = models.CharField(max_length=20, choices=Activity.choices)
    most = euros()
    a_person = models.BooleanField(default=False)

    class Meta:
        ordering = ("activity",)
        constraints = (
            models.UniqueConstraint(fields=["rules", "activity"], name="cap_once"),
            models.CheckConstraint(condition=Q(most__gt=0), name="cap_positive"),
        )

    def __str__(self) -> str:
        return f"{self.activity} at most {self.most}"


class NotPaid(models.Model):
    """A kind of costs that the fund does not pay, with the reason."""

    rules = models.ForeignKey(SchemeRules, on_delete=models.CASCADE, related_name="not_paid")
    kind = models.CharField(max_length=15, choices=CostKind.choices)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=["rules", "kind"], name="not_paid_once"),)

    def __str__(self) -> str:
        return self.kind


class Mandate(models.Model):
    """Up to which amount who has a duty may decide for the executive."""

    rules = models.ForeignKey(SchemeRules, on_delete=models.CASCADE, related_name="mandates")
    duty = models.CharField(max_length=30, choices=Duty.choices)
    up_to = euros()
    small_only = models.BooleanField(default=False, help_text="Only of small plans.")

    class Meta:
        ordering = ("up_to",)
        constraints = (models.UniqueConstraint(fields=["rules", "duty"], name="mandate_once"),)

    def __str__(self) -> str:
        return f"{self.duty} up to {self.up_to}"


class WrongDoor(models.Model):
    """What belongs at another desk: told at once, with the address, instead of refused later."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="wrong_doors")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=120, help_text="As people say it: 'een fietsenrek of fietstrommel'.")
    goes_to = models.CharField(max_length=200, help_text="Which desk takes it up.")
    url = models.URLField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("label",)
        constraints = (models.UniqueConstraint(fields=["scheme", "key"], name="wrong_door_once"),)

    def __str__(self) -> str:
        return self.label


class TextBlock(models.Model):
    """A standard question or sentence of who handles applications; copied and changed, never linked."""

    class For(models.TextChoices):
        QUESTION = "question", "question"
        COST = "cost", "cost"
        DECISION = "decision", "decision"
        OBLIGATION = "obligation", "obligation"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="blocks")
    used_for = models.CharField(max_length=12, choices=For.choices)
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=1500)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("used_for", "title")
        constraints = (models.UniqueConstraint(fields=["scheme", "used_for", "title"], name="block_once"),)

    def __str__(self) -> str:
        return self.title
