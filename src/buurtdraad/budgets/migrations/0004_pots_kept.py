"""The pots of rounds that run are kept for them: only their own deeds move that money."""

from django.db import migrations

KEEP = """
UPDATE money_pot SET kept_for = 'budget_round:' || round.uuid FROM budgets_budgetround round
WHERE round.pot_id = money_pot.id AND round.stage NOT IN ('done', 'stopped');
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0003_frozen_stays"), ("money", "0003_kept_for")]
    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
