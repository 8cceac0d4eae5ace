"""What we ask who works with wishes: what everybody reads, an answer, a step, which wish it belongs to, what an area chooses."""

import datetime
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.agendas.wishes.forms.noting import new_mark
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.references import as_reference
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import MOVES, TOLD_WHY, Kind, Stage, Theme


class WordsForm(forms.Form):
    """What everybody reads of a wish."""

    text = forms.CharField(
        label=gettext_lazy("What everybody reads"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The own words of who gave it are kept."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Kind.choices)
    theme = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Theme.choices)
    area = forms.ChoiceField(label=gettext_lazy("Where is it?"))

    def __init__(self, *args: Any, areas: list[tuple[str, str]], wish: Wish, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"text": wish.text, "kind": wish.kind, "theme": wish.theme, "area": wish.area.code}
        here = [(wish.area.code, getattr(wish, "place", "") or wish.area.code)]
        self.fields["area"].choices = areas if wish.area.code in dict(areas) else here + areas  # type: ignore[attr-defined]


class KeepForm(forms.Form):
    """Why a wish does not stand on the site."""

    why = ReasonField(label=gettext_lazy("Why not?"))


class SplitForm(forms.Form):
    """A wish that says two things, as two texts."""

    text = forms.CharField(label=gettext_lazy("What stays in this wish"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3}))
    part_text = forms.CharField(
        label=gettext_lazy("What becomes a wish of its own"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
    part_theme = forms.ChoiceField(label=gettext_lazy("What is the new wish about?"), choices=Theme.choices)


class ForManyForm(forms.Form):
    """The base of a deed for one or many wishes."""

    def __init__(self, *args: Any, wishes: Collection[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wishes = wishes

    def refuse_those_that_cannot(self, stage: str) -> None:
        """Name the wishes that cannot go to this step."""
        wrong = [wish.reference for wish in self.wishes if stage and stage != wish.stage and stage not in MOVES[wish.stage]]
        if wrong:
            said = _("This step is not possible from where it is now: %(wishes)s. Choose another step, or leave these out.")
            self.add_error("stage", said % {"wishes": ", ".join(wrong)})


class AnswerForm(ForManyForm):
    """One answer to all who gave these wishes. `mark`: sent twice, it is one answer."""

    mark = forms.UUIDField(widget=forms.HiddenInput, initial=new_mark)
    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Everybody reads their own wish above it. Write short sentences."),
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("The step from now on"), required=False, choices=[("", gettext_lazy("Leave as it is")), *Stage.choices[1:]]
    )
    why_late = ReasonField(
        required=False, label=gettext_lazy("Why did it take longer?"), max_length=200,
        help_text=gettext_lazy("One sentence is enough. Only colleagues read it. Do not write names of residents here."),
    )  # fmt: skip

    def __init__(self, *args: Any, wishes: Collection[Wish], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, wishes=wishes, **kwargs)
        if not any(wish.answered_at is None and wish.answer_by < today for wish in wishes):
            del self.fields["why_late"]

    def clean(self) -> None:
        self.refuse_those_that_cannot(self.cleaned_data.get("stage") or "")


class StepForm(ForManyForm):
    """Another step, with the reason; who hears no or later gets an answer instead."""

    stage = forms.ChoiceField(
        label=gettext_lazy("The step from now on"), choices=[choice for choice in Stage.choices[1:] if choice[0] not in TOLD_WHY]
    )
    why = ReasonField(help_text=gettext_lazy("This is on the page of the wish. Do not write names of residents here."))

    def clean(self) -> None:
        self.refuse_those_that_cannot(self.cleaned_data.get("stage") or "")


class JoinForm(forms.Form):
    """In which wish these live on."""

    into = forms.CharField(
        label=gettext_lazy("To which wish?"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=gettext_lazy("Type its number, such as ZO-42."),
    )
    why = ReasonField(required=False, label=gettext_lazy("Do you want to say why?"))

    def clean_into(self) -> str:
        typed = self.cleaned_data["into"].strip()
        return as_reference(typed) or typed.upper()


class ChoicesForm(forms.Form):
    """What holds for the wishes of an area."""

    answer_within = forms.IntegerField(
        label=gettext_lazy("Within how many days does everybody get an answer?"),
        min_value=1,
        max_value=365,
        help_text=gettext_lazy("It is on the page where people give a wish. Wishes that are there keep their day."),
    )
    read_first = forms.TypedChoiceField(
        label=gettext_lazy("When do you read a wish?"),
        choices=[
            ("yes", gettext_lazy("Before it is on the site")),
            ("no", gettext_lazy("After it is on the site. A text about a person always waits.")),
        ],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    comments = forms.TypedChoiceField(
        label=gettext_lazy("May everybody react below a wish?"),
        choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes. You read each reaction first."))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
