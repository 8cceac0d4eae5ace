"""What we ask staff about a run."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.method import rules
from buurtdraad.method.models import MethodStep, Run, RunPartner, RunStep
from buurtdraad.method.queries.runs import present_steps, state_of
from buurtdraad.partners.models import Organisation

LINES = {"rows": 3}
type Choices = list[tuple[str, Any]]


class DayForm(forms.Form):
    """Days within reason."""

    def clean(self) -> dict:
        given = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and (value := given.get(name)) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Choose a day in this century."))
        return given


class StartForm(DayForm):
    """Where, like which run, and from when. Asked by GET, so that the proposal can be seen before anything is made."""

    gebied = forms.ChoiceField(label=gettext_lazy("In which area?"))
    zoals = forms.ChoiceField(
        label=gettext_lazy("Like which area?"),
        required=False,
        help_text=gettext_lazy("The steps are those of that area, and partners are proposed. Lessons of both show at both."),
    )
    vanaf = day(label=gettext_lazy("From which day?"), initial=timezone.localdate)

    def __init__(self, *args: Any, places: Choices, likes: Sequence[Run], taken: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.likes = {str(run.uuid): run for run in likes}
        where = self.fields["gebied"]
        where.choices = [("", _("Choose an area")), *without(places, taken)]  # type: ignore[attr-defined]
        if self.data.get("gebied") in taken:
            where.error_messages["invalid_choice"] = _("In this area a run is under way already.")
        runs = [(uuid, like_in_words(run)) for uuid, run in self.likes.items()]
        self.fields["zoals"].choices = [("", _("Like no other area: the method in use")), *runs]  # type: ignore[attr-defined]

    def clean_vanaf(self) -> datetime.date:
        day, today = self.cleaned_data["vanaf"], timezone.localdate()
        if not today - rules.STARTED_BEFORE <= day <= today + rules.STARTS_WITHIN:
            raise forms.ValidationError(_("Choose a day of the past year or of the next three months."))
        return day

    def like(self) -> Run | None:
        return self.likes.get(self.cleaned_data["zoals"])


def without(groups: Choices, taken: Collection[str]) -> Choices:
    """Groups of areas without these; a group that is then empty goes."""
    left = [(title, [row for row in rows if row[0] not in taken]) for title, rows in groups]
    return [group for group in left if group[1]]


def like_in_words(run: Run) -> str:
    """A run of `runs_to_be_like`: its place and how far it is."""
    place, state = run.place or run.area.code, state_of(run)  # type: ignore[attr-defined]
    if run.ended_on:
        return _("%(place)s (ended on %(day)s)") % {"place": place, "day": date_format(run.ended_on, "j F Y")}
    if state.now is None:
        return str(place)
    return _("%(place)s (step %(number)d: %(step)s)") % {"place": place, "number": state.number, "step": state.now.step.name}


class WhyForm(forms.Form):
    """Only why."""

    why = ReasonField()


class PassOverForm(forms.Form):
    """Why one goes on without it."""

    why = ReasonField(label=gettext_lazy("Why do you go on without it?"))


class StepChoice(forms.ModelChoiceField):
    """A step of the method, or none."""

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {
            "label": gettext_lazy("About which step?"),
            "queryset": MethodStep.objects.none(),
            "required": False,
            "empty_label": gettext_lazy("About the whole"),
        }
        super().__init__(**(given | options))


class OfStepForm(DayForm):
    """Something about a step of this run, or about the whole."""

    step = StepChoice()

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = MethodStep.objects.filter(version=run.version_id)  # type: ignore[attr-defined]


class DecideForm(OfStepForm):
    """A decision."""

    what = forms.CharField(label=gettext_lazy("What was decided?"), max_length=500, widget=forms.Textarea(attrs=LINES))
    decided_by = forms.CharField(
        label=gettext_lazy("By which group or function?"),
        max_length=150,
        help_text=gettext_lazy("For example: the steering group. No names of people: everybody can read this."),
    )
    on = day(label=gettext_lazy("When?"), initial=timezone.localdate)
    field_order = ("what", "decided_by", "on", "step")

    def clean_on(self) -> datetime.date:
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Write the decision down when it was made."))
        return self.cleaned_data["on"]


class DeviateForm(OfStepForm):
    """What is done otherwise, and why."""

    what = forms.CharField(label=gettext_lazy("What do we do differently here?"), max_length=300, widget=forms.Textarea(attrs=LINES))
    why = ReasonField(
        label=gettext_lazy("Why?"), max_length=500, help_text=gettext_lazy("Everybody can read this. Do not write names of residents here.")
    )
    field_order = ("what", "why", "step")


class DifferentlyForm(forms.Form):
    """Two sentences for residents; both or neither."""

    differently = forms.CharField(
        label=gettext_lazy("What do we do differently here? One sentence for residents."), max_length=300, required=False
    )
    because = forms.CharField(label=gettext_lazy("Why? One sentence for residents."), max_length=300, required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        for name, other in (("because", "differently"), ("differently", "because")):
            if given.get(other) and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Fill in both sentences, or neither."))
        return given


class RiskForm(forms.Form):
    """What can go wrong."""

    what = forms.CharField(label=gettext_lazy("What can go wrong?"), max_length=300, widget=forms.Textarea(attrs=LINES))
    we_do = forms.CharField(label=gettext_lazy("What do we do about it?"), max_length=500, widget=forms.Textarea(attrs=LINES))


class PartnersForm(forms.Form):
    """Who takes part, who was proposed and is still to be asked."""

    take_part = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who takes part?"), queryset=Organisation.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    proposed = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Whom do we still ask?"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: Any, partners: Sequence[RunPartner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, takes_part in (("take_part", True), ("proposed", False)):
            self.initial[name] = [one.organisation.whole.pk for one in partners if one.takes_part == takes_part]
        for name in ("take_part", "proposed"):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Somebody of the staff."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who?"), queryset=Person.objects.none(), empty_label=gettext_lazy("Choose a colleague")
    )
    role = forms.CharField(label=gettext_lazy("As what?"), max_length=100, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class MeetingChoice(forms.ModelChoiceField):
    """A meeting with its day."""

    def label_from_instance(self, meeting: Any) -> str:
        return f"{date_format(timezone.localdate(meeting.starts_at), 'j F Y')}: {meeting.title}"


class MeetingForm(forms.Form):
    """Which meeting belongs to which step."""

    step = forms.ModelChoiceField(
        label=gettext_lazy("To which step does it belong?"), queryset=RunStep.objects.none(), empty_label=gettext_lazy("Choose a step")
    )
    meeting = MeetingChoice(
        label=gettext_lazy("Which meeting?"), queryset=Meeting.objects.none(), empty_label=gettext_lazy("Choose a meeting")
    )

    def __init__(self, *args: Any, run: Run, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = present_steps().filter(run=run)  # type: ignore[attr-defined]
        self.fields["step"].label_from_instance = lambda one: one.step.name  # type: ignore[attr-defined]
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class PlanForm(DayForm):
    """A date for each step that is still to come, not before the run began."""

    def __init__(self, *args: Any, begins_on: datetime.date, steps: Sequence[RunStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begins_on = begins_on
        for one in steps:
            self.fields[f"step{one.pk}"] = day(label=one.step.name, required=False, initial=one.planned_on)

    def clean(self) -> dict:
        given = super().clean()
        for name, value in list(given.items()):
            if value and value < self.begins_on:
                self.add_error(name, _("The run began later than this day."))
        return given

    def days(self) -> dict[int, Any]:
        return {int(name.removeprefix("step")): value for name, value in self.cleaned_data.items()}
