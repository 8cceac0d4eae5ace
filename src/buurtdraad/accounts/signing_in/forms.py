"""What is asked at the door."""

import json
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# An answer of a passkey is about 2 kB.
LONGEST_ANSWER = 20_000


class AddressForm(forms.Form):
    """An e-mail address, kept in lower case."""

    email = forms.EmailField(label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class NewAddressForm(AddressForm):
    """The address that somebody wants in place of the one of now."""

    email = forms.EmailField(
        label=_("Your new e-mail address"),
        help_text=_("We mail a link and a code there. Until you have used one of them, nothing changes."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PasswordSignInForm(AddressForm):
    password = forms.CharField(
        label=_("Password"), strip=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


def code_field(label: Any, help_text: Any = "") -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=label, help_text=help_text, max_length=20, widget=forms.TextInput(attrs=attributes))


class MailCodeForm(forms.Form):
    code = code_field(_("The code in the mail"), _("Six digits."))


class AppCodeForm(forms.Form):
    code = code_field(_("The code in your app"), _("Six digits. The app shows a new code every half minute."))


class SecondCodeForm(forms.Form):
    code = code_field(_("Your code"), _("The code in your app, or one of your recovery codes."))


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. A few words in a row are easy to remember."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


def passkey_answer(request: HttpRequest) -> dict:
    """What the browser says of a passkey; empty when it is nonsense, so that the check refuses it."""
    text = request.POST.get("credential", "")
    # The database keeps no NUL.
    if len(text) > LONGEST_ANSWER or "\x00" in text or "\\u0000" in text:
        return {}
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
