"""A lesson to share, what the reader says of it, what it becomes, and who sees to a rule."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.agendas.models import Topic
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal
from buurtdraad.lib.dated import day
from buurtdraad.method.models import MethodStep
from buurtdraad.placements.actions.lessons import Told
from buurtdraad.placements.models import SimplerRule
from buurtdraad.placements.rules import FARTHEST_RULE
from buurtdraad.placements.states import RuleStage, Theme
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

COLLEAGUES = [Duty.EMPLOYEE, *STAFF]


def area_field(*, required: bool = False) -> forms.ChoiceField:
    """The places of the city, by name; filled when the form is made (`fill_areas`)."""
    return forms.ChoiceField(label=gettext_lazy("In which neighbourhood?"), required=required)


def fill_areas(field: forms.Field) -> None:
    found = [(each.code, each.name) for each in places.named_inside(places.city_code())]
    field.choices = [("", _("Everywhere")), *found]  # type: ignore[attr-defined]


def area_of(code: str) -> Area | None:
    return Area.objects.filter(code=code).first() if code else None


class LessonForm(forms.Form):
    """A lesson, and which rule must be simpler. `found` says what in the words may be about a person."""

    text = forms.CharField(
        label=gettext_lazy("What did you learn?"),
        help_text=gettext_lazy("Write about our work, not about one person. Leave out names, ages, streets and illnesses."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    theme = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Theme.choices)
    area = area_field()
    rule = forms.CharField(
        label=gettext_lazy("Which rule must be simpler?"),
        help_text=gettext_lazy("A rule, a form or a letter. You can leave this empty."),
        max_length=200,
        required=False,
    )
    proposal = forms.CharField(
        label=gettext_lazy("How can it be simpler?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    looked = forms.BooleanField(
        label=gettext_lazy("I looked at each marked word again: none is about a person."), required=False, widget=forms.HiddenInput
    )
    nobody = forms.BooleanField(
        label=gettext_lazy("Nobody can be recognised in this: no resident, no volunteer, no colleague."),
        error_messages={"required": gettext_lazy("Read your text again. Tick this when nobody can be recognised.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_areas(self.fields["area"])
        words = "\n".join(self.data.get(name, "") for name in ("text", "rule", "proposal")) if self.is_bound else ""
        self.found = personal(words)
        if self.found - NEVER_ON_SITE:
            self.fields["looked"].widget = forms.CheckboxInput()
        else:
            del self.fields["looked"]

    def clean(self) -> dict:
        given = super().clean() or {}
        if self.found & NEVER_ON_SITE:
            self.add_error("text", _("Take out phone numbers, e-mail addresses, account numbers and number plates."))
        if "looked" in self.fields and not given.get("looked"):
            self.add_error("looked", _("Some words may be about a person: they are marked above. Write these otherwise, or tick this."))
        if bool(given.get("rule")) != bool(given.get("proposal")):
            empty = "proposal" if given.get("rule") else "rule"
            self.add_error(empty, _("Fill in both: which rule, and how it can be simpler."))
        return given

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["text"], Theme(given["theme"]), area_of(given["area"]), given["rule"], given["proposal"])


class BackForm(forms.Form):
    """Why a lesson goes back."""

    why = ReasonField(
        label=gettext_lazy("What must be otherwise?"),
        help_text=gettext_lazy("Who wrote it reads this. Say which words may be about a person."),
    )


class WishForm(forms.Form):
    """A lesson as a wish."""

    text = forms.CharField(label=gettext_lazy("What is the wish?"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    area = area_field(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_areas(self.fields["area"])
        self.fields["area"].choices = self.fields["area"].choices[1:]  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    """The topic to which a lesson belongs."""

    topic = forms.ModelChoiceField(
        label=gettext_lazy("Which topic?"), queryset=Topic.objects.none(), empty_label=gettext_lazy("Choose a topic")
    )

    def __init__(self, *args: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        field.queryset = topics  # type: ignore[attr-defined]
        field.label_from_instance = lambda topic: f"{topic.place}: {topic.title}"  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """What to do otherwise at a step of the method."""

    step_key = forms.ChoiceField(label=gettext_lazy("Which step?"), required=False)
    next_time = forms.CharField(label=gettext_lazy("What do we do otherwise?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, steps: Iterable[MethodStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(step.key, f"{step.number}. {step.name}") for step in steps]
        self.fields["step_key"].choices = [("", _("The whole method")), *chosen]  # type: ignore[attr-defined]


class OwnerForm(forms.Form):
    """Who sees to a rule, and by when."""

    owner_name = forms.CharField(
        label=gettext_lazy("Who sees to it?"),
        help_text=gettext_lazy("A department or a function. This stands on the site, so write no name."),
        max_length=150,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the colleague"),
        help_text=gettext_lazy("They get a message, and can say what came of it. You can leave this empty."),
        required=False,
    )
    due_on = day(label=gettext_lazy("When is it simpler?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner: Person | None = None

    def clean(self) -> dict:
        given = super().clean() or {}
        today = timezone.localdate()
        name = given.get("owner_name", "")
        if personal(name) or Person.objects.filter(name__iexact=name.strip()).exists():
            self.add_error("owner_name", _("This may be the name of a person. Write a department or a function: everybody can read it."))
        if given.get("due_on") and given["due_on"] < today:
            self.add_error("due_on", _("Choose a day that is still to come."))
        if given.get("due_on") and given["due_on"] > today + FARTHEST_RULE:
            self.add_error("due_on", _("Choose a day within two years from now."))
        if given.get("email"):
            works_here = DutyHeld.objects.on(today).filter(duty__in=COLLEAGUES).values("person")
            self.owner = Person.objects.filter(email=given["email"].lower(), pk__in=works_here).first()
            if self.owner is None:
                self.add_error("email", _("Nobody who works here has this address. You can leave it empty."))
        return given


class RuleForm(forms.Form):
    """What came of a rule."""

    stage = forms.ChoiceField(label=gettext_lazy("How does it stand?"), widget=forms.RadioSelect)
    what_came = forms.CharField(
        label=gettext_lazy("What is different now, or why will it not happen?"),
        help_text=gettext_lazy("This stands on the site. Write it for people who use the rule, and name nobody."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rule: SimplerRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [RuleStage.NOT_DONE] if rule.stage == RuleStage.OPEN else [RuleStage.DONE, RuleStage.NOT_DONE]
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]
