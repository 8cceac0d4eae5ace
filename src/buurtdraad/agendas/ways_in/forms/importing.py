"""A table of wishes: a file, or what somebody pastes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.ways_in.forms.hearing import AreaForm
from buurtdraad.lib.tables.fields import TableField
from buurtdraad.lib.tables.reading import MOST_BYTES


class WishTableField(TableField):
    """Also what other platforms give."""

    accept = ".csv,.tsv,.txt,.json,.xlsx,text/csv,application/json"


class ImportForm(AreaForm):
    """Which table, and where the wishes are that name no area."""

    file = WishTableField(
        label=gettext_lazy("Which file?"),
        help_text=gettext_lazy("CSV, Excel (xlsx) or JSON. It may have 10,000 rows and be 2 MB at most."),
        required=False,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste the table here"),
        help_text=gettext_lazy("Select it in Word or Excel with its headings, and copy it."),
        max_length=MOST_BYTES,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = forms.ChoiceField(label=gettext_lazy("Where are wishes that name no neighbourhood?"), required=False)
    field_order = ("file", "pasted", "area")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Do not take those in")), *self.fields["area"].choices[1:]]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("file") and not (given.get("pasted") or "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or paste a table."))
        return given

    @property
    def content(self) -> bytes:
        return self.cleaned_data["file"] or self.cleaned_data["pasted"].encode("utf-8", "replace")
