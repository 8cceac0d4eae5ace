"""What we ask before a round is closed for good."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CloseForm(forms.Form):
    """All paper is in; and where some was typed by one person only, that it does not count."""

    all_typed = forms.BooleanField(
        label=_("All paper ballots that came in time were typed by two people"), help_text=_("After this nothing can be added."),
    )  # fmt: skip
    open_aside = forms.BooleanField(label=_("These papers do not count. They are set aside, and everybody can read how many."))

    def __init__(self, *args, paper: int, takes_paper: bool, **options) -> None:
        super().__init__(*args, **options)
        if paper:
            del self.fields["all_typed"]
        else:
            del self.fields["open_aside"]
            if not takes_paper:
                del self.fields["all_typed"]

    @property
    def sets_aside(self) -> bool:
        return bool(self.cleaned_data.get("open_aside"))
