"""What is asked of a promise of the programme, of a pledge or motion, and of what came of it."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.challenges.forms.programme import long_text
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.challenges.states import PledgeKind, Standing
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.lib.plain import one_plain_line


class WithinReasonForm(forms.Form):
    """Days in this century."""

    def clean(self) -> dict:
        given = super().clean() or {}
        for name, value in list(given.items()):
            if isinstance(value, datetime.date) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Choose a day in this century."))
        return given


def ambition_field(**options: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=gettext_lazy("Under which ambition?"),
        empty_label=gettext_lazy("Choose an ambition"),
        queryset=Ambition.objects.all(),
        to_field_name="code",
        **options,
    )


def challenge_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=gettext_lazy("For which challenge?"),
        empty_label=gettext_lazy("For none alone"),
        queryset=Challenge.objects.all(),
        to_field_name="code",
        required=False,
    )


class LineField(forms.CharField):
    """Words on one line, without what nobody can see."""

    def to_python(self, value: Any) -> str:
        return one_plain_line(super().to_python(value) or "")


def words(most: int) -> forms.CharField:
    return LineField(label=gettext_lazy("What was promised?"), max_length=most)


class AimForm(WithinReasonForm):
    """What was promised in the programme."""

    ambition = ambition_field()
    challenge = challenge_field()
    what = words(300)
    due_on = day(label=gettext_lazy("For when was it promised?"))
    source = LineField(label=gettext_lazy("Where was it promised?"), max_length=300, required=False)
    told = long_text(label=gettext_lazy("Is it later than promised? Why?"), help_text=gettext_lazy("Everybody can read this."))


class PledgeForm(WithinReasonForm):
    """What was promised to the council, or asked by it."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=PledgeKind.choices, widget=forms.RadioSelect)
    number = LineField(label=gettext_lazy("Which number does it have?"), max_length=40, help_text=gettext_lazy("As the council counts it."))
    what = words(500)
    ambition = ambition_field(required=False)
    challenge = challenge_field()
    owner = NameField(
        label=gettext_lazy("Which department answers for it?"), required=False, help_text=gettext_lazy("A department, never a person.")
    )
    made_on = day(label=gettext_lazy("On which day was it made?"), initial=timezone.localdate)
    due_on = day(label=gettext_lazy("For when was it promised?"), required=False)
    told = long_text(label=gettext_lazy("How does it stand?"), help_text=gettext_lazy("Everybody can read this."))


class DoneForm(WithinReasonForm):
    """Since when a promise is kept, and what came of it."""

    done_on = day(label=gettext_lazy("On which day was it done?"), initial=timezone.localdate)
    told = forms.CharField(
        label=gettext_lazy("What came of it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody can read this."),
    )


class FindForm(forms.Form):
    """Which promises to see."""

    q = forms.CharField(label=gettext_lazy("Which words?"), max_length=100, required=False)
    ambitie = forms.ModelChoiceField(
        label=gettext_lazy("Under which ambition?"),
        empty_label=gettext_lazy("Every ambition"),
        queryset=Ambition.objects.all(),
        to_field_name="code",
        required=False,
    )
    stand = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"), choices=[("", gettext_lazy("However it stands")), *Standing.choices], required=False
    )

    def chosen(self) -> dict[str, str]:
        """What to look for; what is no answer is left out."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        ambition = given.get("ambitie")
        return {"text": given.get("q", ""), "ambition": ambition.code if ambition else "", "stands": given.get("stand", "")}
