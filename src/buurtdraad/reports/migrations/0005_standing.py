"""What `/voortgang/` shows is kept, so that a page of a large city does not go over every wish."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_demo_begins_again")]
    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(help_text="The first day of the half year.", unique=True)),
                ("counted_at", models.DateTimeField()),
                ("numbers", models.JSONField(default=dict, help_text="Value by mark, as text; null: not known.")),
            ],
        ),
    ]
