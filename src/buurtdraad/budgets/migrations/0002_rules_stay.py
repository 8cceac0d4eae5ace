"""From the moment the rules of a round are known they stay as they are, for the owner of the tables too.

Of the sheet nothing changes, of the budgets neither what they are called nor how much they are, and the round keeps its address, its
place and its year. A round that was loaded from elsewhere gets its budgets afterwards. Retention deletes in a transaction that says so:
`SET LOCAL buurtdraad.retention = 'on'`.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION budgets_rules_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known boolean;
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('buurtdraad.retention', true) = 'on' THEN RETURN OLD; END IF;
    IF TG_TABLE_NAME = 'budgets_rulessheet' THEN
        known := OLD.announced_at IS NOT NULL AND (TG_OP = 'DELETE' OR to_jsonb(NEW) <> to_jsonb(OLD));
    ELSIF TG_TABLE_NAME = 'budgets_part' THEN
        SELECT EXISTS (
            SELECT 1 FROM budgets_rulessheet s JOIN budgets_budgetround r ON r.id = s.round_id
            WHERE s.round_id = COALESCE(OLD.round_id, NEW.round_id)
                AND s.announced_at IS NOT NULL AND (TG_OP <> 'INSERT' OR r.elsewhere = '')
        ) INTO known;
        IF known AND TG_OP = 'UPDATE' THEN known := to_jsonb(NEW) <> to_jsonb(OLD); END IF;
    ELSE
        SELECT EXISTS (SELECT 1 FROM budgets_rulessheet s WHERE s.round_id = OLD.id AND s.announced_at IS NOT NULL) INTO known;
        known := known
            AND (NEW.slug, NEW.area_id, NEW.year, NEW.elsewhere) IS DISTINCT FROM (OLD.slug, OLD.area_id, OLD.year, OLD.elsewhere);
    END IF;
    IF known THEN
        RAISE EXCEPTION 'the rules are known and stay as they are: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER budgets_sheet_stays BEFORE UPDATE OR DELETE ON budgets_rulessheet
    FOR EACH ROW EXECUTE FUNCTION budgets_rules_stay();
CREATE TRIGGER budgets_parts_stay BEFORE INSERT OR UPDATE OR DELETE ON budgets_part FOR EACH ROW EXECUTE FUNCTION budgets_rules_stay();
CREATE TRIGGER budgets_round_stays BEFORE UPDATE ON budgets_budgetround FOR EACH ROW EXECUTE FUNCTION budgets_rules_stay();
"""
ALLOW = """
DROP TRIGGER budgets_round_stays ON budgets_budgetround;
DROP TRIGGER budgets_parts_stay ON budgets_part;
DROP TRIGGER budgets_sheet_stays ON budgets_rulessheet;
DROP FUNCTION budgets_rules_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
