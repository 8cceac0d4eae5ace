"""What was counted for pages that go over too much to count at each request: `/voortgang/`, and how a number of a report stands today."""

from django.db import models

from buurtdraad.reports.models.report import Report


class Standing(models.Model):
    """The numbers of one half year, by the mark that `mark_of` gives them. Counted by `queries/figures/`, as those of a report are."""

    from_on = models.DateField(unique=True, help_text="The first day of the half year.")
    counted_at = models.DateTimeField()
    numbers = models.JSONField(default=dict, help_text="Value by mark, as text; null: not known.")

    def __str__(self) -> str:
        return f"{self.from_on}"


class FigureToday(models.Model):
    """How a number of a report stands today, over the days of the report: counted each night. Of its list the first rows."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, help_text="Empty: not known.")
    number = models.PositiveIntegerField(help_text="How many rows its list has.")
    rows = models.JSONField(default=list, help_text="The first of them; no personal data, and no words of residents.")
    counted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "mark"], name="figure_today_once"),)

    def __str__(self) -> str:
        return f"{self.mark} {self.value}"
