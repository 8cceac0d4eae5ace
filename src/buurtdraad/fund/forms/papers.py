"""A document that goes with an application."""

from django import forms
from django.utils.translation import gettext_lazy

from buurtdraad.fund.states import DocumentKind
from buurtdraad.lib.uploads.fields import PaperField


class DocumentForm(forms.Form):
    """Which document, and the file."""

    document_kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[("", gettext_lazy("Choose")), *DocumentKind.choices],
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )
    document = PaperField(
        label=gettext_lazy("Which file?"), help_text=gettext_lazy("PDF, Word, Excel or OpenDocument, or a photo of the paper.")
    )

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind(self.cleaned_data["document_kind"])
