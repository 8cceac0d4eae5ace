"""Questions to the applicant and their answers; hearing them; more time; a notice that we are late."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.fund.models import SchemeRules
from buurtdraad.fund.rules import DAY, rolled
from buurtdraad.fund.states import DocumentKind
from buurtdraad.lib.dated import DaysForm, day
from buurtdraad.lib.uploads.fields import PaperField

LONG = forms.Textarea(attrs={"rows": 8})
EXTEND, AGREE = "extend", "agree"


def later(days: int, today: datetime.date) -> datetime.date:
    """So many days on; a weekend or holiday moves it."""
    return rolled(today + days * DAY)


class ComingDayForm(DaysForm):
    """A last day that still has to come."""

    last = ""

    def clean(self) -> dict:
        given = super().clean() or {}
        if (value := given.get(self.last)) and value <= timezone.localdate():
            self.add_error(self.last, _("Choose a day after today."))
        return given


class QuestionForm(ComingDayForm):
    """What we ask, and until when they can answer."""

    last = "answer_by"
    text = forms.CharField(
        label=gettext_lazy("What do you ask?"),
        max_length=3000,
        widget=LONG,
        help_text=gettext_lazy("Say in plain words what is missing, and how they can send it. They get this text."),
    )
    answer_by = day(label=gettext_lazy("What is the last day to answer?"))

    def __init__(self, *args: Any, rules: SchemeRules, text: str = "", **options: Any) -> None:
        initial = {"text": text, "answer_by": later(rules.answer_days, timezone.localdate())}
        super().__init__(*args, **(options | {"initial": initial}))


class WithDocumentForm(forms.Form):
    """A document that goes with an answer, or none."""

    document_kind = forms.ChoiceField(
        label=gettext_lazy("Do you send a document along? What is it?"),
        choices=[("", gettext_lazy("No document")), *DocumentKind.choices],
        required=False,
    )
    document = PaperField(
        label=gettext_lazy("Which file?"),
        required=False,
        help_text=gettext_lazy("PDF, Word, Excel or OpenDocument, or a photo of the paper."),
    )

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("document_kind") and not given.get("document") and "document" not in self.errors:
            self.add_error("document", _("Choose a file."))
        return given

    @property
    def document_facts(self) -> dict | None:
        """What the action wants to know of the document; None without one."""
        if not self.cleaned_data.get("document"):
            return None
        document, name = self.cleaned_data["document"]
        return {"document": document, "name": name, "kind": DocumentKind(self.cleaned_data["document_kind"] or DocumentKind.OTHER)}


class AnswerForm(WithDocumentForm):
    """The answer of who asks for the money."""

    field_order = ("text", "document_kind", "document")

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=5000,
        widget=LONG,
        help_text=gettext_lazy("Write it in your own words. Mistakes in the language do not matter."),
    )


class AnswerNotedForm(WithDocumentForm):
    """An answer that came by phone, on paper or at the desk."""

    field_order = ("text", "on", "document_kind", "document")

    text = forms.CharField(label=gettext_lazy("What did they answer?"), max_length=5000, widget=LONG)
    on = day(label=gettext_lazy("On which day did it come?"), initial=timezone.localdate)

    def __init__(self, *args: Any, asked_on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked_on = asked_on

    def clean(self) -> dict:
        given = super().clean() or {}
        if (value := given.get("on")) and not self.asked_on <= value <= timezone.localdate():
            self.add_error("on", _("Choose a day between the question and today."))
        return given


class HearingForm(ComingDayForm):
    """What we think of doing, and until when they can react."""

    last = "give_by"
    about = forms.CharField(
        label=gettext_lazy("What do you think of deciding, and why?"),
        max_length=3000,
        widget=LONG,
        help_text=gettext_lazy("Name the facts that you go by. They get this text."),
    )
    give_by = day(label=gettext_lazy("What is the last day to react?"))

    def __init__(self, *args: Any, rules: SchemeRules, **options: Any) -> None:
        super().__init__(*args, **(options | {"initial": {"give_by": later(rules.answer_days, timezone.localdate())}}))


class ReactionForm(forms.Form):
    """The reaction of who asks for the money."""

    words = forms.CharField(
        label=gettext_lazy("Your reaction"),
        max_length=5000,
        widget=LONG,
        help_text=gettext_lazy("Write it in your own words. Mistakes in the language do not matter."),
    )


class ReactionNotedForm(forms.Form):
    """A reaction that somebody told or wrote to us."""

    words = forms.CharField(label=gettext_lazy("What did they say?"), max_length=5000, widget=LONG)
    orally = forms.BooleanField(label=gettext_lazy("They said it, by phone or in a talk"), required=False, initial=True)


class MoreTimeForm(forms.Form):
    """Extra weeks of the rules, or days that were agreed."""

    how = forms.ChoiceField(label=gettext_lazy("Why can there be more time?"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=gettext_lazy("How many days were agreed?"), min_value=1, max_value=365, required=False,
        help_text=gettext_lazy("Only when they agreed in writing."),
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("Why does it take longer?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They get this text."),
    )

    def __init__(self, *args: Any, rules: SchemeRules, extended: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        ways = [(AGREE, _("Who asks for the money agreed to more time"))]
        if rules.extension_weeks and not extended:
            ways.insert(0, (EXTEND, _("The rules give %(weeks)s weeks more, once") % {"weeks": rules.extension_weeks}))
        self.fields["how"].choices = ways  # type: ignore[attr-defined]
        self.fields["how"].initial = ways[0][0]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("how") == AGREE and not given.get("days"):
            self.add_error("days", _("Write how many days."))
        return given


class DefaultNoticeForm(DaysForm):
    """A letter of the applicant that we are late."""

    received_on = day(label=gettext_lazy("On which day did the letter come?"), initial=timezone.localdate)
    words = forms.CharField(label=gettext_lazy("What does it say, in short?"), max_length=500, required=False)


class RejectForm(forms.Form):
    """Why no penalty runs."""

    why = forms.CharField(
        label=gettext_lazy("Why do we not owe money?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They get this text."),
    )
