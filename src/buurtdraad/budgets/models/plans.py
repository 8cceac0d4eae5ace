"""Plans of a round: where they come from, whether they can be done and why not, who made them, which exclude each other."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.models.round import BudgetRound, Part
from buurtdraad.budgets.states import ALIVE, ChangeKind, ChangeStage, CostFrom, PlanStage, Verdict
from buurtdraad.fund.models import Application
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.uploads.models import PictureUpload
from buurtdraad.messages.models import Contact
from buurtdraad.money.models.pots import euros
from buurtdraad.places.models import Area


class Spot(models.Model):
    """A place or a purpose that only one plan can have: of its plans at most one wins."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="spots")
    name = models.CharField(max_length=120)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["round", "name"], name="spot_once"),)

    def __str__(self) -> str:
        return self.name


class BudgetPlanQuerySet(models.QuerySet["BudgetPlan"]):
    """Questions about many plans."""

    def public(self) -> "BudgetPlanQuerySet":
        """What somebody read and everybody may see, also the ones that cannot be done: with the reason."""
        return self.filter(shown=True).exclude(stage=PlanStage.WRITING)

    def listed(self) -> "BudgetPlanQuerySet":
        return self.filter(stage=PlanStage.LISTED)


class BudgetPlan(models.Model):
    """A plan in a round. What it points to keeps its own page: nothing is typed twice."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="plans")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(help_text="In its round, as on the ballot; it never changes.")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True, help_text="What it is, in one or two sentences.")
    story = models.TextField(max_length=3000, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees (ETRS89), rounded to the street.")
    latitude = models.FloatField(null=True, blank=True)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    cost = euros(null=True, blank=True, help_text="Euros. 0 is a plan that costs nothing; empty: not known yet.")
    cost_from = models.CharField(max_length=10, choices=CostFrom.choices, blank=True)
    cost_words = models.CharField(max_length=300, blank=True, help_text="How that was found.")
    stage = models.CharField(max_length=15, choices=PlanStage.choices, default=PlanStage.WRITING)
    why = models.CharField(max_length=500, blank=True, help_text="Why it cannot be done or was taken back: everybody reads it.")
    shown = models.BooleanField(default=False, help_text="Somebody read it: it stands on the site.")
    question = models.CharField(max_length=500, blank=True, help_text="What its makers have to answer before it stands on the site.")
    spot = models.ForeignKey(Spot, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans")
    into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined", help_text="In which it goes on."
    )
    out_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts_of_it")
    wishes = models.ManyToManyField(Wish, related_name="+", blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_municipality = models.BooleanField(default=False, help_text="The municipality carries it out; else its makers do.")
    mark = models.CharField(max_length=64, blank=True, help_text="Of the form that made it, so that sending it twice makes one.")
    made_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True, blank=True, help_text="When it came on the list.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken back, joined or split.")

    objects = BudgetPlanQuerySet.as_manager()

    class Meta:
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=["round", "number"], name="budget_plan_number_once"),
            models.UniqueConstraint(fields=["mark"], condition=~Q(mark=""), name="budget_plan_sent_once"),
            models.UniqueConstraint(
                fields=["round", "initiative"],
                condition=Q(initiative__isnull=False, stage__in=sorted(ALIVE)), name="initiative_once_in_a_budget_round",
            ),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="budget_plan_cost"),
            models.CheckConstraint(condition=~Q(stage__in=["listed", "feasible"]) | Q(cost__isnull=False), name="feasible_plan_has_a_cost"),
            models.CheckConstraint(condition=~Q(stage=PlanStage.LISTED) | Q(shown=True), name="listed_plan_is_shown"),
            models.CheckConstraint(condition=~Q(stage__in=["not_feasible", "withdrawn"]) | ~Q(why=""), name="budget_plan_no_says_why"),
            models.CheckConstraint(condition=~Q(stage=PlanStage.JOINED) | Q(into__isnull=False), name="joined_plan_says_where"),
            models.CheckConstraint(condition=Q(into__isnull=True) | ~Q(into=F("id")), name="budget_plan_not_in_itself"),
        )  # fmt: skip
        indexes = (models.Index(fields=["area", "stage"], name="budget_plan_in_area"),)

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"budget_plan:{self.uuid}"


class Maker(models.Model):
    """Who thought of a plan. Their name only when they said so."""

    plan = models.ForeignKey(BudgetPlan, on_delete=models.CASCADE, related_name="makers")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Empty: was erased.")
    name = models.CharField(max_length=100, blank=True, help_text="What to call them on the site: a first name, or an organisation.")
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When they said that their name may stand there.")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["plan", "contact"], name="maker_once"),
            models.CheckConstraint(condition=Q(agreed_at__isnull=True) | ~Q(name=""), name="maker_agreed_to_a_name"),
        )

    def __str__(self) -> str:
        return f"maker of {self.plan_id}"

    @property
    def known_as(self) -> str:
        """What the other makers and staff call them; empty where nobody knows."""
        if self.name or self.contact is None:
            return self.name
        return (self.contact.person.name if self.contact.person else self.contact.name) or ""


class Like(models.Model):
    """Somebody likes a plan, where the rules ask that before it is looked at."""

    plan = models.ForeignKey(BudgetPlan, on_delete=models.CASCADE, related_name="likes")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: was erased; it still counts."
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "contact"], name="like_once"),)

    def __str__(self) -> str:
        return f"like of {self.plan_id}"


class PlanPicture(PictureUpload):
    """A picture of the plan, for the list and the ballot."""

    plan = models.OneToOneField(BudgetPlan, on_delete=models.CASCADE, related_name="picture")
    shown = models.BooleanField(default=False)

    class Meta(PictureUpload.Meta):
        abstract = False


class Check(models.Model):
    """Somebody looked whether a plan can be done. The last one counts; all of them can be read."""

    plan = models.ForeignKey(BudgetPlan, on_delete=models.CASCADE, related_name="checks")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=500, help_text="For everybody to read, in plain words.")
    change = models.CharField(max_length=500, blank=True, help_text="What would make it possible.")
    helper = models.CharField(max_length=150, blank=True, help_text="Who helps with that, with a phone number.")
    cost = euros(null=True, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="check_says_why"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.REPAIR) | ~Q(change="") & ~Q(helper=""), name="repair_says_what_and_who_helps"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.verdict}"


class Change(models.Model):
    """A proposal to join plans into one, or to split one. All makers of all of them say yes first."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    stage = models.CharField(max_length=10, choices=ChangeStage.choices, default=ChangeStage.ASKED)
    plans = models.ManyToManyField(BudgetPlan, related_name="changes")
    titles = ArrayField(models.CharField(max_length=120), help_text="Of what comes of it: one of a join, two or more of a split.")
    words = models.CharField(max_length=500, help_text="Why.")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"budget_change:{self.uuid}"


class Consent(models.Model):
    """What a maker says to a change; empty until they answered."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="consents")
    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="consents")
    says = models.BooleanField(null=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["change", "maker"], name="consent_once"),)

    def __str__(self) -> str:
        return f"consent to {self.change_id}"
