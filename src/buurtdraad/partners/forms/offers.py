"""What a partner offers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.dated import DaysForm, first_day, last_day
from buurtdraad.places.models import Area


class OfferForm(DaysForm):
    """An offer. Everybody can read it. `cleaned_data` holds what the action takes: `areas` as rows."""

    what = forms.CharField(
        label=_("What does this partner offer?"),
        max_length=200,
        help_text=_("In plain words, such as: a walk-in hour about money, on Tuesday."),
    )
    for_whom = forms.CharField(label=_("For whom is it?"), max_length=200, required=False)
    areas = forms.MultipleChoiceField(label=_("In which areas?"), widget=forms.CheckboxSelectMultiple)
    from_on = first_day()
    until_on = last_day()

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        if len(areas) == 1:
            self.fields["areas"].initial = [areas[0][0]]

    def clean(self) -> dict:
        given = super().clean()
        given["areas"] = list(Area.objects.filter(code__in=given.get("areas", [])))
        return given
