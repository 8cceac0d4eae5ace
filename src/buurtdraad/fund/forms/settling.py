"""For who works on what comes after a decision: what misses, the final amount, money back, changes and objections."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.fund.actions.objecting import NewDecision
from buurtdraad.fund.models import Decision, Objection, Recovery
from buurtdraad.fund.states import YES, Ground, ObjectionOutcome, Outcome, SettlementGround
from buurtdraad.lib.dated import DaysForm, day
from buurtdraad.ui.euros import EuroField, euros
from buurtdraad.ui.needed import needed_sometimes

LONG = forms.Textarea(attrs={"rows": 6})
SHORT = forms.Textarea(attrs={"rows": 3})
THEY_GET_THIS = gettext_lazy("They get this text.")
NOTHING = 0


class BackForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("What is missing?"), max_length=1000, widget=SHORT, help_text=THEY_GET_THIS)


class SettleForm(forms.Form):
    """The final amount, as granted or lower on a ground of the law."""

    ground = forms.ChoiceField(label=gettext_lazy("What do we decide?"), choices=SettlementGround.choices, widget=forms.RadioSelect)
    amount = EuroField(label=gettext_lazy("What is the final amount?"), least=NOTHING)
    words = forms.CharField(
        label=gettext_lazy("What do you say to them?"), max_length=3000, widget=LONG,
        help_text=gettext_lazy("Short and in plain words. It stands in the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        initial = {"ground": SettlementGround.AS_GRANTED, "amount": decision.amount}
        super().__init__(*args, **(options | {"initial": initial}))
        self.fields["amount"].help_text = _("At most %(most)s.") % {"most": euros(decision.amount)}


class RevokeForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Why do we take it back?"), max_length=2000, widget=LONG, help_text=gettext_lazy("It stands in the letter.")
    )
    on_request = forms.BooleanField(label=gettext_lazy("They asked for this themselves"), required=False)


class ReceivedForm(DaysForm):
    amount = EuroField(label=gettext_lazy("How much came back?"))
    on = day(label=gettext_lazy("On which day?"), initial=timezone.localdate)

    def __init__(self, *args: Any, recovery: Recovery, **options: Any) -> None:
        initial = {"amount": recovery.amount - recovery.received, "on": timezone.localdate()}
        super().__init__(*args, **(options | {"initial": initial}))


class DropForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why does it not have to come back any more?"), max_length=300, widget=SHORT)


class ChangeAnswerForm(forms.Form):
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("May they do it so?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )  # fmt: skip
    answer = forms.CharField(label=gettext_lazy("What do you say to them?"), max_length=2000, widget=SHORT, help_text=THEY_GET_THIS)


class AccountNumberForm(forms.Form):
    """The account as who asked told it."""

    holder = forms.CharField(label=gettext_lazy("In whose name is the account?"), max_length=70, required=False)
    iban = forms.CharField(label=gettext_lazy("What is the account number (IBAN)?"), max_length=42, required=False)
    card = forms.BooleanField(label=gettext_lazy("They want the money on a card"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        needed_sometimes(self, "holder", "iban")

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("card") and not (given.get("holder") and given.get("iban")):
            self.add_error("iban", _("Write the account number and the name, or choose the card."))
        return given


# --- objections ------------------------------------------------------------------------------------------


class NoteObjectionForm(DaysForm):
    """An objection that came on paper or by another channel."""

    received_on = day(label=gettext_lazy("On which day did the letter come?"), initial=timezone.localdate)
    words = forms.CharField(label=gettext_lazy("What does it say?"), max_length=5000, widget=LONG)
    by_other = forms.CharField(
        label=gettext_lazy("Is it not from who asked for the money? Then: name and address"), max_length=300, required=False, widget=SHORT
    )
    with_committee = forms.BooleanField(
        label=gettext_lazy("A committee gives advice on it"), required=False, help_text=gettext_lazy("Then there are twelve weeks.")
    )


class HeardForm(DaysForm):
    heard_on = day(
        label=gettext_lazy("On which day were they heard?"),
        required=False,
        help_text=gettext_lazy("Empty: nobody was heard. Say below why."),
    )
    heard = forms.CharField(
        label=gettext_lazy("What was said?"), max_length=5000, widget=LONG, help_text=gettext_lazy("It stands in the letter.")
    )


class ObjectionForm(forms.Form):
    """The decision on an objection; when it is right, what comes in the place of what was wrong."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What do we decide?"), widget=forms.RadioSelect,
        choices=[each for each in ObjectionOutcome.choices if each[0] not in ("", ObjectionOutcome.WITHDRAWN)],
    )  # fmt: skip
    answer = forms.CharField(label=gettext_lazy("Why?"), max_length=4000, widget=LONG, help_text=gettext_lazy("It stands in the letter."))
    new_outcome = forms.ChoiceField(
        label=gettext_lazy("If they are right: what comes in its place?"), required=False,
        choices=[("", gettext_lazy("Nothing new")), *((each.value, each.label) for each in Outcome if each in YES)],
    )  # fmt: skip
    new_amount = EuroField(label=gettext_lazy("If they are right: the new amount"), least=NOTHING, required=False)
    new_ground = forms.ChoiceField(label=gettext_lazy("If it is not all: why not?"), required=False)
    complete_on = day(label=gettext_lazy("On which day was everything there?"), required=False)

    def __init__(self, *args: Any, objection: Objection, **options: Any) -> None:
        super().__init__(*args, **options)
        self.about_settlement = objection.settlement_id is not None
        grounds = SettlementGround.choices if self.about_settlement else Ground.choices
        self.fields["new_ground"].choices = grounds  # type: ignore[attr-defined]
        if self.about_settlement:
            del self.fields["new_outcome"]
        if objection.decision.outcome != Outcome.NOT_PROCESSED:
            del self.fields["complete_on"]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("outcome") == ObjectionOutcome.FOUNDED:
            if given.get("new_amount") is None and "new_amount" not in self.errors:
                self.add_error("new_amount", _("Write the new amount."))
            if not self.about_settlement and not given.get("new_outcome"):
                self.add_error("new_outcome", _("Choose what comes in its place."))
        return given

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        new = None
        if given["outcome"] == ObjectionOutcome.FOUNDED:
            complete_on: datetime.date | None = given.get("complete_on")
            new = NewDecision(
                outcome=given.get("new_outcome", ""), amount=given["new_amount"], words=given["answer"], ground=given["new_ground"],
                complete_on=complete_on,
            )  # fmt: skip
        return {"outcome": ObjectionOutcome(given["outcome"]), "answer": given["answer"], "new": new}
