"""A published report stays as it is: row triggers refuse every change of it and of its parts, to the owner of the tables too.

A correction is a row of its own (an erratum), which can only be added.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION reports_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reports_report WHERE stage = 'published' AND id IN (OLD.report_id, NEW.report_id)) THEN
        RAISE EXCEPTION 'a published report stays as it is: % of % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE FUNCTION reports_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER reports_report_stays BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW WHEN (OLD.stage = 'published') EXECUTE FUNCTION reports_refuse();
CREATE TRIGGER reports_erratum_only_grows BEFORE UPDATE OR DELETE ON reports_erratum
    FOR EACH ROW EXECUTE FUNCTION reports_refuse();
CREATE TRIGGER reports_section_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_section
    FOR EACH ROW EXECUTE FUNCTION reports_part_stays();
CREATE TRIGGER reports_figure_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_figure
    FOR EACH ROW EXECUTE FUNCTION reports_part_stays();
CREATE TRIGGER reports_sentence_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_sentence
    FOR EACH ROW EXECUTE FUNCTION reports_words_stay();
CREATE TRIGGER reports_remark_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_remark
    FOR EACH ROW EXECUTE FUNCTION reports_words_stay();
"""
ALLOW = """
DROP TRIGGER reports_remark_stays ON reports_remark;
DROP TRIGGER reports_sentence_stays ON reports_sentence;
DROP TRIGGER reports_figure_stays ON reports_figure;
DROP TRIGGER reports_section_stays ON reports_section;
DROP TRIGGER reports_erratum_only_grows ON reports_erratum;
DROP TRIGGER reports_report_stays ON reports_report;
DROP FUNCTION reports_words_stay();
DROP FUNCTION reports_part_stays();
DROP FUNCTION reports_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_council_reports")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
