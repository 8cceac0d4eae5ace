"""What we ask residents and owners: whether they join in, whether it is done, what they noticed, and yes or no."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.agendas.agenda.states import Noticed
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number

ANSWERS = [(answer.value, answer.label) for answer in (Noticed.YES, Noticed.A_LITTLE, Noticed.NO)]


class JoinForm(AnonymousForm):
    """A first name and one way to reach them. Who is signed in is asked the name only."""

    name = NameField(label=gettext_lazy("What is your first name?"), max_length=60)
    phone = forms.CharField(
        label=gettext_lazy("Your phone number"),
        help_text=gettext_lazy("Or fill in your e-mail address below. One of the two is enough."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known:
            del self.fields["phone"], self.fields["email"]
        else:
            # Read by `ui/field_optional.html`: neither may be skipped when the other one is empty.
            self.fields["phone"].one_of_two = self.fields["email"].one_of_two = True  # type: ignore[attr-defined]

    def own_words(self) -> str:
        return ""

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        try:
            return phone_number(phone) if phone else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None

    def clean(self) -> dict:
        given = super().clean() or {}
        if not self.known and not {"phone", "email"} & self.errors.keys() and not given.get("phone") and not given.get("email"):
            self.add_error("phone", _("Fill in a phone number or an e-mail address. Else nobody can reach you."))
        return given


class NotDoneForm(AnonymousForm):
    """What is not done."""

    words = forms.CharField(
        label=gettext_lazy("What is not done yet?"),
        help_text=gettext_lazy("One sentence is enough. Only who sees to it reads this. Write no names of people."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PollForm(AnonymousForm):
    """Three questions about an agenda. Nothing about the person is asked."""

    better = forms.TypedChoiceField(
        label=gettext_lazy("Do you notice a difference in the neighbourhood?"), choices=ANSWERS, coerce=int, widget=forms.RadioSelect
    )
    kept = forms.TypedChoiceField(label=gettext_lazy("Is done what was agreed?"), choices=ANSWERS, coerce=int, widget=forms.RadioSelect)
    could_join = forms.TypedChoiceField(
        label=gettext_lazy("Could you join in, if you wanted to?"), choices=ANSWERS, coerce=int, widget=forms.RadioSelect
    )

    def own_words(self) -> str:
        return ""


class YesOrNoForm(forms.Form):
    """The answer of an owner. A no says why, for the staff alone."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Do you say yes to this agreement?"),
        choices=[("yes", gettext_lazy("Yes, we do this")), ("no", gettext_lazy("No, we cannot do this"))],
        widget=forms.RadioSelect,
    )
    said_by = NameField(label=gettext_lazy("Who are you?"), help_text=gettext_lazy("Your name. It does not come on the site."))
    why = forms.CharField(
        label=gettext_lazy("Only if you say no: why?"),
        help_text=gettext_lazy("Only the area adviser reads this."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("answer") == "no" and not given.get("why"):
            self.add_error("why", _("Say in one sentence why not. Then we can look for another way."))
        return given


class ReactionForm(forms.Form):
    """What we answer somebody who wants to join in."""

    text = forms.CharField(label=gettext_lazy("What do you answer?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
