"""Events and seals only grow: row triggers refuse UPDATE and DELETE, for the owner of the tables too.

Retention drops whole sealed months in a transaction that says so: `SET LOCAL buurtdraad.retention = 'on'`,
which helps the owner only: the role of the web processes has no right to DELETE at all.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_event' AND current_setting('buurtdraad.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit only grows: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
ALLOW = """
DROP TRIGGER audit_event_only_grows ON audit_event;
DROP TRIGGER audit_seal_only_grows ON audit_seal;
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
