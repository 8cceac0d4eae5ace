"""What somebody says below a wish."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.comments.rules import MOST_LETTERS
from buurtdraad.lib.spam import AnonymousForm


class CommentForm(AnonymousForm):
    """A few sentences, and the first name that others may read."""

    text = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("Everybody can read this. Please write no names of people."),
        max_length=MOST_LETTERS,
        error_messages={
            "required": _("Write down what you want to say."),
            "max_length": _("This is too long. Shorten it, or call us."),
        },
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    name = forms.CharField(
        label=_("Your first name"),
        help_text=_("Others can read it. Leave it empty if you do not want that."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)

    def own_words(self) -> str:
        return self.cleaned_data.get("text", "")
