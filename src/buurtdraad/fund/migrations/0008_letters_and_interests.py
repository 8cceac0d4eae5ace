from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What waits after decisions costs the same, however many letters and declarations there are."""

    atomic = False
    dependencies = [("fund", "0007_cases_and_older_decisions")]

    operations = [
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("about__in", ["objection", "revoked", "settlement"]), ("sent_on__isnull", True)),
                fields=["made_at", "id"],
                name="letter_to_send",
            ),
        ),
        AddIndexConcurrently(
            model_name="interestdeclaration",
            index=models.Index(condition=models.Q(("says", "yes")), fields=["person"], name="interest_yes"),
        ),
    ]
