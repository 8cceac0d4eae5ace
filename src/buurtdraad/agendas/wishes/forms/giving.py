"""The two screens on which a resident tells a wish: what and where, and how they hear of it.

The first screen travels in the second as hidden fields: no session, and nothing is kept before it is sent.
"""

import hashlib
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.queries.where import LONGEST, Places, all_areas, area_named, area_of_point, find_area
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.messages.states import Way
from buurtdraad.places.models import AreaYear
from buurtdraad.places.sources.address import is_on

# What of the first screen goes along to the second.
DRAFT = ("text", "area", "theme", "lat", "lon", "opened")


class Degrees(forms.FloatField):
    """A number of degrees that a device fills in; nonsense counts as nothing."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> float | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class Words(forms.CharField):
    """A text of several lines; a line ends in one character, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class WhatForm(AnonymousForm):
    """What somebody wants or misses, and where."""

    text = Words(
        label=gettext_lazy("What do you want or miss in your neighbourhood?"),
        help_text=gettext_lazy("Mistakes in the language do not matter. Please write no names of people."),
        max_length=MOST_LETTERS,
        error_messages={
            "required": gettext_lazy("Write down what you want or miss. A few words are enough."),
            "max_length": gettext_lazy("This is too long. The first part is still here. Shorten it, or call us."),
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    where = forms.CharField(
        label=gettext_lazy("In which neighbourhood?"),
        help_text=gettext_lazy("The name of the neighbourhood, a street or a postcode."),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("In which neighbourhood is it? Type its name, a street or a postcode."),
            "max_length": gettext_lazy("Type only the name of a neighbourhood, a street or a postcode."),
        },
        # Without autocomplete="off": with that a browser that goes back has forgotten it.
        widget=forms.TextInput(attrs={"list": "neighbourhoods"}),
    )
    pick = forms.CharField(label=gettext_lazy("Which one do you mean?"), required=False, widget=forms.RadioSelect)
    theme = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=[("", gettext_lazy("Choose if you want")), *Theme.choices], required=False
    )
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    lat, lon = Degrees(required=False), Degrees(required=False)
    without_point = forms.BooleanField(label=gettext_lazy("Do not put my place on the map"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser that cuts off what was pasted says nothing of it.
        for name in ("text", "where"):
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["where"].required = not (self.data.get("area") or self.initial.get("area"))
        if not is_on():
            self.promise_no_addresses()
        self.here: AreaYear | None = None
        self.point: tuple[float, float] | None = None

    def promise_no_addresses(self) -> None:
        """Without an address service only the names of neighbourhoods are known."""
        self.fields["where"].help_text = _("The name of the neighbourhood.")
        self.fields["where"].error_messages["required"] = _("In which neighbourhood is it? Type its name.")

    def own_words(self) -> str:
        return self.cleaned_data.get("text", "")

    def clean(self) -> dict:
        given = super().clean() or {}
        self.here = self.meant(given)
        self.point = self.point_in(given)
        return given

    def meant(self, given: dict) -> AreaYear | None:
        """The area: as picked from what we found, else as typed, else as it stood on the page. Says on the form when it is not clear."""
        where, pick = given.get("where", ""), given.get("pick", "")
        if pick and where == given.get("asked") and (picked := area_named(pick)):
            return picked
        if where:
            found = find_area(where)
            if found.exact:
                return area_named(found.exact)
            self.ask_which(where, found)
            return None
        here = area_named(given.get("area", ""))
        if here is None and "where" not in self.errors:
            self.add_error("where", self.fields["where"].error_messages["required"])
        return here

    def ask_which(self, where: str, found: Places) -> None:
        """Offer what may be meant; where we found nothing, all neighbourhoods."""
        choices = found.found or all_areas()
        self.fields["pick"].widget = forms.RadioSelect() if found.found else forms.Select()
        listed = list(choices.items())
        self.fields["pick"].widget.choices = listed if found.found else [("", _("Choose a neighbourhood")), *listed]
        self.fields["pick"].required = True  # says so on the page; it was looked at already
        self.put("asked", where)
        if found.found:
            self.add_error("pick", _("We found more than one place."))
        elif found.unavailable and is_on():
            self.add_error("where", _("We cannot look up addresses right now. Choose your neighbourhood from the list."))
        else:
            self.add_error("where", _("We know no place with this name in our municipality. Choose from the list."))

    @property
    def picks(self) -> bool:
        """Whether there is a choice of areas on the form."""
        return bool(self.fields["pick"].widget.choices)

    def point_in(self, given: dict) -> tuple[float, float] | None:
        """The point of the device, where it lies in the area that was chosen."""
        latitude, longitude = given.get("lat"), given.get("lon")
        if latitude is None or longitude is None or self.here is None or given.get("without_point"):
            return None
        there = area_of_point(latitude, longitude)
        return (latitude, longitude) if there and there.code == self.here.code else None

    def shortened(self) -> "WhatForm":
        """The same form, of a text that is too long only the first part, so that it can be sent again."""
        self.put("text", self.data.get("text", "")[:MOST_LETTERS])
        return self

    def put(self, name: str, value: str) -> None:
        """Another value on the form when it is shown again."""
        data = cast("QueryDict", self.data).copy()
        data[name] = value
        self.data = data

    def draft(self) -> list[tuple[str, str]]:
        """The first screen as hidden fields of the second: what was typed, and the area that was meant."""
        kept = {name: self.data.get(name, "") for name in DRAFT} | {"area": self.here.code if self.here else ""}
        return list((kept if self.point else kept | {"lat": "", "lon": ""}).items())

    @cached_property
    def once(self) -> str:
        """The same for each sending of this text from one opened form; another text from the same form is another wish."""
        told = "\0".join((self.mark, self.cleaned_data["text"], self.here.code if self.here else ""))
        return hashlib.sha256(told.encode()).hexdigest() if self.mark else ""


class HowForm(PictureForm):
    """How a giver hears of their wish; and a picture, if they want. Who is signed in chose the way already."""

    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to hear from us?"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.EMAIL
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("You get a mail with a button. After that we can mail you."),
        max_length=254,
        error_messages={"required": gettext_lazy("Write down your e-mail address, or choose another way.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your phone number"),
        help_text=gettext_lazy("Only who calls you sees it. After the call we throw it away."),
        max_length=30,
        error_messages={"required": gettext_lazy("Which number may we call?")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    ABOUT_PICTURE = ("picture", "alt", "people", "agreed_with")

    def __init__(self, *args: Any, known: bool, with_picture: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.ABOUT_PICTURE:
            self.fields[name].required = False
        if self.is_bound:
            self.fields["email"].required = self.data.get("way") == Way.EMAIL
            self.fields["phone"].required = self.data.get("way") == Way.CALL
        for name in [*(("way", "email", "phone", "name") if known else ()), *(() if with_picture else self.ABOUT_PICTURE)]:
            del self.fields[name]

    def clean(self) -> dict:
        given = super().clean()
        self.clean_way_to_hear(given)
        if given.get("picture"):
            if not given.get("alt"):
                self.add_error("alt", _("Tell in one sentence what can be seen in the picture."))
            if not given.get("people"):
                self.add_error("people", _("Tell whether people can be recognised."))
        elif "picture" not in self.errors:
            for name in self.ABOUT_PICTURE:
                self.errors.pop(name, None)
        return given

    def clean_way_to_hear(self, given: dict) -> None:
        way = given.get("way")
        if way != Way.EMAIL:
            self.errors.pop("email", None)
        if way != Way.CALL:
            self.errors.pop("phone", None)
        elif given.get("phone"):
            try:
                given["phone"] = phone_number(given["phone"])
            except NotAPhoneNumber:
                self.add_error("phone", _("This is no phone number. Write it as 06 12345678."))

    @property
    def picture_open(self) -> bool:
        """Whether the questions about a picture have to be seen."""
        return any(name in self.errors for name in self.ABOUT_PICTURE)
