"""What published reports say of each thing that they count, so that the thread of a wish ends at its sentence.

Reports of before get it here.
"""

import json

import django.db.models.deletion
from django.db import migrations, models

from buurtdraad.reports.queries.mentions import mentions_in


def keep_mentions(apps, editor):
    """One report at a time, for each may be megabytes. What is said is read from the frozen text alone, not from tables of today."""
    reports, mentions = apps.get_model("reports", "Report").objects, apps.get_model("reports", "Mention")
    for key in list(reports.filter(stage="published").order_by("pk").values_list("pk", flat=True)):
        content = json.loads(reports.values_list("frozen", flat=True).get(pk=key))
        made = (mentions(report_id=key, **told._asdict()) for told in mentions_in(content))
        mentions.objects.bulk_create(made, batch_size=2_000)


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_frozen_parts_stay")]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(help_text="The address in Dutch of the page of the thing: `/wensen/ZO-42/`.", max_length=200)),
                ("chapter", models.PositiveSmallIntegerField(help_text="Its number, from one.")),
                ("title", models.CharField(help_text="Of the chapter.", max_length=150)),
                ("said", models.JSONField(help_text="The sentences in order, each with its place in the chapter: [[1, 'In ...']].")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("page", "report", "chapter"), name="mention_once")]},
        ),
        migrations.RunPython(keep_mentions, migrations.RunPython.noop, elidable=True),
    ]
