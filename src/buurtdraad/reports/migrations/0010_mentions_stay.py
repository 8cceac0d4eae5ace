"""What a published report says of a thing stays as it is, as the report itself does."""

from django.db import migrations

STAY = """
CREATE TRIGGER reports_mention_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_mention
    FOR EACH ROW EXECUTE FUNCTION reports_part_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_mentions")]
    operations = [migrations.RunSQL(STAY, "DROP TRIGGER reports_mention_stays ON reports_mention")]
