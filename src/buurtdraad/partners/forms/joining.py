"""Which organisation this one is the same as."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.partners.models import Organisation


class JoinForm(forms.Form):
    """Choosing the organisation that stays. Not one that is a double itself, and not the same one."""

    into = forms.ModelChoiceField(
        label=_("Which organisation is it the same as?"),
        queryset=Organisation.objects.none(),
        to_field_name="uuid",
        empty_label=_("Choose an organisation"),
        help_text=_("That one stays. Lists show this one no longer."),
    )

    def __init__(self, *args: Any, double: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = Organisation.objects.wholes().exclude(pk=double.pk)  # type: ignore[attr-defined]
