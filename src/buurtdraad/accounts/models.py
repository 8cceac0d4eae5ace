"""Persons: whoever holds a link, an account or a duty, and the named system persons that jobs act as."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about many persons."""


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
        )

    def __str__(self) -> str:
        return self.name or str(self.uuid)
