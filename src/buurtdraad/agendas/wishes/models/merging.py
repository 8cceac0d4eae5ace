"""Joining wishes that say the same, and parting one that says two things; both can be undone.

Nothing moves when wishes are joined: each keeps its givers, supporters and old link, and its `head` tells in which wish it
lives on. So undoing is only taking that away again.
"""

import uuid

from django.db import models

from buurtdraad.agendas.wishes.models.wish import Wish


class Merging(models.Model):
    """That a wish was joined to another, why, and whether that was undone."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="mergings")
    into = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["wish"], condition=models.Q(undone_at__isnull=True), name="joined_to_one_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.wish_id} -> {self.into_id}"


class Split(models.Model):
    """That a part of a wish became a wish of its own, and what the text was before."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="splits")
    part = models.OneToOneField(Wish, on_delete=models.CASCADE, related_name="split_from")
    text_before = models.TextField(max_length=2000)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.wish_id} / {self.part_id}"
