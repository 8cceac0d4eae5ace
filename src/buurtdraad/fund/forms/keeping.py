"""Standard texts, other desks, and failures of our system."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.fund.models import TextBlock
from buurtdraad.lib.dated import DaysForm, first_day, last_day

USED_FOR = [
    (TextBlock.For.QUESTION, _("a question to who asks")),
    (TextBlock.For.COST, _("costs that are not accepted")),
    (TextBlock.For.DECISION, _("the words of a decision")),
    (TextBlock.For.OBLIGATION, _("what is agreed with a grant")),
]


class BlockForm(forms.Form):
    """A text that colleagues copy."""

    used_for = forms.ChoiceField(label=_("Used for"), choices=USED_FOR)
    title = forms.CharField(label=_("Name of the text"), max_length=100)
    text = forms.CharField(
        label=_("The text"), max_length=1500, widget=forms.Textarea(attrs={"rows": 6}), help_text=_("In plain words, to the person.")
    )


class DoorForm(forms.Form):
    """What belongs at another desk."""

    label = forms.CharField(label=_("What do people want?"), max_length=120, help_text=_("As they say it: 'a bicycle rack'."))
    goes_to = forms.CharField(label=_("Which desk takes it up?"), max_length=200)
    url = forms.URLField(label=_("Address of its page"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone number"), max_length=20, required=False)


class OutageForm(DaysForm):
    """Days on which people could not send us anything."""

    from_on = first_day()
    until_on = last_day()
    words = forms.CharField(
        label=_("What happened?"),
        max_length=300,
        help_text=_("Terms that ended on these days get as many days extra. This cannot be undone."),
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["until_on"].required = True
        self.fields["until_on"].help_text = _("The last day on which it did not work.")
