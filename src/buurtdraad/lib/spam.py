"""Telling programs from people on forms without an account: no puzzle, no third party, nothing kept of the visitor.

A doubt never refuses: the text waits for a moderator. Only who fills in the field that nobody can see is refused.
"""

import datetime
import hashlib
import re
import secrets

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.lib.limits import TooOften, limited

QUICKEST = datetime.timedelta(seconds=3)
LONGEST = datetime.timedelta(days=1)
MOST_LINKS = 1
MOST_OF_A_TEXT, HALF_A_DAY = 2, datetime.timedelta(hours=12)
SHORT = 40  # letters; "Dank u wel!" may be said by many
SALT = "buurtdraad.lib.spam"
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)


class Opened(forms.HiddenInput):
    """When the form was opened, signed, and unlike any other opening. It belongs to no session, so the form needs no cookie."""

    def format_value(self, value: object) -> str:
        return str(value) if value else signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(9))


class AnonymousForm(forms.Form):
    """The base of a form that anybody can send.

    After `is_valid()`, `doubts` names what speaks for a program ("quick", "unsigned", "links", "repeated"): with any
    of them the view keeps the text for a moderator. Override `own_words` with the texts that a person types.
    """

    homepage = forms.CharField(  # type: ignore[call-arg] # django-stubs lacks template_name
        required=False,
        label=gettext_lazy("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        template_name="lib/unseen_field.html",
    )
    opened = forms.CharField(required=False, widget=Opened)

    def own_words(self) -> str:
        """Everything that the person typed, of this valid form."""
        return " ".join(value for name, value in self.cleaned_data.items() if isinstance(value, str) and name not in {"homepage", "opened"})

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(_("Sending did not work. Please call us."))
        return ""

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """What speaks for a program, asked once: the second time the same text would be a repetition of itself."""
        words = self.own_words()
        found = (open_time(self.cleaned_data["opened"]), "links" if len(LINK.findall(words)) > MOST_LINKS else "", repeated(words))
        return tuple(doubt for doubt in found if doubt)

    @property
    def mark(self) -> str:
        """The same for each sending of one opened form; empty when we did not give that form."""
        return "" if "unsigned" in self.doubts else self.cleaned_data["opened"]


def open_time(signed: str) -> str:
    """ "quick" for a form that was sent sooner than anybody types, "unsigned" for one that we did not give or long ago."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(signed, max_age=LONGEST)
    except signing.BadSignature:
        return "unsigned"
    try:
        signer.unsign(signed, max_age=QUICKEST)
    except signing.SignatureExpired:
        return ""
    return "quick"


def bare(words: str) -> str:
    """What makes two texts the same: letters and digits, without capitals."""
    return re.sub(r"\W+", "", words).lower()


def repeated(words: str) -> str:
    """ "repeated" when the same longer text came often lately, whoever sent it."""
    if len(bare(words)) < SHORT:
        return ""
    try:
        limited("same text", hashlib.sha256(bare(words).encode()).hexdigest(), most=MOST_OF_A_TEXT, within=HALF_A_DAY)
    except TooOften:
        return "repeated"
    return ""
