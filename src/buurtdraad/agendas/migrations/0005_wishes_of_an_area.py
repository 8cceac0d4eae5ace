from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is counted or chosen among the wishes of an area is found in an index; what is alike also before it stands on the site."""

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
        AddIndexConcurrently(
            model_name="wish",
            index=GinIndex(condition=models.Q(("head__isnull", True)), fields=["stems"], name="wish_stems"),
        ),
        RemoveIndexConcurrently(model_name="wish", name="wish_by_stage"),
        RemoveIndexConcurrently(model_name="wish", name="wish_alike"),
    ]
