"""What to decide, why a proposal goes back, and how a letter went out."""

import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.deciding import most_of, pots_for
from buurtdraad.fund.states import YES, Ground, Outcome, SentBy
from buurtdraad.lib.dated import day
from buurtdraad.money.models import Pot
from buurtdraad.ui.euros import EuroField, euros
from buurtdraad.ui.needed import needed_sometimes

NOTHING = 0


class ProposalForm(forms.Form):
    """The outcome with its amount, ground and words. A small plan is never set aside as incomplete: then somebody asks."""

    outcome = forms.ChoiceField(label=gettext_lazy("What do we decide?"), choices=Outcome.choices, widget=forms.RadioSelect)
    amount = EuroField(label=gettext_lazy("How much?"), least=NOTHING, required=False)
    pot = forms.ChoiceField(
        label=gettext_lazy("From which pot?"), required=False, help_text=gettext_lazy("Leave this empty when nothing is granted.")
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Why not, or not all?"), required=False, help_text=gettext_lazy("Leave this empty when all is granted.")
    )
    words = forms.CharField(
        label=gettext_lazy("What do you say to the applicant?"),
        help_text=gettext_lazy("Short and in plain words. It stands in the letter."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    obligations = forms.CharField(
        label=gettext_lazy("What do they have to do?"),
        help_text=gettext_lazy("Only what is needed, such as asking for a permit. It stands in the letter."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, application: Application, **options) -> None:
        super().__init__(*args, **options)
        self.pots = {str(pot.uuid): pot for pot in pots_for(application)}
        free = _("%(pot)s (%(free)s free)")
        chosen = [(uuid, free % {"pot": pot, "free": euros(pot.free)}) for uuid, pot in self.pots.items()]
        self.fields["pot"].choices = [("", _("No pot")), *chosen]  # type: ignore[attr-defined]
        self.fields["ground"].choices = Ground.choices  # type: ignore[attr-defined]
        needed_sometimes(self, "amount", "pot", "ground")
        most = euros(most_of(application))
        self.fields["amount"].help_text = _("At most %(most)s. Nothing when we refuse.") % {"most": most}

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("outcome") in YES:
            if not given.get("amount") and "amount" not in self.errors:
                self.add_error("amount", _("Write an amount above zero."))
            if not given.get("pot"):
                self.add_error("pot", _("Choose the pot from which it is paid."))
        if given.get("outcome") != Outcome.GRANTED and not given.get("ground") and "outcome" in given:
            self.add_error("ground", _("Choose the reason why it is not all that was asked."))
        return given

    @property
    def given(self) -> dict:
        """What the action takes. Who gets nothing gets zero from no pot, and who gets all needs no ground."""
        facts = self.cleaned_data
        granted, all_of_it = facts["outcome"] in YES, facts["outcome"] == Outcome.GRANTED
        return {
            "outcome": Outcome(facts["outcome"]),
            "amount": facts["amount"] if granted else NOTHING,
            "ground": "" if all_of_it else facts["ground"],
            "words": facts["words"],
            "obligations": facts["obligations"] if granted else "",
        }

    @property
    def pot_chosen(self) -> Pot | None:
        return self.pots.get(self.cleaned_data["pot"])


def begun(application: Application) -> dict[str, object]:
    """What stands in the form to begin with: what was proposed before, or else all that can be granted."""
    pot = str(application.pot.uuid) if application.pot else ""
    before = getattr(application, "proposal", None)
    if before is not None:
        names = ("outcome", "amount", "ground", "words", "obligations")
        return {name: getattr(before, name) for name in names} | {"pot": pot}
    most = most_of(application)
    if most >= application.asked:
        return {"outcome": Outcome.GRANTED, "amount": most, "pot": pot}
    return {"outcome": Outcome.PARTLY, "amount": most, "ground": Ground.NOT_PAID, "pot": pot}


class GiveBackForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("What has to be otherwise?"),
        help_text=gettext_lazy("Who handles it reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendForm(forms.Form):
    """How and when the letter went out. E-mail only for who chose it."""

    sent_by = forms.ChoiceField(label=gettext_lazy("How does the letter go?"), widget=forms.RadioSelect)
    on = day(label=gettext_lazy("On which day?"))

    def __init__(self, *args, application: Application, today: datetime.date, **options) -> None:
        super().__init__(*args, **options)
        self.initial = {"sent_by": application.send_by, "on": today}
        mail = application.send_by == SentBy.EMAIL
        self.fields["sent_by"].choices = [(way.value, way.label) for way in SentBy if mail or way != SentBy.EMAIL]  # type: ignore[attr-defined]
