"""The next step of a work."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.works.forms.fields import PeriodField
from buurtdraad.works.models import Work
from buurtdraad.works.states import MOVES, NEEDS_REASON, Stage


class StepForm(forms.Form):
    """Where it stands now, why, and since when."""

    stage = forms.ChoiceField(label=gettext_lazy("How does it stand now?"), widget=forms.RadioSelect)
    why = ReasonField(
        required=False,
        max_length=500,
        help_text=gettext_lazy("Needed when it stands still or will not happen. It stands on the site, so name nobody."),
    )
    on = PeriodField(
        label=gettext_lazy("Since which day?"), first=True, required=False, help_text=gettext_lazy("Leave empty when that is today.")
    )

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)
        stages = [Stage(stage) for stage in MOVES[work.stage]]
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("stage") in NEEDS_REASON and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why, in plain words."))
        return given
