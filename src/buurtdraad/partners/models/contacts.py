"""Who works here: the people whom a resident can turn to, each with one first name."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.accounts.models import Person
from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet
from buurtdraad.lib.uploads.models import PictureUpload
from buurtdraad.partners.models.organisations import Organisation
from buurtdraad.places.models import Area


class LocalContact(models.Model):
    """Somebody who works in a neighbourhood. What stands on the site they agreed to; `does` is for colleagues and partners."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="local_contacts")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Their account.")
    areas = models.ManyToManyField(Area, related_name="+")
    first_name = models.CharField(max_length=60, blank=True)
    helps_with = models.CharField(max_length=200, blank=True, help_text="For what a resident comes to them, in plain words.")
    phone = models.CharField(max_length=16, blank=True)
    walk_in = models.CharField(max_length=200, blank=True, help_text="Where and when one can walk in.")
    does = models.CharField(max_length=300, blank=True, help_text="What they do, in the words of professionals.")
    on_site = models.BooleanField(default=False, help_text="Whether residents see them.")
    agreed_on = models.DateField(null=True, blank=True, help_text="When they agreed to stand on the site.")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("first_name", "id")
        constraints = (
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="local_contact_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(on_site=False) | (~Q(first_name="") & ~Q(helps_with="") & Q(agreed_on__isnull=False)),
                name="local_contact_on_site_agreed",
            ),
        )

    def __str__(self) -> str:
        return self.first_name


class ContactPicture(PictureUpload):
    """Their face."""

    contact = models.OneToOneField(LocalContact, on_delete=models.CASCADE, related_name="picture")

    class Meta(PictureUpload.Meta):
        abstract = False
