from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """A page of the register costs the same, however many grants there are."""

    atomic = False
    dependencies = [("fund", "0008_letters_and_interests")]

    operations = [
        AddIndexConcurrently(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("known_on__isnull", False), ("outcome__in", ["granted", "partly"])),
                fields=["-known_on", "-id"],
                name="grants_made_known",
            ),
        ),
    ]
