from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """A page of what was done costs the same, however many plans are finished."""

    atomic = False
    dependencies = [("initiatives", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="initiative",
            index=models.Index(
                condition=models.Q(("showing", "shown"), ("stage", "done")), fields=["-done_on", "-id"], name="initiative_done"
            ),
        ),
    ]
