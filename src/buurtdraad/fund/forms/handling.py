"""What who handles an application fills in: the day on which it was complete, another desk, a colleague, a note, an interest."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import WrongDoor
from buurtdraad.fund.states import Interest
from buurtdraad.lib.dated import DaysForm, day

ROWS = forms.Textarea(attrs={"rows": 4})
# A desk that stands in no list.
OTHER = "other"


class CompleteForm(DaysForm):
    """From which day everything is there."""

    on = day(
        label=gettext_lazy("On which day was everything there?"),
        initial=timezone.localdate,
        help_text=gettext_lazy("This day decides who comes first when the money runs out."),
    )


class ReferForm(forms.Form):
    """Which desk takes it up: one that the scheme knows, or in words."""

    desk = forms.ChoiceField(label=gettext_lazy("Which desk takes it up?"), widget=forms.RadioSelect)
    other = forms.CharField(label=gettext_lazy("Another desk: which, and how do people reach it?"), max_length=200, required=False)

    def __init__(self, *args: Any, doors: list[WrongDoor], **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(door.key, f"{door.label}: {door.goes_to}") for door in doors]
        self.fields["desk"].choices = [*known, (OTHER, _("Another desk"))]  # type: ignore[attr-defined]
        self.doors = {door.key: door for door in doors}
        if not doors:
            self.fields["desk"].initial = OTHER

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("desk") == OTHER and not given.get("other"):
            self.add_error("other", _("Write which desk takes it up."))
        return given

    @property
    def to(self) -> str:
        desk = self.cleaned_data["desk"]
        if desk == OTHER:
            return self.cleaned_data["other"]
        door = self.doors[desk]
        return ", ".join(part for part in (door.goes_to, door.phone, door.url) if part)[:200]


class NoteForm(forms.Form):
    """For colleagues."""

    text = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who asks for the money may ask to read it. Write only what helps to decide."),
    )


class InterestForm(forms.Form):
    """Whether somebody has something to do with it."""

    says = forms.ChoiceField(
        label=gettext_lazy("Do you have something to do with this request?"), choices=Interest.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("Do you want to explain it?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("You do not have to say why."),
    )


class ColleagueForm(forms.Form):
    """Which colleague."""

    colleague = forms.ChoiceField(label=gettext_lazy("Which colleague?"))

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.uuid): person for person in people}
        choices = [(uuid, str(person)) for uuid, person in self.people.items()]
        self.fields["colleague"].choices = [("", _("Choose a colleague")), *choices]  # type: ignore[attr-defined]

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["colleague"]]


class AdviceAskedForm(ColleagueForm):
    """Which colleague, and for which department they speak."""

    department = forms.CharField(label=gettext_lazy("For which department?"), max_length=100, required=False)


class AdviceForm(forms.Form):
    """What somebody thinks of a plan."""

    positive = forms.TypedChoiceField(
        label=gettext_lazy("What is your advice?"),
        choices=[("1", gettext_lazy("Do it")), ("0", gettext_lazy("Better not"))],
        coerce=lambda said: said == "1",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=gettext_lazy("Why?"), max_length=3000, widget=ROWS)
