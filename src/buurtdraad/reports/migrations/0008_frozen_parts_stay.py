"""The parts of a published report stay as they are, as the report itself does: row triggers refuse every change of them."""

from django.db import migrations

STAY = """
CREATE TRIGGER reports_frozen_text_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_frozentext
    FOR EACH ROW EXECUTE FUNCTION reports_part_stays();
CREATE TRIGGER reports_frozen_row_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_frozenrow
    FOR EACH ROW EXECUTE FUNCTION reports_part_stays();
"""
CHANGE = """
DROP TRIGGER reports_frozen_row_stays ON reports_frozenrow;
DROP TRIGGER reports_frozen_text_stays ON reports_frozentext;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_frozen_parts")]
    operations = [migrations.RunSQL(STAY, CHANGE)]
