"""Only a city with the cast of the demo takes published reports away, when it begins again: in a transaction that says so.

That is `SET LOCAL buurtdraad.retention = 'on'`, as for its frozen ballots. Everywhere else a published report stays for ever.
"""

from django.db import migrations

BEGINS_AGAIN = """
CREATE FUNCTION reports_begins_again(deed text) RETURNS boolean LANGUAGE sql AS $$
    SELECT deed = 'DELETE' AND COALESCE(current_setting('buurtdraad.retention', true), '') = 'on'
        AND EXISTS (SELECT 1 FROM accounts_person WHERE demo_role IS NOT NULL)
$$;
CREATE OR REPLACE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF reports_begins_again(TG_OP) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE FUNCTION reports_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT reports_begins_again(TG_OP)
        AND EXISTS (SELECT 1 FROM reports_report WHERE stage = 'published' AND id IN (OLD.report_id, NEW.report_id)) THEN
        RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE FUNCTION reports_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT reports_begins_again(TG_OP) AND EXISTS (
        SELECT 1 FROM reports_section JOIN reports_report ON reports_report.id = reports_section.report_id
        WHERE reports_report.stage = 'published' AND reports_section.id IN (OLD.section_id, NEW.section_id)
    ) THEN
        RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""
STAYS = """
CREATE OR REPLACE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE FUNCTION reports_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reports_report WHERE stage = 'published' AND id IN (OLD.report_id, NEW.report_id)) THEN
        RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE FUNCTION reports_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reports_section JOIN reports_report ON reports_report.id = reports_section.report_id
        WHERE reports_report.stage = 'published' AND reports_section.id IN (OLD.section_id, NEW.section_id)
    ) THEN
        RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
DROP FUNCTION reports_begins_again(text);
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_published_stays"), ("accounts", "0001_initial")]
    operations = [migrations.RunSQL(BEGINS_AGAIN, STAYS)]
