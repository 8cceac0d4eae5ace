"""A file or pasted rows, which heading is which, and what a register is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.lib.tables.fields import TableField
from buurtdraad.lib.tables.reading import MOST_BYTES
from buurtdraad.works.sources.columns import COLUMNS, LABELS, NEEDED
from buurtdraad.works.states import WorkKind


class WorkTableField(TableField):
    """Also a sheet of Excel."""

    accept = ".csv,.tsv,.txt,.xlsx,text/csv"


class FileForm(forms.Form):
    """The file of a register."""

    file = WorkTableField(
        label=gettext_lazy("Which file?"), help_text=gettext_lazy("CSV or Excel (xlsx). It may have 10,000 rows and be 2 MB at most.")
    )


class PasteForm(forms.Form):
    """Rows from Excel: pasted, or as a file."""

    pasted = forms.CharField(
        label=gettext_lazy("Paste the rows here"),
        help_text=gettext_lazy("Select them in Excel and copy them. The columns are: what, where, who, until when."),
        max_length=MOST_BYTES,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = WorkTableField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("CSV or Excel (xlsx). It may have 10,000 rows and be 2 MB at most."),
        required=False,
    )

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("file") and not (given.get("pasted") or "").strip() and "file" not in self.errors:
            self.add_error("pasted", _("Choose a file, or paste a table."))
        return given

    @property
    def content(self) -> bytes:
        return self.cleaned_data["file"] or self.cleaned_data["pasted"].encode("utf-8", "replace")


class MappingForm(forms.Form):
    """Which heading of the file is which field; asked once and kept."""

    def __init__(self, *args: Any, headings: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for column in COLUMNS:
            if column.key != "shape":
                needed = column.key in NEEDED
                choices = [("", _("The file does not say this")), *((heading, heading) for heading in headings)]
                self.fields[column.key] = forms.ChoiceField(label=LABELS[column.key], choices=choices, required=needed)

    def clean(self) -> dict:
        given = super().clean() or {}
        chosen: dict[str, str] = {}
        for key, heading in list(given.items()):
            if heading and heading in chosen:
                self.add_error(key, _("You chose this column for “%(name)s” already.") % {"name": LABELS[chosen[heading]]})
            chosen[heading] = key
        return given


class RegisterForm(forms.Form):
    """A list that comes back each year."""

    name = forms.CharField(
        label=gettext_lazy("What is this list called?"), help_text=gettext_lazy("Such as: Street works of 2027."), max_length=120
    )
    department = forms.CharField(
        label=gettext_lazy("Which department is it of?"),
        help_text=gettext_lazy("Rows that name no department get this one."),
        max_length=120,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What stands in it?"), choices=WorkKind.choices, initial=WorkKind.PROJECT, widget=forms.RadioSelect
    )
