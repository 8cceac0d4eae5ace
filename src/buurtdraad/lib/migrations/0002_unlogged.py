"""The limits are written often and may be lost in a crash: no write-ahead log, no place in a back-up."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("lib", "0001_limits")]
    operations = [migrations.RunSQL("ALTER TABLE lib_allowance SET UNLOGGED", "ALTER TABLE lib_allowance SET LOGGED")]
