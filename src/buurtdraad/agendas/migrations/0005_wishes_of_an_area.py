from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What an area says of its wishes is counted from an index, and reads no texts."""

    atomic = False
    dependencies = [("agendas", "0004_wish_on_site")]

    operations = [
        AddIndexConcurrently(
            model_name="wish",
            index=models.Index(
                condition=models.Q(("head__isnull", True)),
                fields=["area", "stage"],
                include=["showing", "reference", "given_at", "id"],
                name="wish_by_step",
            ),
        ),
        AddIndexConcurrently(
            model_name="wish",
            index=models.Index(fields=["area"], include=["given_at", "answered_at", "answer_by", "head"], name="wish_counted"),
        ),
        RemoveIndexConcurrently(model_name="wish", name="wish_by_stage"),
    ]
