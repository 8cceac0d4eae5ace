"""The parts by which pages read what was frozen: made from exactly that text, in the transaction that publishes it."""

from django.db import connection, transaction

from buurtdraad.reports.models import FrozenText, Mention, Report
from buurtdraad.reports.queries.content import canonical, frozen_content
from buurtdraad.reports.queries.frozen import AT_ONCE, text_of
from buurtdraad.reports.queries.mentions import mentions_in

# In the database, for these may be many thousands.
KEEP_ROWS = """
INSERT INTO reports_frozenrow (report_id, name, place, row)
SELECT report.id, list.key, one.place - 1, one.row
FROM reports_report report, jsonb_each(report.frozen::jsonb -> 'lists') list,
    jsonb_array_elements(list.value -> 'rows') WITH ORDINALITY one (row, place)
WHERE report.id = %s
"""


@transaction.atomic
def keep_parts(report: Report) -> None:
    """Keep the parts of the frozen text of a report, as it stands in the database."""
    content = frozen_content(report)
    FrozenText.objects.create(report=report, content=canonical(text_of(content)))
    Mention.objects.bulk_create((Mention(report=report, **told._asdict()) for told in mentions_in(content)), batch_size=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute(KEEP_ROWS, [report.pk])
