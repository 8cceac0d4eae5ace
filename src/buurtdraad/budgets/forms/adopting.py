"""What was decided about the result, why it goes back, who does a chosen plan, and why it is rounded off."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.agendas.agenda.models import Topic
from buurtdraad.agendas.agenda.states import OwnerKind
from buurtdraad.budgets.actions.adopting import ResultFacts
from buurtdraad.budgets.actions.becoming import Doer
from buurtdraad.budgets.models import Adoption, BudgetPlan, BudgetRound
from buurtdraad.budgets.queries.becoming import topics_for
from buurtdraad.budgets.queries.winners import Won, not_chosen, winners_of
from buurtdraad.lib.dated import day
from buurtdraad.places import queries as places
from buurtdraad.ui.euros import euros

ROWS = forms.Textarea(attrs={"rows": 4})
MAKERS = "makers"


class ResultForm(forms.Form):
    """The result as it was decided; where it departs from the vote it says so."""

    words = forms.CharField(
        label=gettext_lazy("What was decided?"), max_length=2000, widget=ROWS,
        help_text=gettext_lazy("In plain words. Everybody can read it."),
    )  # fmt: skip
    decided_on = day(label=gettext_lazy("On which day was it decided?"))
    without = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Does a chosen plan get no money?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Mostly nothing stands here: the vote is followed."),
    )  # fmt: skip
    also = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Does a plan get money that was not chosen?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    departs = forms.CharField(
        label=gettext_lazy("Why is it different from the vote?"), max_length=1000, required=False, widget=ROWS,
        help_text=gettext_lazy("Needed when you marked a plan above. Everybody can read it, and its makers get it by mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, round_: BudgetRound, **options: Any) -> None:
        super().__init__(*args, **options)
        won = winners_of(round_)
        self.fields["without"].choices = [(one.plan.number, as_choice(one.plan, euros(one.amount))) for one in won]  # type: ignore[attr-defined]
        rest = not_chosen(round_, won)
        self.fields["also"].choices = [(plan.number, as_choice(plan, euros(plan.cost))) for plan in rest]  # type: ignore[attr-defined]
        self.initial = begun(round_)
        self.won: list[Won] = won

    @property
    def facts(self) -> ResultFacts:
        return ResultFacts(**self.cleaned_data)


def as_choice(plan: BudgetPlan, amount: str) -> str:
    return f"{plan.number}. {plan.title} ({amount})"


def begun(round_: BudgetRound) -> dict[str, Any]:
    """What stands in the form to begin with: what came back, or else that the vote is followed."""
    before = Adoption.objects.filter(round=round_).first()
    if before:
        return {name: getattr(before, name) for name in ("words", "decided_on", "without", "also", "departs")}
    words = _("The result of the vote is adopted by %(decides)s.") % {"decides": round_.sheet.decides}
    return {"words": words, "decided_on": timezone.localdate()}


class BackForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("What has to be otherwise?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who wrote the result reads this."),
    )  # fmt: skip


class DoerForm(forms.Form):
    """Under which topic of an agenda a chosen plan is agreed and who sees to it, or that its makers do it."""

    where = forms.ChoiceField(label=gettext_lazy("What does the plan become?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=gettext_lazy("Who sees to it?"), choices=OwnerKind.choices, widget=forms.RadioSelect, required=False,
        initial=OwnerKind.MUNICIPALITY, help_text=gettext_lazy("Only for an agreement of the agenda."),
    )  # fmt: skip
    name = NameField(
        label=gettext_lazy("What stands on the site?"), required=False, max_length=150,
        help_text=gettext_lazy("A team, a partner or a first name, such as: the team for green."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: BudgetPlan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.topics = {str(topic.pk): topic for topic in topics_for(plan)}
        names = places.names_of([topic.version.area.code for topic in self.topics.values()])
        chosen = [(key, in_agenda(topic, names)) for key, topic in self.topics.items()]
        self.fields["where"].choices = [*chosen, (MAKERS, _("A plan of residents, with a page of its own: its makers do it"))]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("where") in self.topics:
            if not given.get("kind") and "kind" not in self.errors:
                self.add_error("kind", _("Choose who sees to it."))
            if not given.get("name") and "name" not in self.errors:
                self.add_error("name", _("Write who sees to it."))
        return given

    @property
    def topic(self) -> Topic | None:
        """The topic that was chosen; None when its makers do it."""
        return self.topics.get(self.cleaned_data["where"])

    @property
    def doer(self) -> Doer:
        return Doer(self.cleaned_data["name"], OwnerKind(self.cleaned_data["kind"]))


def in_agenda(topic: Topic, names: dict[str, str]) -> str:
    code = topic.version.area.code
    return _("An agreement of the agenda of %(place)s: %(topic)s") % {"place": names.get(code, code), "topic": topic.title}


class CloseForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Why is it rounded off now?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example: nobody wants to be in a picture. Everybody can read it."),
    )  # fmt: skip
