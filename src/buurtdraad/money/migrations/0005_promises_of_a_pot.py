from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The page of a pot costs the same, however much was promised from it."""

    atomic = False
    dependencies = [("money", "0004_money_for_works")]

    operations = [
        AddIndexConcurrently(model_name="commitment", index=models.Index(fields=["pot", "-made_at", "-id"], name="commitment_of_pot")),
    ]
