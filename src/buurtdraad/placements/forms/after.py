"""What we ask afterwards: of who was there, of the host, and without a name."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.personal import pieces

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class ReflectionForm(forms.Form):
    """For oneself."""

    words = forms.CharField(
        label=gettext_lazy("What struck you?"),
        help_text=gettext_lazy("What surprised you? What did you see of our rules? What will you do otherwise?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ThanksForm(forms.Form):
    """For the host."""

    words = forms.CharField(
        label=gettext_lazy("What do you want to say to the host?"),
        help_text=gettext_lazy("We mail this to the host, with your first name."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HostForm(forms.Form):
    """Of the host."""

    again = forms.ChoiceField(label=gettext_lazy("Would you do this again?"), choices=YES_NO, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("What went well, and what can be better?"),
        help_text=gettext_lazy("Write no names. Who organises the placements reads this, nobody else."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    looked = forms.BooleanField(
        label=gettext_lazy("I looked at these words again: none is about a person."), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict:
        given = super().clean() or {}
        found = [f"“{piece.strip()}”" for piece, why in pieces(given.get("words", "")) if why]
        looked = given.pop("looked", False)
        if found:
            self.fields["looked"].widget = forms.CheckboxInput()
        if found and not looked:
            self.add_error(
                "words",
                _("These words may be about a person: %(words)s. Write them otherwise, or tick below.") % {"words": ", ".join(found)},
            )
        return given


class FeelingsForm(forms.Form):
    """Two questions, without a name."""

    awkward = forms.ChoiceField(label=gettext_lazy("Was it sometimes awkward?"), choices=YES_NO, widget=forms.RadioSelect)
    worth_while = forms.ChoiceField(label=gettext_lazy("Was it worth while?"), choices=YES_NO, widget=forms.RadioSelect)

    def answers(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] == "yes" for name in ("awkward", "worth_while")}
