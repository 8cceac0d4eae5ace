"""What we ask about a lesson: what happened, what we would do differently, and about which step."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.method.actions.lessons import SomebodyInIt, Told, look_for_people
from buurtdraad.method.queries.lessons import WHOLE
from buurtdraad.method.states import LessonStage

LINES = {"rows": 4}


class LessonForm(forms.Form):
    """A lesson. Where somebody may be recognised it asks to write it anew, and then whether that is certain."""

    area = forms.ChoiceField(label=gettext_lazy("Where did you learn this?"), required=False)
    step_key = forms.ChoiceField(label=gettext_lazy("Which step is it about?"), required=False)
    happened = forms.CharField(
        label=gettext_lazy("What happened?"), max_length=1000, widget=forms.Textarea(attrs=LINES),
        help_text=gettext_lazy("Write no names: a lesson is about the work."),
    )  # fmt: skip
    next_time = forms.CharField(
        label=gettext_lazy("What would we do differently the next time?"), max_length=1000, widget=forms.Textarea(attrs=LINES)
    )
    sure = forms.BooleanField(label=gettext_lazy("I looked again: nobody can be recognised in this."), required=False)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], steps: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("In general")), *areas]  # type: ignore[attr-defined]
        self.fields["step_key"].choices = [("", _("The whole method")), *steps.items()]  # type: ignore[attr-defined]
        self.doubt = self.doubt_about(self.data)
        if not (self.doubt and not self.doubt.certain):
            del self.fields["sure"]

    @staticmethod
    def doubt_about(data: Mapping[str, str]) -> SomebodyInIt | None:
        try:
            look_for_people(Told(data.get("happened", ""), data.get("next_time", "")))
        except SomebodyInIt as refusal:
            return refusal
        return None

    def clean(self) -> dict:
        given = super().clean() or {}
        if self.doubt and not given.get("sure"):
            self.add_error("happened", str(self.doubt))
        return given


class WhyNotForm(forms.Form):
    why = ReasonField(
        label=gettext_lazy("Why do we not take this over?"),
        help_text=gettext_lazy("One or two sentences, for who wrote it down. Write no names."),
        max_length=500,
    )


class FindLessonsForm(forms.Form):
    """Which lessons to see. What does not exist is answered with all."""

    stap = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    stand = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], steps: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: dict[str, Sequence[tuple[str, Any]]] = {
            "stap": [(WHOLE, _("The whole method")), *steps.items()],
            "stand": LessonStage.choices,
            "gebied": areas,
        }
        for name, choices in every.items():
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What was asked and exists, for `queries.lessons.lessons_where`."""
        self.is_valid()
        given = self.cleaned_data
        return {"step": given.get("stap", ""), "stage": given.get("stand", ""), "area": given.get("gebied", "")}
