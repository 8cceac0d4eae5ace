"""Asking for a table."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.tables.reading import MOST_BYTES, TableRefused
from buurtdraad.lib.tables.spreadsheet import csv_of
from buurtdraad.lib.uploads.fields import UploadField
from buurtdraad.lib.uploads.pictures import read_at_most


class TableField(UploadField):
    """Gives the bytes of a table as CSV, for `lib.tables.reading.read`."""

    accept = ".csv,.tsv,.txt,.xlsx,text/csv"

    def examine(self, file: UploadedFile) -> bytes:
        try:
            return csv_of(read_at_most(file, MOST_BYTES))
        except TableRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class TableForm(forms.Form):
    """Which file."""

    file = TableField(label=_("Which file?"), help_text=_("CSV or Excel (xlsx). It may have 10,000 rows and be 2 MB at most."))
