"""Ballots come in as long as people vote and no longer; what was frozen never changes, for the owner of the tables too.

The round is held (`FOR SHARE`) by who casts, so closing waits for the ballots that are under way and the next one finds it closed.
Frozen ballots go three months after the result is final, and not a day before; what they gave stays. Only a city with the cast of the
demo begins again: it takes away all of it, in a transaction that says so (`SET LOCAL buurtdraad.retention = 'on'`).
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION budgets_ballot_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_at text;
BEGIN
    SELECT stage INTO now_at FROM budgets_budgetround WHERE id = NEW.round_id FOR SHARE;
    IF now_at <> 'voting' THEN
        RAISE EXCEPTION 'the round is %: no ballot comes in', now_at USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_ballot_in_time BEFORE INSERT OR UPDATE ON budgets_ballot
    FOR EACH ROW EXECUTE FUNCTION budgets_ballot_in_time();

CREATE FUNCTION budgets_frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen ballot never changes: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER budgets_frozen_stays BEFORE UPDATE ON budgets_frozenballot
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_frozen_stays();

CREATE FUNCTION budgets_frozen_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM budgets_counted WHERE part_id IN (SELECT part_id FROM added)) THEN
        RAISE EXCEPTION 'the ballots are frozen: none is added' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER budgets_frozen_whole AFTER INSERT ON budgets_frozenballot REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_frozen_whole();

CREATE FUNCTION budgets_begins_again() RETURNS boolean LANGUAGE sql AS $$
    SELECT COALESCE(current_setting('buurtdraad.retention', true), '') = 'on'
        AND EXISTS (SELECT 1 FROM accounts_person WHERE demo_role IS NOT NULL)
$$;

CREATE FUNCTION budgets_frozen_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF budgets_begins_again() THEN RETURN NULL; END IF;
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT part_id FROM gone) of_part
        JOIN budgets_part part ON part.id = of_part.part_id JOIN budgets_budgetround round ON round.id = part.round_id
        WHERE round.final_on IS NULL OR round.final_on + interval '3 months' >= CURRENT_DATE
    ) THEN
        RAISE EXCEPTION 'frozen ballots stay until three months after the result is final' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER budgets_frozen_goes AFTER DELETE ON budgets_frozenballot REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_frozen_goes();

CREATE FUNCTION budgets_counted_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND budgets_begins_again() THEN RETURN OLD; END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was counted stays: DELETE is refused' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.part_id, NEW.rule, NEW.plans, NEW.budget, NEW.turnout, NEW.ballots, NEW.blank, NEW.ballots_hash, NEW.plans_hash,
        NEW.rule_hash, NEW.whole_hash, NEW.receipts)
        IS DISTINCT FROM
        (OLD.part_id, OLD.rule, OLD.plans, OLD.budget, OLD.turnout, OLD.ballots, OLD.blank, OLD.ballots_hash, OLD.plans_hash,
        OLD.rule_hash, OLD.whole_hash, OLD.receipts)
        OR OLD.verified_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was frozen and checked stays: UPDATE is refused' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_counted_stays BEFORE UPDATE OR DELETE ON budgets_counted
    FOR EACH ROW EXECUTE FUNCTION budgets_counted_stays();
"""
ALLOW = """
DROP TRIGGER budgets_counted_stays ON budgets_counted;
DROP FUNCTION budgets_counted_stays();
DROP TRIGGER budgets_frozen_goes ON budgets_frozenballot;
DROP FUNCTION budgets_frozen_goes();
DROP FUNCTION budgets_begins_again();
DROP TRIGGER budgets_frozen_whole ON budgets_frozenballot;
DROP FUNCTION budgets_frozen_whole();
DROP TRIGGER budgets_frozen_stays ON budgets_frozenballot;
DROP FUNCTION budgets_frozen_stays();
DROP TRIGGER budgets_ballot_in_time ON budgets_ballot;
DROP FUNCTION budgets_ballot_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_rules_stay"), ("accounts", "0011_voting_links")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
