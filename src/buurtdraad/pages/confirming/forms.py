"""What we ask of a partner who is stuck or says that something has changed, and of who answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.partners.states import Says

# Of the button, random; what is longer is none of ours.
MOST_OF_A_MARK = 30
ASKS = {Says.CHANGED: _("What has changed?"), Says.STUCK: _("Why are you stuck?")}
HELP = {
    Says.CHANGED: _("The area adviser reads this. Write no names of residents."),
    Says.STUCK: _("You get an answer within two weeks. With that answer your words can come on the site. Write no names."),
}


class PressForm(forms.Form):
    """One of the three buttons."""

    thing = forms.CharField(max_length=60, widget=forms.HiddenInput)
    says = forms.ChoiceField(choices=Says.choices, widget=forms.HiddenInput)
    once = forms.CharField(max_length=MOST_OF_A_MARK, required=False, widget=forms.HiddenInput)


class WordsForm(PressForm):
    """What has changed, or why somebody is stuck; and who says so, unless we know."""

    words = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    said_by = NameField(label=_("Who are you?"), help_text=_("Your name and what you do there. Only the municipality sees it."))

    def __init__(self, *args: Any, says: Says, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_about = says
        self.fields["words"].label = ASKS[says]
        self.fields["words"].help_text = HELP[says]
        if known:
            del self.fields["said_by"]


class AnswerForm(forms.Form):
    """The answer to a partner. Only an agreement has a place on the site to show it (`on_agreement`)."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what you do, and when. The partner gets this by mail."),
    )
    on_site = forms.BooleanField(
        label=_("Show the words of the partner and this answer beside the agreement, for everybody."), required=False
    )

    def __init__(self, *args: Any, on_agreement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_agreement:
            del self.fields["on_site"]
