"""What a voter types and ticks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from buurtdraad.budgets import ballots, secrecy

MOST_TYPED = 500  # plans on one forged form
LETTERS = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "autocorrect": "off",
    "spellcheck": "false",
    "class": "buurt-code",
    "enterkeyhint": "go",
}


class CodeForm(forms.Form):
    """The code of the letter, however it is written."""

    code = forms.CharField(
        label=_("Your voting code"),
        help_text=_("It has 13 letters and numbers. Small letters and spaces are fine."),
        max_length=secrecy.LONGEST,
        widget=forms.TextInput(attrs=LETTERS),
        error_messages={
            "required": _("Type the code that stands in your letter."),
            "max_length": _("This code is too long. It has 13 letters and numbers."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            # The only question of its page: who comes back to it goes on typing.
            self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        code = secrecy.normalised(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("There is a mistake in this code. Compare it with your letter, one by one."))
        return code


class ReceiptForm(forms.Form):
    """A receipt, however it is written."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("It has 16 letters and numbers."),
        max_length=secrecy.LONGEST,
        widget=forms.TextInput(attrs=LETTERS),
        error_messages={"required": _("Type the receipt that you got when you voted.")},
    )

    def clean_receipt(self) -> str:
        return self.cleaned_data["receipt"].translate(secrecy.BETWEEN).upper().translate(secrecy.SAME)


def marks_in(data: QueryDict, rules: ballots.Rules, parts: Iterable[str]) -> dict[str, dict[str, int]]:
    """The marks that a form holds, of these budgets; what it holds else counts as a plan that nobody knows. Never raises.

    Ticked plans stand in `part-1`; points and places in `part-1-12`.
    """
    return {part: _ticked(data, part) if rules.kind in (ballots.CHOOSE, ballots.BASKET) else _given(data, part, rules) for part in parts}


def _ticked(data: QueryDict, part: str) -> dict[str, int]:
    return {_number(text): 1 for text in data.getlist(f"part-{part}")[:MOST_TYPED]}


def _given(data: QueryDict, part: str, rules: ballots.Rules) -> dict[str, int]:
    before = f"part-{part}-"
    found = {_number(name.removeprefix(before)): data.get(name, "").strip() for name in list(data)[:MOST_TYPED] if name.startswith(before)}
    numbers = {plan: int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1 for plan, text in found.items() if text}
    if rules.kind == ballots.RANK:
        return {plan: ballots.points_for(rules, place) if place > 0 else 0 for plan, place in numbers.items() if place}
    return {plan: number for plan, number in numbers.items() if number}


def _number(text: str) -> str:
    """A number of a plan without zeros before it; other text stays what it is, and is no plan."""
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else text[:20]
