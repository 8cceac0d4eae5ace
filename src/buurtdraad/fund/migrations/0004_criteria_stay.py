"""What counts in a round never changes once it is open, for the owner of the tables too."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION fund_criterion_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_round bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN of_round := NEW.round_id; ELSE of_round := OLD.round_id; END IF;
    IF EXISTS (SELECT 1 FROM fund_round WHERE id = of_round AND stage <> 'announced') THEN
        RAISE EXCEPTION 'what counts stays once a round is open: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_criterion_stays BEFORE INSERT OR UPDATE OR DELETE ON fund_criterion
    FOR EACH ROW EXECUTE FUNCTION fund_criterion_stays();
"""
ALLOW = """
DROP TRIGGER fund_criterion_stays ON fund_criterion;
DROP FUNCTION fund_criterion_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("fund", "0003_settlements_stay")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
