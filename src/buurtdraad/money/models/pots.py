"""Pots, what is committed from them, and the ledger. Amounts are euros in `Decimal`, to the cent; never a float.

A pot guards itself: `committed` never passes `amount`, by one conditional update and a constraint. What it holds is kept on the
row for speed; the ledger is what is true, and `money.queries.ledger.differences` compares the two.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet
from buurtdraad.money.states import EntryKind, Kind, Source
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area
from buurtdraad.works.models import Work


def euros(**options) -> models.DecimalField:
    """A column of euros."""
    return models.DecimalField(max_digits=12, decimal_places=2, **options)


class PotQuerySet(models.QuerySet["Pot"]):
    """Questions about many pots."""

    def open_to(self, thing: str = "") -> Self:
        """Those whose money a deed of `thing` may move: open, and kept for nothing else."""
        return self.filter(closed_at__isnull=True, kept_for__in=("", thing))


class Pot(models.Model):
    """Money of one source, for one year, an area and perhaps a theme. What lies `within` another pot counts there too."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=10, choices=Source.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Which partner."
    )
    year = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=20, choices=Theme.choices, blank=True, help_text="Empty: for every theme.")
    within = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", help_text="Of which ceiling this is a part."
    )
    amount = euros(default=0)
    committed = euros(default=0)
    paid = euros(default=0)
    about = models.CharField(max_length=500, blank=True, help_text="What it is for, in plain words, and where that was decided.")
    kept_for = models.CharField(
        max_length=60,
        blank=True,
        help_text="The thing whose own deeds alone move its money: many people were promised it. Empty: any deed.",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = PotQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=["name", "year"], name="pot_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="pot_year"),
            models.CheckConstraint(condition=Q(committed__gte=0) & Q(committed__lte=F("amount")), name="pot_not_overspent"),
            models.CheckConstraint(condition=Q(paid__gte=0) & Q(paid__lte=F("committed")), name="pot_paid_within_committed"),
            models.CheckConstraint(condition=~Q(source=Source.PARTNER) | Q(organisation__isnull=False), name="pot_of_partner_says_whose"),
            models.CheckConstraint(condition=Q(within__isnull=True) | ~Q(within=F("id")), name="pot_not_within_itself"),
        )
        indexes = (models.Index(fields=["area", "year"], name="pot_of_area"),)

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"pot:{self.uuid}"

    @property
    def free(self):
        """Euros that can still be committed, of this pot alone: a ceiling around it may hold less."""
        return self.amount - self.committed


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def public(self) -> Self:
        """What may be told to everybody: it counts still, and who gets it was told."""
        return self.filter(amount__gt=0, told_on__isnull=False)


class Commitment(models.Model):
    """Money of a pot that is promised to one thing: an initiative, an agreement or a municipal work.

    A grant is told to who asked before anybody else reads of it: every public page shows what is `public()`, and nothing else.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="commitments")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="Where the money goes.")
    amount = euros(help_text="Euros that are promised now; lower after a release.")
    paid = euros(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=200, blank=True, help_text="What the money is for.")
    made_at = models.DateTimeField()
    told_on = models.DateField(null=True, blank=True, help_text="Since when everybody may know it; empty: a decision not made known.")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="commitment_not_negative"),
            models.CheckConstraint(condition=Q(paid__gte=0) & Q(paid__lte=F("amount")), name="commitment_not_overpaid"),
            models.CheckConstraint(
                condition=Q(initiative__isnull=False, agreement__isnull=True, work__isnull=True)
                | Q(initiative__isnull=True, agreement__isnull=False, work__isnull=True)
                | Q(initiative__isnull=True, agreement__isnull=True, work__isnull=False),
                name="commitment_for_one_thing",
            ),
        )
        indexes = (
            models.Index(fields=["area", "-made_at"], name="commitment_in_area"),
            models.Index(fields=["pot", "-made_at", "-id"], name="commitment_of_pot"),
        )

    def __str__(self) -> str:
        return f"commitment {self.uuid}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"commitment:{self.uuid}"


class Entry(models.Model):
    """One line of the ledger. It only grows: a trigger refuses changes, and the role of the web has no right to make them."""

    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    amount = euros(help_text="Euros, always positive; the kind says which way.")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    why = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True, help_text="Public id of who did it.")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_positive"),
            models.CheckConstraint(
                condition=Q(kind__in=["put_in", "taken_out"], commitment__isnull=True)
                | (~Q(kind__in=["put_in", "taken_out"]) & Q(commitment__isnull=False)),
                name="entry_of_a_commitment_or_the_pot",
            ),
        )
        indexes = (models.Index(fields=["pot", "kind"], name="entry_sums"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class FourEyes(models.Model):
    """Above which amount two people are needed to reserve money, from a day on. Data of the municipality."""

    above = euros()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Where that was decided.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("from_on",)
        constraints = (
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="four_eyes_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(above__gte=0), name="four_eyes_amount"),
        )

    def __str__(self) -> str:
        return f"four eyes above {self.above}"
