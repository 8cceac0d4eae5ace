from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """A page of wishes for programs costs the same, however many wishes there are."""

    atomic = False
    dependencies = [("agendas", "0003_imported_meetings_and_votes_elsewhere")]

    operations = [
        AddIndexConcurrently(
            model_name="wish",
            index=models.Index(condition=models.Q(("showing", "shown")), fields=["-given_at", "-id"], name="wish_on_site"),
        ),
    ]
