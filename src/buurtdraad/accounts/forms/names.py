"""What somebody is called: one line that can be read, and no address."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtdraad.lib.plain import one_plain_line

ADDRESS = re.compile(r"https?:|www\.|@", re.IGNORECASE)


class NameField(forms.CharField):
    """A name of at most 150 letters, without line ends, unseen characters or addresses in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"max_length": 150} | options))

    def to_python(self, value: Any) -> str:
        return one_plain_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if ADDRESS.search(value):
            raise ValidationError(_("This is an address. Write a name."))
