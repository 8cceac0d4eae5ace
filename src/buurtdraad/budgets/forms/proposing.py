"""The two screens on which a plan is told: what it is, and who made it. The first travels in the second as hidden fields."""

import hashlib
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.forms.giving import Words
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.models import BudgetRound, Part
from buurtdraad.budgets.queries.origins import areas_of
from buurtdraad.initiatives.rules import is_name
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.places.models import Area
from buurtdraad.ui.euros import EuroField

# What of the first screen goes along to the second; and what an address can name a plan to come from.
SOURCES = ("wens", "afspraak", "initiatief", "aanvraag")
DRAFT = ("part", "title", "summary", "story", "area", "place", "theme", "cost", "cost_words", "opened", *SOURCES)
ABOUT_PICTURE = ("picture", "alt", "people", "agreed_with")
SOURCE_LETTERS = 80


class FactsForm(forms.Form):
    """What a plan is, where, and what it costs. `parts` of the round to choose from: where there is one, nothing is asked."""

    title = forms.CharField(
        label=gettext_lazy("What do you call your plan?"),
        help_text=gettext_lazy("A few words, such as: A bench on the square."),
        max_length=120,
        error_messages={"required": gettext_lazy("Give your plan a name. You can change it later.")},
    )
    summary = Words(
        label=gettext_lazy("What do you want to do?"),
        help_text=gettext_lazy("One or two sentences are enough. Mistakes in the language do not matter."),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Tell in one or two sentences what you want to do."),
            "max_length": gettext_lazy("This is too long. Use one or two sentences here, and tell more below."),
        },
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    story = Words(
        label=gettext_lazy("Tell more, if you want"),
        help_text=gettext_lazy("Why do you do it, with whom, and how? Please write no names or addresses of people."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    part = forms.ChoiceField(label=gettext_lazy("For which budget?"), widget=forms.RadioSelect)
    area = forms.ChoiceField(label=gettext_lazy("In which neighbourhood?"))
    place = forms.CharField(
        label=gettext_lazy("Where is that?"),
        help_text=gettext_lazy("Such as: on the square. No house number."),
        max_length=120,
        required=False,
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=[("", gettext_lazy("Choose if you want")), *Theme.choices], required=False
    )
    cost = EuroField(
        label=gettext_lazy("What does it cost, about?"),
        help_text=gettext_lazy("In euros. You do not know? Then leave it empty, and we help you."),
        least=0,
        required=False,
    )
    cost_words = forms.CharField(
        label=gettext_lazy("How do you know that?"),
        help_text=gettext_lazy("Such as: I asked a shop, or: it cost so much elsewhere."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, about: BudgetRound, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts = {str(part.pk): part for part in about.parts.select_related("area")}
        self.fields["part"].choices = [(pk, part.name) for pk, part in self.parts.items()]  # type: ignore[attr-defined]
        areas = {code: name for part in self.parts.values() for code, name in areas_of(part.area).items()}
        self.fields["area"].choices = list(areas.items()) or [(about.area.code, about.name)]  # type: ignore[attr-defined]
        if len(self.parts) == 1:
            del self.fields["part"]
        if len(self.fields["area"].choices) == 1:  # type: ignore[attr-defined]
            del self.fields["area"]
        self.only_area = next(iter(areas), about.area.code)

    def clean(self) -> dict:
        given = super().clean() or {}
        given["part"] = self.chosen_part(given.get("part", ""))
        if "area" not in self.errors:
            given["area"] = Area.objects.get(code=given.get("area") or self.only_area)
        given["theme"] = given.get("theme") or Theme.OTHER
        return given

    def chosen_part(self, key: str) -> Part | None:
        return self.parts.get(key) if "part" in self.fields else next(iter(self.parts.values()), None)


class WhatForm(AnonymousForm, FactsForm):
    """The first screen. What the plan comes from, where it does, goes along by its name."""

    wens, afspraak, initiatief, aanvraag = (
        forms.CharField(required=False, max_length=SOURCE_LETTERS, widget=forms.HiddenInput) for _each in range(4)
    )

    def own_words(self) -> str:
        return " ".join(self.cleaned_data.get(name, "") for name in ("title", "summary", "story", "cost_words"))

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept of the plan."""
        return {name: self.cleaned_data[name] for name in ("part", "area", *PLAIN)}

    def draft(self) -> list[tuple[str, str]]:
        """The first screen as hidden fields of the second."""
        return [(name, self.data.get(name, "")) for name in DRAFT if self.data.get(name, "")]

    @cached_property
    def once(self) -> str:
        """The same for each sending of these words from one opened form."""
        told = "\0".join((self.mark, "budget plan", self.own_words()))
        return hashlib.sha256(told.encode()).hexdigest() if self.mark else ""


PLAIN = ("title", "summary", "story", "place", "theme", "cost", "cost_words")


class WithPicture(PictureForm):
    """A form that asks for a picture beside other things: all of it, or nothing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ABOUT_PICTURE:
            self.fields[name].required = False

    def clean(self) -> dict:
        given = super().clean()
        if given.get("picture"):
            if not given.get("alt"):
                self.add_error("alt", _("Tell in one sentence what can be seen in the picture."))
            if not given.get("people"):
                self.add_error("people", _("Tell whether people can be recognised."))
        elif "picture" not in self.errors:
            for name in ABOUT_PICTURE:
                self.errors.pop(name, None)
        return given

    @property
    def picture_open(self) -> bool:
        """Whether the questions about a picture have to be seen."""
        return any(name in self.errors for name in ABOUT_PICTURE)


class WhoForm(WithPicture):
    """The second screen of a resident: how we reach them, and what to call them. Who is signed in is known already."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("You get a mail with a button. Only after that we have your plan."),
        max_length=254,
        error_messages={"required": gettext_lazy("Write down your e-mail address. Do you have none? Call us, and we write it down.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What is your first name?"),
        help_text=gettext_lazy("Or the name of your group. You do not have to say it."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    agreed = forms.BooleanField(label=gettext_lazy("This name may stand on the site"), required=False)
    old_enough = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick this if you are old enough. Else ask somebody to help.")}
    )

    def __init__(self, *args: Any, known: bool, age: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["old_enough"].label = _("I am %(age)s years or older, or I send this for an organisation") % {"age": age}
        if known:
            del self.fields["email"]

    def clean(self) -> dict:
        given = super().clean()
        name = " ".join(given.get("name", "").split())
        if name and not is_name(name):
            self.add_error("name", _("Write only a first name, such as: Kees."))
        elif given.get("agreed") and not name:
            self.add_error("name", _("Which name may stand on the site?"))
        return given | {"name": name}


class ForWhomForm(WithPicture):
    """The second screen of staff: for whom they write it down, if for anybody."""

    name = forms.CharField(
        label=gettext_lazy("For whom do you write this down?"),
        help_text=gettext_lazy("Leave it empty for a plan of the municipality itself."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Which number may we call?"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    agreed = forms.BooleanField(label=gettext_lazy("This name may stand on the site"), required=False)
    by_municipality = forms.BooleanField(label=gettext_lazy("The municipality carries it out"), required=False)

    def clean_phone(self) -> str:
        try:
            return phone_number(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None

    def clean(self) -> dict:
        given = super().clean()
        name = " ".join(given.get("name", "").split())
        if name and not is_name(name):
            self.add_error("name", _("Write only a first name, such as: Kees."))
        elif not name and (given.get("phone") or given.get("agreed")):
            self.add_error("name", _("What may we call them?"))
        return given | {"name": name}
