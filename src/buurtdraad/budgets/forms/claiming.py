"""Asking for a code, and helping somebody who has one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.budgets.actions.claiming import Declared
from buurtdraad.budgets.forms.codes import AreaForm
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.secrecy import normalised
from buurtdraad.budgets.sources.addresses import BANDS
from buurtdraad.budgets.states import AgeBand


class DeclareForm(AreaForm):
    """Where somebody lives and how old they are, as they say themselves."""

    age = forms.ChoiceField(
        label=gettext_lazy("How old are you?"), required=False,
        help_text=gettext_lazy("So we see whether all ages vote. You may leave it open."),
    )  # fmt: skip
    old_enough = forms.BooleanField()

    def __init__(self, *args: Any, round_: BudgetRound, **options: Any) -> None:
        super().__init__(*args, round_=round_, **options)
        self.fields["area"].label = _("In which neighbourhood do you live?")
        youngest = round_.sheet.vote_age
        untils = [least for least, _band in BANDS[1:]] + [200]
        bands = [(band.value, band.label) for (_least, band), until in zip(BANDS, untils, strict=True) if until > youngest]
        self.fields["age"].choices = [(AgeBand.UNKNOWN.value, _("I would rather not say")), *bands]  # type: ignore[attr-defined]
        self.fields["old_enough"].label = _("I am %(years)s years or older, and I live there.") % {"years": youngest}

    @property
    def declared(self) -> Declared:
        """What a form that is right says."""
        return Declared(self.chosen, self.cleaned_data["age"])


class AskCodeForm(DeclareForm):
    """The same, with the address that the code goes to."""

    field_order = ("email", "area", "age", "old_enough")
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), help_text=gettext_lazy("For one mail with your code. We do not keep it with your vote.")
    )


class HelpForm(forms.Form):
    """The code of somebody who asked for help. It is checked by the ballot, and kept nowhere."""

    code = forms.CharField(
        label=gettext_lazy("Their code"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    present = forms.ChoiceField(
        label=gettext_lazy("Who chooses?"), widget=forms.RadioSelect,
        choices=(
            ("here", gettext_lazy("This person is here and says what to choose")),
            ("away", gettext_lazy("Somebody else is here, with the letter and a paper that this person signed")),
        ),
    )  # fmt: skip
    consent = forms.BooleanField(label=gettext_lazy("I saw that this person wants it: they said so, or they signed the paper."))

    def clean_code(self) -> str:
        code = normalised(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("Something in this code is not right. Look at each letter again."))
        return code
