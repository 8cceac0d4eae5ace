"""The ledger only grows: row triggers refuse UPDATE and DELETE, for the owner of the tables too."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION money_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger only grows: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER money_entry_only_grows BEFORE UPDATE OR DELETE ON money_entry FOR EACH ROW EXECUTE FUNCTION money_refuse();
"""
ALLOW = """
DROP TRIGGER money_entry_only_grows ON money_entry;
DROP FUNCTION money_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
