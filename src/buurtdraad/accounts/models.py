"""Persons: whoever holds a link, an account or a duty, and the named system persons that jobs act as."""

import datetime
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from buurtdraad.accounts.duties import Duty
from buurtdraad.places.models import Area


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about many persons."""

    def people(self) -> "PersonQuerySet":
        """Without the jobs and imports that act as a person, and without what is left of who was erased."""
        return self.filter(system__isnull=True, erased_at__isnull=True)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Persons; Django finds one by e-mail address when a password is used."""


class Person(AbstractBaseUser):
    """Somebody the product knows: by a public id, never by a user name. Most have no password, many no e-mail."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(null=True, blank=True, unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the e-mail address was confirmed by a link.")
    is_active = models.BooleanField(default=True)
    system = models.CharField(
        max_length=40, null=True, blank=True, unique=True, help_text="Name of the job or import that acts as this person."
    )
    demo_role = models.CharField(max_length=40, null=True, blank=True, unique=True, help_text="Place in the cast of the demo city.")
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(
        null=True, blank=True, help_text="When they erased themselves: the row is empty and stays for its public id."
    )

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                condition=models.Q(system__isnull=True) | models.Q(email__isnull=True), name="system_person_has_no_email"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", email__isnull=True, confirmed_at__isnull=True, last_login__isnull=True, is_active=False),
                name="erased_person_is_empty",
            ),
        )

    # Of this object only, not of the row: the person of a request whose session lacks it (`accounts.acting`).
    without_second_factor = False

    @property
    def thing(self) -> str:
        """How the record names them, and links that are theirs."""
        return f"person:{self.uuid}"

    def __str__(self) -> str:
        return _("somebody who was removed") if self.erased_at else self.name or str(self.uuid)


class DutyHeldQuerySet(models.QuerySet["DutyHeld"]):
    """Questions about the duties that persons hold."""

    def on(self, day: datetime.date) -> "DutyHeldQuerySet":
        """Those that hold on this day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class DutyHeld(models.Model):
    """A person's duty in a place, for a time. Without an area it holds in the whole city; in a wijk also in its buurten."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duties")
    duty = models.CharField(max_length=30, choices=Duty.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    stand_in_for = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="stand_ins")
    given_at = models.DateTimeField()

    objects = DutyHeldQuerySet.as_manager()

    class Meta:
        ordering = ("duty", "from_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="duty_ends_after_it_begins"),
            models.UniqueConstraint(fields=["person", "duty", "area", "from_on"], nulls_distinct=False, name="duty_once_from_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.duty} of {self.person_id}"


# They belong to this app as much as those above; Django finds models only here.
from buurtdraad.accounts.destruction.models import DestructionLine, DestructionList  # noqa: E402
from buurtdraad.accounts.moderation.models import Report  # noqa: E402
from buurtdraad.accounts.signing_in.models import Identity, Link, Session, SignIn  # noqa: E402

__all__ = ["DestructionLine", "DestructionList", "DutyHeld", "Identity", "Link", "Person", "Report", "Session", "SignIn"]
