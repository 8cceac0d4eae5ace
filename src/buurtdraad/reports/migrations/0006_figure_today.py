"""How each number of a published report stands today is kept, so that its page does not go over the whole list."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_standing"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureToday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=120)),
                ("value", models.DecimalField(decimal_places=4, help_text="Empty: not known.", max_digits=16, null=True)),
                ("number", models.PositiveIntegerField(help_text="How many rows its list has.")),
                ("rows", models.JSONField(default=list, help_text="The first of them; no personal data, and no words of residents.")),
                ("counted_at", models.DateTimeField()),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("report", "mark"), name="figure_today_once")],
            },
        ),
    ]
