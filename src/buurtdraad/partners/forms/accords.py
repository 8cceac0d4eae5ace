"""What is asked of an agreement between partners, of who signs it, and of its end."""

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.lib.dated import FIRST_DAY, day
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.fields import DocumentField
from buurtdraad.lib.uploads.refusals import NoDocument
from buurtdraad.partners.actions import AccordText
from buurtdraad.partners.forms.areas import AreasForm
from buurtdraad.partners.models import AccordVersion, Organisation
from buurtdraad.partners.queries.accords import codes_of
from buurtdraad.partners.states import Binding


def long_text(most: int, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def reason(**options: Any) -> forms.CharField:
    return long_text(500, 3, help_text=gettext_lazy("Everybody can read this. Write in plain words, and name nobody."), **options)


class PastDayForm(forms.Form):
    """Days that have come: what is still to happen is not written down as done."""

    def clean(self) -> dict:
        given = super().clean() or {}
        for name, value in list(given.items()):
            if not isinstance(value, datetime.date):
                continue
            if value > timezone.localdate():
                self.add_error(name, _("Choose today or a day before."))
            elif value < FIRST_DAY:
                first = date_format(FIRST_DAY, "j F Y")
                self.add_error(name, _("This day is too long ago. Choose %(day)s or a later day.") % {"day": first})
        return given


class AccordForm(AreasForm):
    """The text of a draft and where it counts. Areas beyond the reach of who asks stay as they are."""

    title = NameField(label=gettext_lazy("What is the agreement called?"))
    goal = long_text(2000, 4, label=gettext_lazy("What do you want to reach together?"))
    principles = long_text(
        3000, 6, label=gettext_lazy("How do you work together?"), required=False, help_text=gettext_lazy("One principle on each line.")
    )
    binding = forms.ChoiceField(
        label=gettext_lazy("What does who signs promise?"), choices=Binding.choices, widget=forms.RadioSelect, initial=Binding.EFFORT
    )
    text = long_text(
        20_000, 12, label=gettext_lazy("The whole text"), required=False, help_text=gettext_lazy("Where it is not only in the PDF.")
    )

    def __init__(self, *args: Any, reach: Reach, draft: AccordVersion | None = None, **options: Any) -> None:
        super().__init__(*args, reach=reach, had=codes_of(draft.accord) if draft else set(), **options)

    def clean(self) -> dict:
        given = super().clean()
        if not given["areas"] and self.reach.everywhere:
            self.add_error(None, _("Choose at least one area."))
        return given

    def words(self) -> AccordText:
        given = self.cleaned_data
        return AccordText(given["title"], given["goal"], given["principles"], given["binding"], given["text"])


class SignForm(PastDayForm):
    """Which partner takes part, since when, and who signed for it."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Which partner?"),
        queryset=Organisation.objects.none(),
        to_field_name="uuid",
        empty_label=gettext_lazy("Choose an organisation"),
    )
    on = day(label=gettext_lazy("Signed on which day?"), initial=timezone.localdate)
    signed_by = NameField(
        label=gettext_lazy("Who signed?"),
        required=False,
        help_text=gettext_lazy("Name and what they do there. Only who works here sees it, until a year after the end."),
    )

    def __init__(self, *args: Any, but: set[int] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        there = Organisation.objects.wholes().not_over(timezone.localdate()).exclude(pk__in=but or set())
        self.fields["organisation"].queryset = there  # type: ignore[attr-defined]


class SignatureForm(SignForm):
    """What was written down of who signed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["organisation"]


class InForceForm(PastDayForm):
    """Since when a draft counts."""

    on = day(label=gettext_lazy("Since which day does it count?"), initial=timezone.localdate)


class LeaveForm(PastDayForm):
    """That a party leaves, or that an accord ends: the last day, and why."""

    on = day(label=gettext_lazy("Last day"), initial=timezone.localdate)
    why = reason(label=gettext_lazy("Why?"))


class PdfField(DocumentField):
    """A document that is a PDF; what is another kind, or none, is told so in the same words."""

    accept = ".pdf"

    def examine(self, file: UploadedFile) -> tuple[CheckedDocument, str]:
        try:
            document, name = super().examine(file)
        except NoDocument:
            raise forms.ValidationError(_("Choose a PDF.")) from None
        if document.kind != "pdf":
            raise forms.ValidationError(_("Choose a PDF."))
        return document, name


class PaperForm(forms.Form):
    """The signed text as a PDF."""

    paper = PdfField(label=gettext_lazy("Which PDF?"))
    on_site = forms.BooleanField(
        label=gettext_lazy("Everybody may read this PDF"),
        required=False,
        help_text=gettext_lazy("Only if no name and no signature of a person is in it."),
    )
