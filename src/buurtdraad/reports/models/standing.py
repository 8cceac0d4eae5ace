"""How the numbers of the half year that goes on stood when they were last counted: what `/voortgang/` shows without counting."""

from django.db import models


class Standing(models.Model):
    """The numbers of one half year, by the mark that `mark_of` gives them. Counted by `queries/figures/`, as those of a report are."""

    from_on = models.DateField(unique=True, help_text="The first day of the half year.")
    counted_at = models.DateTimeField()
    numbers = models.JSONField(default=dict, help_text="Value by mark, as text; null: not known.")

    def __str__(self) -> str:
        return f"{self.from_on}"
