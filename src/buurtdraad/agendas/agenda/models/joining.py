"""Who wants to join in."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.agendas.agenda.models.agreement import Agreement
from buurtdraad.agendas.agenda.models.version import Topic
from buurtdraad.messages.models import Contact


class Joiner(models.Model):
    """Somebody who wants to join in with a topic or an agreement: a first name and a contact, for the owner and the adviser alone."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="joiners")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, null=True, blank=True, related_name="joiners")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    since = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When the owner or adviser reacted.")
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the form: sent twice, it is one.")

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(topic__isnull=True, agreement__isnull=False) | Q(topic__isnull=False, agreement__isnull=True),
                name="joiner_joins_one_thing",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="joiner_has_a_name"),
            models.UniqueConstraint(fields=["topic", "contact"], name="joiner_once_in_a_topic"),
            models.UniqueConstraint(fields=["agreement", "contact"], name="joiner_once_in_an_agreement"),
        )

    def __str__(self) -> str:
        return f"joiner {self.uuid}"
