"""Opening a pot, and moving money in and out of it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.queries import place_choices
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.lib.dated import DaysForm, day, first_day
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.pots import ceilings
from buurtdraad.money.states import Source
from buurtdraad.partners.models import Organisation
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.ui.euros import EuroField

ROWS = forms.Textarea(attrs={"rows": 3})


class WordsForm(forms.Form):
    """The name of a pot, and what it is for."""

    name = NameField(label=gettext_lazy("What is the pot called?"), max_length=120)
    about = forms.CharField(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("In plain words, and where that was decided. Everybody can read it."),
        max_length=500,
        required=False,
        widget=ROWS,
    )


class PotForm(WordsForm):
    """A new pot. What counts cannot be changed later, so it is asked here."""

    source = forms.ChoiceField(label=gettext_lazy("Whose money is it?"), choices=Source.choices)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Of which partner is it?"),
        queryset=Organisation.objects.none(),
        required=False,
        to_field_name="uuid",
        help_text=gettext_lazy("Only for money of a partner."),
    )
    year = forms.IntegerField(label=gettext_lazy("For which year?"), min_value=2000, max_value=2100)
    area = forms.ChoiceField(label=gettext_lazy("For which area?"))
    theme = forms.ChoiceField(
        label=gettext_lazy("For which subject?"),
        choices=[("", gettext_lazy("For every subject")), *Theme.choices],
        required=False,
    )
    within = forms.ModelChoiceField(
        label=gettext_lazy("Of which ceiling is it a part?"),
        queryset=Pot.objects.none(),
        required=False,
        to_field_name="uuid",
        empty_label=gettext_lazy("Of none"),
        help_text=gettext_lazy("What is promised from this pot counts there too."),
    )

    def __init__(self, *args, reach: Reach, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.wholes().not_over(timezone.localdate())  # type: ignore[attr-defined]
        self.fields["within"].queryset = ceilings(reach)  # type: ignore[attr-defined]
        self.fields["area"].choices = areas_to_choose(reach)  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year

    def clean_area(self) -> Area:
        return Area.objects.get(code=self.cleaned_data["area"])


def areas_to_choose(reach: Reach) -> list[tuple[str, list[tuple[str, str]]]]:
    """The city and its areas, as far as somebody keeps pots there."""
    groups = [(title, [(code, name) for code, name in group if code in reach]) for title, group in place_choices()]
    city = places.city_code()
    mine = [(_("The whole city"), [(city, places.city_name())])] if city and city in reach else []
    return [*mine, *((title, group) for title, group in groups if group)]


class MoveForm(forms.Form):
    """An amount, and why."""

    amount = EuroField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))
    why = forms.CharField(
        label=gettext_lazy("Why?"), help_text=gettext_lazy("In plain words. It stands in the ledger."), max_length=300, widget=ROWS
    )


class FourEyesForm(DaysForm):
    """Above which amount two people are needed, from a day on."""

    above = EuroField(label=gettext_lazy("Above which amount are two people needed?"), least=0)
    from_on = first_day()
    source = forms.CharField(label=gettext_lazy("Where was that decided?"), max_length=300)


class OweForm(forms.Form):
    """A bill for an agreement."""

    amount = EuroField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))
    payee = NameField(label=gettext_lazy("In whose name is the account?"), max_length=70)
    iban = forms.CharField(
        label=gettext_lazy("Account number (IBAN)"), max_length=42, help_text=gettext_lazy("Such as: NL91 ABNA 0417 1643 00")
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=35,
        help_text=gettext_lazy("What both sides see with the payment, such as the number of the bill."),
    )
    due_on = day(label=gettext_lazy("Last day to pay it"))


class AccountForm(forms.Form):
    """Another account for what came back."""

    payee = NameField(label=gettext_lazy("In whose name is the account?"), max_length=70)
    iban = forms.CharField(
        label=gettext_lazy("Account number (IBAN)"),
        max_length=42,
        required=False,
        help_text=gettext_lazy("Such as: NL91 ABNA 0417 1643 00"),
    )
    card = forms.BooleanField(label=gettext_lazy("It goes on a prepaid card"), required=False)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=gettext_lazy("Why?"), max_length=300, widget=ROWS)
