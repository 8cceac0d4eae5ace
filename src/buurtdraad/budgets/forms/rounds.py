"""What we ask about a round: its name and place, its money and budgets, another step, and a reason."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.queries import place_choices
from buurtdraad.money.models import Pot
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.ui.euros import EuroField, euros

ROWS = forms.Textarea(attrs={"rows": 4})


def areas_to_choose(reach: Reach) -> list[tuple[str, list[tuple[str, str]]]]:
    """The city and its areas, as far as somebody makes rounds there."""
    groups = [(title, [(code, name) for code, name in group if code in reach]) for title, group in place_choices()]
    city = places.city_code()
    mine = [(_("The whole city"), [(city, places.city_name())])] if city and city in reach else []
    return [*mine, *((title, group) for title, group in groups if group)]


class WordsForm(forms.Form):
    """The name of a round and what it is for."""

    name = NameField(
        label=gettext_lazy("What is the round called?"), max_length=120,
        help_text=gettext_lazy("As everybody reads it, such as: Neighbourhood budget Geuzenwijk."),
    )  # fmt: skip
    about = forms.CharField(
        label=gettext_lazy("What is the money for?"), max_length=2000, required=False, widget=ROWS,
        help_text=gettext_lazy("In plain words. Everybody can read it."),
    )  # fmt: skip


class RoundForm(WordsForm):
    """A new round. Its place and year stay."""

    area = forms.ChoiceField(label=gettext_lazy("For which area?"))
    year = forms.IntegerField(label=gettext_lazy("For which year?"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, reach: Reach, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = areas_to_choose(reach)  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year

    def clean_area(self) -> Area:
        return Area.objects.get(code=self.cleaned_data["area"])


class MoneyForm(forms.Form):
    """From which pot how much."""

    pot = forms.ModelChoiceField(Pot.objects.none(), label=gettext_lazy("From which pot?"), to_field_name="uuid")
    amount = EuroField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))

    def __init__(self, *args: Any, pots: list[tuple[Pot, Decimal]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pot"]
        field.queryset = Pot.objects.filter(pk__in=[pot.pk for pot, _free in pots])  # type: ignore[attr-defined]
        free = {pot.pk: amount for pot, amount in pots}
        says = _("%(pot)s: %(free)s is free")
        field.label_from_instance = lambda pot: says % {"pot": pot, "free": euros(free.get(pot.pk))}  # type: ignore[attr-defined]


class BackForm(forms.Form):
    """How much goes back."""

    amount = EuroField(label=gettext_lazy("How much goes back?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))


class PartForm(forms.Form):
    """A budget within the round."""

    name = NameField(label=gettext_lazy("What is this budget called?"), max_length=120)
    area = forms.ChoiceField(label=gettext_lazy("Who lives where votes about it?"))
    amount = EuroField(label=gettext_lazy("How much is it?"), least=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = areas_to_choose(Reach(everywhere=True))  # type: ignore[attr-defined]

    def clean_area(self) -> Area:
        return Area.objects.get(code=self.cleaned_data["area"])


class StepForm(forms.Form):
    """Why a step comes on another day than the rules say."""

    why = forms.CharField(
        label=gettext_lazy("Why on another day than the rules say?"), max_length=500, required=False, widget=ROWS,
        help_text=gettext_lazy("Everybody can read it. Leave this empty when it is on the day of the rules."),
    )  # fmt: skip


class StopForm(forms.Form):
    """Why a round does not go on."""

    why = forms.CharField(
        label=gettext_lazy("Why does the round not go on?"), max_length=500, widget=ROWS, help_text=gettext_lazy("Everybody can read it.")
    )
