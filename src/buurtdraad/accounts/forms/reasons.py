"""Asking why: the answer is kept for years in the record of what happened, so it names nobody."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PERSONAL = re.compile(r"\S+@\S+|(?:\d[ .-]?){8,}")


def names_nobody(text: str) -> None:
    """Raise `ValidationError` for a text with an e-mail address or a phone number in it."""
    if PERSONAL.search(text):
        raise ValidationError(_("Leave out e-mail addresses and phone numbers: this text is kept for a long time."))


class ReasonField(forms.CharField):
    """One or two sentences without personal data, for `payload["why"]` of an event."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {
            "label": gettext_lazy("Why?"),
            "help_text": gettext_lazy("One sentence is enough. Do not write names of residents here."),
            "max_length": 300,
        }
        super().__init__(**(given | options))
        self.validators.append(names_nobody)
