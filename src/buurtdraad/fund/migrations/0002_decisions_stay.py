"""What was decided and drawn never changes, for the owner of the tables too.

Of a decision only the day on which it was made known is filled in, once. Retention deletes in a transaction that says so:
`SET LOCAL buurtdraad.retention = 'on'`.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION fund_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('buurtdraad.retention', true) = 'on' THEN RETURN OLD; END IF;
    ELSIF TG_TABLE_NAME = 'fund_decision' THEN
        IF OLD.known_on IS NULL AND NEW.known_on IS NOT NULL
            AND to_jsonb(NEW) - 'known_on' = to_jsonb(OLD) - 'known_on' THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a decision stays as it was taken: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER fund_decision_stays BEFORE UPDATE OR DELETE ON fund_decision FOR EACH ROW EXECUTE FUNCTION fund_decision_stays();
CREATE TRIGGER fund_draw_stays BEFORE UPDATE OR DELETE ON fund_draw FOR EACH ROW EXECUTE FUNCTION fund_decision_stays();
"""
ALLOW = """
DROP TRIGGER fund_decision_stays ON fund_decision;
DROP TRIGGER fund_draw_stays ON fund_draw;
DROP FUNCTION fund_decision_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("fund", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
