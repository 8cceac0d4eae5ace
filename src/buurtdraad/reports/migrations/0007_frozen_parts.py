"""What was published stands in parts too, so that a page of a report reads only what it shows. Reports of before get theirs here.

`frozen` and its hash stay as they are. A trigger keeps the parts as well: see the next migration.
"""

import json
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

SLOWER = {"te-laat", "later", "staat-stil", "gestopt"}
KEEP_ROWS = """
INSERT INTO reports_frozenrow (report_id, name, place, row)
SELECT report.id, list.key, one.place - 1, one.row
FROM reports_report report, jsonb_each(report.frozen::jsonb -> 'lists') list,
    jsonb_array_elements(list.value -> 'rows') WITH ORDINALITY one (row, place)
WHERE report.id = %s
"""


def keep_parts(apps, editor):
    """One report at a time, for each may be megabytes."""
    reports, texts = apps.get_model("reports", "Report").objects, apps.get_model("reports", "FrozenText").objects
    for key in list(reports.filter(stage="published").order_by("pk").values_list("pk", flat=True)):
        content = json.loads(reports.values_list("frozen", flat=True).get(pk=key))
        text = json.dumps(text_of(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        texts.create(report_id=key, content=text)
        editor.execute(KEEP_ROWS, [key])


def text_of(content):
    """As `queries.frozen.text_of` made it when this was written."""
    figures, lists = ({key: numbered(one) for key, one in content[part].items()} for part in ("figures", "lists"))
    return {**content, "figures": figures, "lists": lists, "annex": annex_of(content["lists"])}


def numbered(one):
    return {key: value for key, value in one.items() if key != "rows"} | {"number": len(one["rows"])}


def annex_of(lists):
    def rows(name):
        return lists.get(name, {}).get("rows", [])

    money, checks = {}, {}
    for row in rows("werkgeld"):
        source = money.setdefault(row["words"], {})
        for tag in row["tags"]:
            source[tag] = f"{Decimal(source.get(tag, 0)) + Decimal(row['amount'] or 0):f}"
    for row in rows("buurtchecks"):
        checks[row["group"]] = checks.get(row["group"], 0) + 1
    slower = [row for name in ("afspraken", "werken") for row in rows(name) if SLOWER.intersection(row["tags"])]
    return {"money": money, "checks": checks, "slower": slower[:100], "number_slower": len(slower)}


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_figure_today")]

    operations = [
        migrations.CreateModel(
            name="FrozenText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.TextField(help_text="Canonical JSON of what `queries.frozen.text_of` makes.")),
                (
                    "report",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="text", to="reports.report"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrozenRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Of the list.", max_length=60)),
                ("place", models.PositiveIntegerField(help_text="It counts from nought, as the numbers do.")),
                ("row", models.JSONField(help_text="No personal data.")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("report", "name", "place"), name="frozen_row_once")],
            },
        ),
        migrations.RunPython(keep_parts, migrations.RunPython.noop, elidable=True),
    ]
