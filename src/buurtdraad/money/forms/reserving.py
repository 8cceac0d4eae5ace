"""Writing down how a group decided to reserve money."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.lib.dated import DaysForm, day
from buurtdraad.money.actions.reserving import Decided
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.pots import PotRow
from buurtdraad.money.states import How
from buurtdraad.ui.euros import EuroField, euros


class ReserveForm(DaysForm):
    """For what, from which pot, and how the group decided."""

    agreement = forms.ChoiceField(label=gettext_lazy("For which agreement is the money?"))
    pot = forms.ChoiceField(label=gettext_lazy("From which pot does it come?"))
    amount = EuroField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))
    meeting = forms.ChoiceField(label=gettext_lazy("At which meeting was it decided?"), required=False)
    decided_on = day(label=gettext_lazy("On which day?"))
    how = forms.ChoiceField(label=gettext_lazy("How did the group decide?"), choices=How.choices)
    people = forms.IntegerField(label=gettext_lazy("How many people took part?"), min_value=1, max_value=100_000)
    in_favour = forms.IntegerField(label=gettext_lazy("How many were in favour?"), min_value=0, max_value=100_000)
    against = forms.IntegerField(label=gettext_lazy("How many were against?"), min_value=0, max_value=100_000, initial=0)
    words = forms.CharField(
        label=gettext_lazy("What is it for?"), max_length=200, required=False,
        help_text=gettext_lazy("In plain words, without names. Everybody can read it."),
    )  # fmt: skip

    def __init__(self, *args, agreements: Sequence[Agreement], pots: Sequence[PotRow], meetings: Sequence[Meeting], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.agreements = {str(one.pk): one for one in agreements}
        self.pots = {str(row.pot.uuid): row.pot for row in pots}
        self.meetings = {str(one.uuid): one for one in meetings}
        self.choose("agreement", [(key, one.what) for key, one in self.agreements.items()])
        self.choose("pot", [(str(row.pot.uuid), in_words(row)) for row in pots])
        self.choose(
            "meeting", [("", gettext_lazy("Not at a meeting of ours")), *((key, day_of(one)) for key, one in self.meetings.items())]
        )

    def choose(self, name: str, choices: Sequence[tuple]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen_pot(self) -> Pot:
        return self.pots[self.cleaned_data["pot"]]

    def chosen_agreement(self) -> Agreement:
        return self.agreements[self.cleaned_data["agreement"]]

    def decided(self) -> Decided:
        given = self.cleaned_data
        names = ("decided_on", "how", "people", "in_favour", "against", "words")
        return Decided(**{name: given[name] for name in names}, meeting=self.meetings.get(given["meeting"]))


def in_words(row: PotRow) -> str:
    return f"{row.pot} ({euros(row.free)})"


def day_of(meeting: Meeting) -> str:
    return f"{date_format(timezone.localtime(meeting.starts_at), 'j F Y')}: {meeting.title}"
