"""Rounding an evening off in one screen."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.meetings.actions import Evening, Photo
from buurtdraad.agendas.meetings.states import Age, Band
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal
from buurtdraad.lib.uploads.fields import PictureField
from buurtdraad.lib.uploads.models import People

# What in a text may be about a resident; staff say that it is not, or take it out.
PERHAPS = frozenset({"name", "person", "house"})


def template() -> str:
    """The questions that minutes answer."""
    return (
        "\n\n".join((gettext("What was it about?"), gettext("What did people say?"), gettext("What did we agree, and who does it?"))) + "\n"
    )


class RoundOffForm(forms.Form):
    """Numbers, who was missing, the minutes, a picture and the answer. Texts that name somebody come back once, with a question."""

    band = forms.ChoiceField(label=_("How many people were there?"), choices=Band.choices, widget=forms.RadioSelect)
    ages = forms.MultipleChoiceField(label=_("Who were there?"), choices=Age.choices, required=False, widget=forms.CheckboxSelectMultiple)
    missing = forms.CharField(
        label=_("Who was missing?"), max_length=500, required=False, help_text=_("Such as: young people, shopkeepers.")
    )
    minutes = forms.CharField(
        label=_("What was said?"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody reads this on the site. Write no names of residents."),
    )  # fmt: skip
    told_back = forms.CharField(
        label=_("What do you tell the people who came?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who signed up hears this. You can also do it later."),
    )  # fmt: skip
    picture = PictureField(label=_("Photo of the flip-over"), required=False, help_text=_("Only colleagues see it."))
    alt = forms.CharField(label=_("What stands on it, in one sentence?"), max_length=200, required=False)
    agreed = forms.BooleanField(label=_("Nobody can be recognised in the photo, or everybody agrees."), required=False)
    sure = forms.BooleanField(label=_("I looked: no resident is named in these texts."), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("minutes", "").split() == template().split():
            given["minutes"] = ""
        for name in ("missing", "minutes", "told_back"):
            found = personal(given.get(name) or "")
            if found & NEVER_ON_SITE:
                self.add_error(name, _("There is a phone number, e-mail address or number plate in it. Everybody reads this: take it out."))
            elif found & PERHAPS and not given.get("sure"):
                self.add_error(name, _("Perhaps this names a person or a house. Take it out, or tick below that it does not."))
                self.fields["sure"].widget = forms.CheckboxInput()
        if given.get("picture") and not given.get("alt"):
            self.add_error("alt", _("Tell what stands on the photo, for people who cannot see it."))
        if given.get("picture") and not given.get("agreed"):
            self.add_error("agreed", _("Tick this, or choose another photo."))
        return given

    @property
    def evening(self) -> Evening:
        given = self.cleaned_data
        return Evening(given["band"], given["ages"], given["missing"], given["minutes"])

    @property
    def photo(self) -> Photo | None:
        given = self.cleaned_data
        return Photo(given["picture"], given["alt"], People.NOBODY) if given.get("picture") else None


class TellBackForm(forms.Form):
    """The answer, when it was not there yet on the evening itself."""

    told_back = forms.CharField(
        label=_("What do you tell the people who came?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who signed up hears this."),
    )  # fmt: skip


class AddWishForm(forms.Form):
    """A wish that was talked about, by its number."""

    reference = forms.CharField(label=_("Number of a wish that was talked about"), max_length=20, help_text=_("Such as: ZO-42."))

    def clean_reference(self) -> str:
        return "".join(self.cleaned_data["reference"].split()).upper()

    def refuse(self) -> None:
        """Say that there is no such wish."""
        self.add_error("reference", gettext("There is no wish with this number here."))
