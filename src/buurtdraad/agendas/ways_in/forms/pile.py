"""One answer sheet of a pile, and how many sheets to print."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.ways_in.actions.contacts import HearBack
from buurtdraad.agendas.ways_in.actions.pile import Sheet
from buurtdraad.agendas.ways_in.forms.hearing import AreaForm, cleaned_phone
from buurtdraad.agendas.ways_in.rules import NotASheet, sheet_number
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Kind, Theme
from buurtdraad.messages.states import Way

MOST_SHEETS = 100


class SheetForm(AreaForm):
    """One sheet. The area, the theme and where the pile comes from stay for the next one."""

    sitting = forms.UUIDField(widget=forms.HiddenInput)
    mark = forms.CharField(widget=forms.HiddenInput, max_length=60)
    number = forms.CharField(
        label=gettext_lazy("Number of the sheet"),
        help_text=gettext_lazy("At the top of the sheet, such as ABCD-EFGH. Leave empty for other paper."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label=gettext_lazy("What does it say?"),
        help_text=gettext_lazy("Enter keeps the sheet. Shift with Enter begins a new line."),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4, "data-enter-sends": ""}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Kind.choices, initial=Kind.WISH)
    theme = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Theme.choices, initial=Theme.OTHER)
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("Only if it is on the sheet: then we call with the answer."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label=gettext_lazy("Where does the pile come from?"),
        help_text=gettext_lazy("For example: evening in De Uithoek, 12 November."),
        max_length=150,
        required=False,
    )
    field_order = ("number", "text", "area", "theme", "kind", "name", "phone", "about")

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        try:
            return sheet_number(typed) if typed.strip() else ""
        except NotASheet:
            raise forms.ValidationError(_("No sheet has this number. Look again: it has 8 letters and digits.")) from None

    def clean_phone(self) -> str:
        return cleaned_phone(self.cleaned_data["phone"])

    @property
    def sheet(self) -> Sheet:
        given = self.cleaned_data
        way = Way.CALL if given["phone"] else Way.BOARD if given["name"] else Way.NONE
        hears = HearBack(way, given["name"], given["phone"])
        return Sheet(given["text"], given["area"], Kind(given["kind"]), Theme(given["theme"]), hears, given["number"])


class PrintForm(AreaForm):
    """Answer sheets to print, each with a number of its own."""

    number = forms.IntegerField(label=gettext_lazy("How many sheets?"), min_value=1, max_value=MOST_SHEETS, initial=20)
    language = forms.ChoiceField(label=gettext_lazy("In which language?"), choices=[("nl", "Nederlands"), ("en", "English")], initial="nl")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].required = False
        self.fields["area"].choices = [("", _("No neighbourhood on it")), *self.fields["area"].choices[1:]]  # type: ignore[attr-defined]
