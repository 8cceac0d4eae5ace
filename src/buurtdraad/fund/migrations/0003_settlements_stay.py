"""A final amount never changes, for the owner of the tables too; only the day on which it was made known is filled in, once.

Retention deletes in a transaction that says so: `SET LOCAL buurtdraad.retention = 'on'`.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION fund_settlement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('buurtdraad.retention', true) = 'on' THEN RETURN OLD; END IF;
    ELSIF OLD.known_on IS NULL AND NEW.known_on IS NOT NULL
        AND to_jsonb(NEW) - 'known_on' = to_jsonb(OLD) - 'known_on' THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a final amount stays as it was made: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER fund_settlement_stays BEFORE UPDATE OR DELETE ON fund_settlement FOR EACH ROW EXECUTE FUNCTION fund_settlement_stays();
"""
ALLOW = """
DROP TRIGGER fund_settlement_stays ON fund_settlement;
DROP FUNCTION fund_settlement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("fund", "0002_decisions_stay")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
