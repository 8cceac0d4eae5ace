"""What is asked of a line below a sheet: a partner, a step on the way, or something that is counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from buurtdraad.partners.models import Organisation
from buurtdraad.works.forms.fields import PeriodField
from buurtdraad.works.models import Milestone, Work
from buurtdraad.works.states import Measures, PartnerRole


class PartnerForm(forms.Form):
    """Which organisation, with which part."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("Which partner?"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=gettext_lazy("What is their part?"), choices=PartnerRole.choices)

    def __init__(self, *args: Any, work: Work, line: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = Organisation.objects.wholes().order_by("name")  # type: ignore[attr-defined]


class MilestoneForm(forms.Form):
    """A step on the way."""

    what = forms.CharField(label=gettext_lazy("Which step?"), max_length=200)
    due_on = PeriodField(label=gettext_lazy("When is it done?"))
    done_on = PeriodField(label=gettext_lazy("Done on"), required=False, help_text=gettext_lazy("Leave empty as long as it is not done."))
    after = forms.ModelChoiceField(
        label=gettext_lazy("For which step does it wait?"),
        queryset=Milestone.objects.none(),
        required=False,
        empty_label=gettext_lazy("For none"),
    )

    def __init__(self, *args: Any, work: Work, line: Milestone | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Milestone.objects.filter(work=work)
        self.fields["after"].queryset = others.exclude(pk=line.pk) if line else others  # type: ignore[attr-defined]


class IndicatorForm(forms.Form):
    """Something that is counted."""

    name = forms.CharField(label=gettext_lazy("What do you count?"), max_length=150)
    counts = forms.ChoiceField(label=gettext_lazy("What does it show?"), choices=Measures.choices)
    source = forms.CharField(label=gettext_lazy("Where does the number come from?"), max_length=200, required=False)
    baseline = forms.CharField(label=gettext_lazy("How was it at the start?"), max_length=60, required=False)
    target = forms.CharField(label=gettext_lazy("Where do you want to be?"), max_length=60, required=False)
    now = forms.CharField(label=gettext_lazy("How is it now?"), max_length=60, required=False)

    def __init__(self, *args: Any, work: Work, line: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
