"""What is asked of the makers of a plan: other words, why it is taken back, joining and splitting, and who likes it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.forms.giving import Words
from buurtdraad.budgets.forms.proposing import FactsForm
from buurtdraad.budgets.models import BudgetPlan
from buurtdraad.lib.spam import AnonymousForm

MOST_PARTS = 6


class ChangeForm(FactsForm):
    """Its words and facts; the budget that it is in stays."""

    def __init__(self, *args: Any, plan: BudgetPlan, **options: Any) -> None:
        super().__init__(*args, about=plan.round, **options)
        self.fields.pop("part", None)
        self.plan = plan

    def clean(self) -> dict:
        given = super().clean()
        given.pop("part")
        if "area" not in self.fields:
            given["area"] = self.plan.area
        return given


def words_of(plan: BudgetPlan) -> dict[str, Any]:
    """What stands in the form at first."""
    names = ("title", "summary", "story", "place", "theme", "cost", "cost_words")
    return {name: getattr(plan, name) for name in names} | {"area": plan.area.code}


class WhyForm(forms.Form):
    """Why, in a few words that everybody reads."""

    why = Words(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("A few words are enough. Everybody can read them."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say in a few words why it does not go on.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class JoinForm(forms.Form):
    """With which plans it goes on, and under which name."""

    plans = forms.MultipleChoiceField(
        label=gettext_lazy("With which plans?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one other plan.")},
    )
    title = forms.CharField(label=gettext_lazy("What do you call the plan together?"), max_length=120)
    words = Words(
        label=gettext_lazy("What is it, and why together?"),
        help_text=gettext_lazy("In one or two sentences. The makers read it, and it stands with the new plan."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, others: Sequence[BudgetPlan], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {str(plan.pk): plan for plan in others}
        self.fields["plans"].choices = [(key, f"{plan.number}. {plan.title}") for key, plan in self.others.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[BudgetPlan]:
        return [self.others[key] for key in self.cleaned_data["plans"]]


class SplitForm(forms.Form):
    """Under which names its parts go on."""

    titles = Words(
        label=gettext_lazy("What are the parts called?"),
        help_text=gettext_lazy("Each on a line of its own, two to six."),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words = Words(label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_titles(self) -> list[str]:
        titles = [line for each in self.cleaned_data["titles"].splitlines() if (line := " ".join(each.split()))]
        if not 2 <= len(titles) <= MOST_PARTS or len(set(titles)) < len(titles):
            raise forms.ValidationError(_("Give two names or more, and each another name."))
        if any(len(title) > 120 for title in titles):
            raise forms.ValidationError(_("A name has at most 120 letters."))
        return titles


class LikeForm(AnonymousForm):
    """Somebody without an account likes a plan."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("You get a mail with a button. Only after that it counts. The makers do not see your address."),
        max_length=254,
        error_messages={"required": gettext_lazy("Write down your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
