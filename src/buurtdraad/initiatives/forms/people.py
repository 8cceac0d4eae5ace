"""What is asked of the people of an initiative, and of who offers help."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.initiatives.models import Initiative, Need
from buurtdraad.initiatives.rules import is_name
from buurtdraad.initiatives.states import NeedKind
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.ui.euros import EuroField

EMAIL: dict[str, Any] = {
    "label": gettext_lazy("E-mail address"),
    "max_length": 254,
    "error_messages": {"required": gettext_lazy("Write down an e-mail address.")},
}


class NameForm(forms.Form):
    """What to call somebody, and whether that may stand on the site."""

    name = forms.CharField(
        label=gettext_lazy("What is your first name?"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    agreed = forms.BooleanField(label=gettext_lazy("My first name may stand on the site"), required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        name = " ".join(given.get("name", "").split())
        if name and not is_name(name):
            self.add_error("name", _("Write only a first name, such as: Kees."))
        elif given.get("agreed") and not name:
            self.add_error("name", _("Which name may stand on the site?"))
        return given | {"name": name}


class SomebodyForm(forms.Form):
    """Somebody without e-mail, as who helps them writes it down."""

    name = forms.CharField(label=gettext_lazy("What may we call them?"), max_length=100)
    phone = forms.CharField(
        label=gettext_lazy("Which number may we call?"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        try:
            return phone_number(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None


class MailForm(forms.Form):
    """An address to which a link goes."""

    email = forms.EmailField(**EMAIL, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NeedForm(forms.Form):
    """What it needs."""

    kind = forms.ChoiceField(label=gettext_lazy("What do you need?"), choices=NeedKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Tell it in a few words"),
        help_text=gettext_lazy("Such as: four people to plant on Saturday."),
        max_length=200,
        error_messages={"required": gettext_lazy("Tell in a few words what you need.")},
    )
    amount = EuroField(label=gettext_lazy("How much money, in euros?"), help_text=gettext_lazy("Only if you need money."), required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("kind") != NeedKind.MONEY:
            given["amount"] = None
        return given


class HelpForm(AnonymousForm):
    """Somebody wants to help. Its people see what stands here."""

    name = forms.CharField(
        label=gettext_lazy("What is your name?"),
        max_length=100,
        error_messages={"required": gettext_lazy("Write down your name, so that they know who you are.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(**EMAIL, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    need = forms.ChoiceField(label=gettext_lazy("With what do you want to help?"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Do you want to say something to them?"),
        help_text=gettext_lazy("Such as: when you can come, or your telephone number."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, about: Initiative, known: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs = {str(need.pk): need for need in about.needs.filter(on_site=True, met_on=None)}
        self.fields["need"].choices = [("", _("With anything")), *((pk, need.words) for pk, need in self.needs.items())]  # type: ignore[attr-defined]
        if known:
            del self.fields["email"]

    @property
    def chosen(self) -> Need | None:
        """The need that was chosen; None for anything."""
        return self.needs.get(self.cleaned_data.get("need", ""))
