"""What the city wants: the ambitions of a programme, and the large tasks (challenges) under each."""

from django.db import models
from django.db.models import F, Q

from buurtdraad.challenges.states import PledgeKind
from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet


class Ambition(models.Model):
    """A goal of a programme, for some years. Its number is how the programme counts it."""

    code = models.SlugField(max_length=60, unique=True, help_text="By which files and other rooms know it; it never changes.")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    text = models.TextField(blank=True, max_length=2000)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("from_on", "number", "code")
        constraints = (
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="ambition_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(number__range=(1, 99)), name="ambition_number_is_small"),
            models.UniqueConstraint(fields=["from_on", "number"], name="ambition_number_once_a_programme"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"ambition:{self.code}"


class Challenge(models.Model):
    """A large task of the city under an ambition: what topics, agreements and projects are for."""

    ambition = models.ForeignKey(Ambition, on_delete=models.PROTECT, related_name="challenges")
    code = models.SlugField(max_length=60, unique=True, help_text="By which files and other rooms know it; it never changes.")
    name = models.CharField(max_length=150)
    goal = models.TextField(blank=True, max_length=2000)
    owner = models.CharField(max_length=150, blank=True, help_text="The department that answers for it; never a person.")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "code")
        constraints = (models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="challenge_ends_after_it_begins"),)

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"challenge:{self.code}"


class Aim(models.Model):
    """What was promised under an ambition, perhaps for one challenge: what, and for when. Done says on which day, and what came of it."""

    ambition = models.ForeignKey(Ambition, on_delete=models.CASCADE, related_name="aims")
    challenge = models.ForeignKey(Challenge, on_delete=models.SET_NULL, null=True, blank=True, related_name="aims")
    what = models.CharField(max_length=300)
    due_on = models.DateField(help_text="For when it was promised.")
    done_on = models.DateField(null=True, blank=True)
    told = models.TextField(blank=True, max_length=2000, help_text="What came of it, or why it is later.")
    source = models.CharField(max_length=300, blank=True, help_text="Where it was promised.")

    class Meta:
        ordering = ("due_on", "id")
        constraints = (models.CheckConstraint(condition=~Q(what=""), name="aim_has_words"),)

    def __str__(self) -> str:
        return self.what

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"aim:{self.pk}"


class Pledge(models.Model):
    """What the executive promised to the council, or the council asked: kept until it is told to be done."""

    kind = models.CharField(max_length=10, choices=PledgeKind.choices)
    number = models.CharField(max_length=40, unique=True, help_text="As the council counts it.")
    what = models.CharField(max_length=500)
    ambition = models.ForeignKey(Ambition, on_delete=models.SET_NULL, null=True, blank=True, related_name="pledges")
    challenge = models.ForeignKey(Challenge, on_delete=models.SET_NULL, null=True, blank=True, related_name="pledges")
    owner = models.CharField(max_length=150, blank=True, help_text="The department that answers for it; never a person.")
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    told = models.TextField(blank=True, max_length=2000, help_text="How it stands, or how it was kept.")

    class Meta:
        ordering = ("due_on", "number")
        constraints = (
            models.CheckConstraint(condition=~Q(number="") & ~Q(what=""), name="pledge_has_number_and_words"),
            models.CheckConstraint(condition=Q(due_on__isnull=True) | Q(due_on__gte=F("made_on")), name="pledge_due_after_made"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.what}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"pledge:{self.pk}"
