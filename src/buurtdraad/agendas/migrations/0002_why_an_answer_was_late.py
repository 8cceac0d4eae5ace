from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agendas", "0001_agendas")]
    operations = [
        migrations.AddField(
            model_name="answer",
            name="why_late",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="Why it came after the promised day; for staff alone.", max_length=200
            ),
            preserve_default=False,
        )
    ]
