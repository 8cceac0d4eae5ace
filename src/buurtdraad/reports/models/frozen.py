"""What was frozen once more, in parts: a page reads the text of a report without the lists, and of a list only the rows that it shows.

`Report.frozen` stays what is true, and what the hash is of. These are made from exactly that text when a report is published, and from
then on a trigger refuses every change of them too (`0008_frozen_parts_stay`).
"""

from django.db import models

from buurtdraad.reports.models.report import Report


class FrozenText(models.Model):
    """All that was frozen but the rows of lists: of each number and list how many there are."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="text")
    content = models.TextField(help_text="Canonical JSON of what `queries.frozen.text_of` makes.")

    def __str__(self) -> str:
        return f"text of {self.report_id}"


class FrozenRow(models.Model):
    """A row of a list, at its place in it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, help_text="Of the list.")
    place = models.PositiveIntegerField(help_text="It counts from nought, as the numbers do.")
    row = models.JSONField(help_text="No personal data.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "name", "place"], name="frozen_row_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.place}"


class Mention(models.Model):
    """What a chapter says of a thing that it counts: the way on from a wish, as the list behind a number is the way back."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=200, help_text="The address in Dutch of the page of the thing: `/wensen/ZO-42/`.")
    chapter = models.PositiveSmallIntegerField(help_text="Its number, from one.")
    title = models.CharField(max_length=150, help_text="Of the chapter.")
    said = models.JSONField(help_text="The sentences in order, each with its place in the chapter: [[1, 'In ...']].")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "report", "chapter"], name="mention_once"),)

    def __str__(self) -> str:
        return f"{self.page} in {self.report_id}"
