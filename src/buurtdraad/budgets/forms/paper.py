"""Typing a paper ballot by keyboard: the code, then the numbers that are marked, as they stand there."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.budgets import ballots, secrecy
from buurtdraad.budgets.forms.casting import LETTERS
from buurtdraad.budgets.queries.casting import BallotSheet, PartOnBallot
from buurtdraad.budgets.states import AsideReason

NONE = "0"
TYPED = re.compile(r"(\d{1,5})(?:\s*[:=]\s*(\d{1,4}))?")
BETWEEN = re.compile(r"[\s,;+]+")


class PaperForm(forms.Form):
    """One paper ballot. A field for the numbers of each budget; 0 says that nothing is marked, so that an empty field is no blank vote."""

    pile = forms.CharField(
        label=gettext_lazy("Pile"),
        help_text=gettext_lazy("Write the same name on the pile, so that it can be found again."),
        max_length=40,
    )
    code = forms.CharField(
        label=gettext_lazy("Code on the ballot"), max_length=secrecy.LONGEST, widget=forms.TextInput(attrs=LETTERS | {"autofocus": True})
    )

    def __init__(self, *args: Any, sheet: BallotSheet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        for part in sheet.parts:
            label = _("Marked plans") if len(sheet.parts) == 1 else _("Marked plans of %(name)s") % {"name": part.part.name}
            self.fields[f"part-{part.order}"] = forms.CharField(
                label=label, help_text=how_to_type(sheet.rules), max_length=400, required=len(sheet.parts) == 1,
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
            )  # fmt: skip

    def clean_pile(self) -> str:
        return " ".join(self.cleaned_data["pile"].split())

    def clean_code(self) -> str:
        code = secrecy.normalised(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("There is a mistake in this code. Compare it with the paper, one by one."))
        return code

    def clean(self) -> dict[str, Any] | None:
        """The marks, in `marks`; a number that does not stand on the list is said."""
        self.marks: dict[str, dict[str, int]] = {part.order: {} for part in self.sheet.parts}
        if not any(self.cleaned_data.get(f"part-{part}") for part in self.marks):
            raise forms.ValidationError(how_to_type(self.sheet.rules))
        for part in self.sheet.parts:
            name = f"part-{part.order}"
            text = self.cleaned_data.get(name, "")
            try:
                self.marks[part.order] = {} if text.strip() in ("", NONE) else self.read(text, part)
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        return self.cleaned_data

    def read(self, text: str, part: PartOnBallot) -> dict[str, int]:
        """What was typed, as marks. Raises `ValidationError` for what cannot be meant."""
        rules, known = self.sheet.rules, part.budget.by_number()
        found: dict[str, int] = {}
        for place, word in enumerate(filter(None, BETWEEN.split(re.sub(r"\s*[:=]\s*", ":", text))), start=1):
            number, points = read_word(word, rules)
            if number not in known:
                raise forms.ValidationError(_("Plan %(number)s does not stand on the list.") % {"number": number})
            if number in found:
                raise forms.ValidationError(_("You typed plan %(number)s twice.") % {"number": number})
            if points:
                found[number] = place if rules.kind == ballots.RANK else points
        if rules.kind != ballots.RANK:
            return found
        # More places than there are stay above zero, so that they are seen as too many and not as a mistake in typing.
        return {number: max(1, ballots.points_for(rules, place)) for number, place in found.items()}


class AsideForm(forms.Form):
    """Why a ballot does not count."""

    pile = forms.CharField(max_length=40)
    reason = forms.ChoiceField(choices=[choice for choice in AsideReason.choices if choice[0] != AsideReason.UNCHECKED])
    code = forms.CharField(max_length=secrecy.LONGEST, required=False)

    def clean_code(self) -> str:
        return secrecy.normalised(self.cleaned_data["code"]) or ""


def read_word(word: str, rules: ballots.Rules) -> tuple[str, int]:
    """The number of a plan, and its points."""
    match = TYPED.fullmatch(word)
    if not match or not word.isascii():
        raise forms.ValidationError(_("We cannot read '%(word)s'.") % {"word": word[:20]})
    number, points = str(int(match[1])), match[2]
    if (points is not None) != (rules.kind == ballots.POINTS):
        raise forms.ValidationError(how_to_type(rules))
    return number, int(points) if points is not None else 1


def how_to_type(rules: ballots.Rules) -> str:
    """How numbers are typed for this kind of ballot."""
    if rules.kind == ballots.POINTS:
        return _("Number of the plan, colon, points: 12:5 7:3. Nothing marked: type 0.")
    if rules.kind == ballots.RANK:
        return _("The numbers in the order of the paper, the first place first: 12 7 3. Nothing marked: type 0.")
    return _("The numbers with a space between: 12 7 3. Nothing marked: type 0.")
