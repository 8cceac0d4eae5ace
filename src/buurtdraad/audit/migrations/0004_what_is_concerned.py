import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """What touches a thing, or names it among its facts, is found without reading the whole record."""

    atomic = False
    dependencies = [("audit", "0003_looked_up")]

    operations = [
        AddIndexConcurrently(
            model_name="event",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["touches", "payload"], name="event_concerns", opclasses=["array_ops", "jsonb_path_ops"]
            ),
        ),
    ]
