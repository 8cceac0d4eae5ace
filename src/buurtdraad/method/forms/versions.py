"""What is asked of who writes the method: a version, a step, what must be there, a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.lib.uploads.fields import DocumentField
from buurtdraad.method.states import Measure
from buurtdraad.partners.models import Kind

MOST_WEEKS = 520
PER_CENT = (Measure.WISHES_ANSWERED,)


class LinesField(forms.CharField):
    """A text of some lines, as it is kept: a browser sends other line ends."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def weeks(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_WEEKS)


def what_is_new(**options: Any) -> LinesField:
    return LinesField(label=gettext_lazy("What is new in this version?"), max_length=2000, rows=4, **options)


class VersionForm(forms.Form):
    """What a version is called, and what it is for."""

    name = NameField(label=gettext_lazy("What do we call our way of working?"), max_length=120)
    text = LinesField(
        label=gettext_lazy("What is it for?"), help_text=gettext_lazy("In plain words. It stands on the site."),
        max_length=2000, rows=4, required=False,
    )  # fmt: skip
    what_is_new = what_is_new(required=False, help_text=gettext_lazy("You can also write this later, when it comes into use."))


class InUseForm(forms.Form):
    """The last look before a version comes into use; of the first one nothing is new."""

    what_is_new = what_is_new(help_text=gettext_lazy("Who works with it reads this first. It stands on the site."))

    def __init__(self, *args: Any, first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if first:
            del self.fields["what_is_new"]


class StepForm(forms.Form):
    """One step."""

    name = NameField(label=gettext_lazy("What is the step called?"), max_length=80)
    purpose = LinesField(label=gettext_lazy("What is the step for?"), max_length=1000)
    for_residents = forms.CharField(
        label=gettext_lazy("What can a resident do in this step?"), max_length=300, required=False,
        help_text=gettext_lazy("One or two short sentences. They stand on the page of the neighbourhood."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    duties = forms.MultipleChoiceField(
        label=gettext_lazy("Who does it?"), choices=Duty.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which organisations help?"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    weeks_least = weeks(gettext_lazy("How many weeks does it take at least?"))
    weeks_most = weeks(gettext_lazy("How many weeks does it take at most?"))
    questions = LinesField(
        label=gettext_lazy("Which questions do we ask each other?"), help_text=gettext_lazy("One on each line."),
        max_length=2000, rows=4, required=False,
    )  # fmt: skip
    examples = LinesField(
        label=gettext_lazy("Examples"), help_text=gettext_lazy("One on each line. Name nobody: they stand on the site."),
        max_length=2000, rows=4, required=False,
    )  # fmt: skip

    def clean(self) -> dict:
        given = super().clean() or {}
        least, most = given.get("weeks_least"), given.get("weeks_most")
        if least is not None and most is not None and most < least:
            self.add_error("weeks_most", _("The most cannot be less than the least."))
        return given


class ChangeStepForm(StepForm):
    """The same, with what it said when somebody began to write (`actions.versions.seen`)."""

    seen_then = forms.CharField(widget=forms.HiddenInput, required=False)


class CheckForm(forms.Form):
    """What must be there to go on."""

    text = NameField(
        label=gettext_lazy("What must be there?"), max_length=200, help_text=gettext_lazy("Such as: residents recognise the picture.")
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Who answers it?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The website can count for you. Then choose what it counts."),
    )
    at_least = forms.IntegerField(
        label=gettext_lazy("How many at least?"), help_text=gettext_lazy("Only if the website counts."),
        required=False, min_value=1, max_value=100_000,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        counted = [(one.value, _("The website counts: %(what)s") % {"what": one.label}) for one in Measure]
        self.fields["measure"].choices = [("", _("Who carries out the step looks and answers")), *counted]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Without a full stop: it stands in sentences too."""
        return self.cleaned_data["text"].rstrip(".")

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("measure"):
            given["at_least"] = None
        elif given.get("at_least") is None and "at_least" not in self.errors:
            self.add_error("at_least", _("Say from which number on it is enough."))
        elif given["measure"] in PER_CENT and (given.get("at_least") or 0) > 100:
            self.add_error("at_least", _("More than 100 per cent is not possible."))
        return given


class TemplateForm(forms.Form):
    """A document to begin with."""

    title = NameField(label=gettext_lazy("What is it?"), max_length=120, help_text=gettext_lazy("Such as: letter to invite residents."))
    document = DocumentField(label=gettext_lazy("Which document?"), help_text=gettext_lazy("PDF, Word, Excel or OpenDocument."))

    def facts(self) -> dict:
        document, name = self.cleaned_data["document"]
        return {"title": self.cleaned_data["title"], "document": document, "name": name}
