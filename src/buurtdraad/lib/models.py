"""What the limits remember: for each name and key one moment, in a table that a crash may empty."""

from django.db import models


class Allowance(models.Model):
    """How much of a limit is used. Who asked cannot be told from it: the key is a keyed hash."""

    key = models.CharField(max_length=64, primary_key=True)
    free_at = models.DateTimeField(db_index=True, help_text="When nothing of it is used any more; the row may then go.")

    def __str__(self) -> str:
        return self.key
