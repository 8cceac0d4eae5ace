"""Committing money of a pot to a project of the municipality."""

from django import forms
from django.utils.translation import gettext_lazy

from buurtdraad.ui.euros import EuroField
from buurtdraad.works.models import Work
from buurtdraad.works.models.sheets import WorkQuerySet

# To choose from; a word finds the others.
MOST = 50


class CommitForm(forms.Form):
    """Which project, how much, and for what."""

    work = forms.ModelChoiceField(label=gettext_lazy("For which project is the money?"), queryset=Work.objects.none(), to_field_name="uuid")
    amount = EuroField(label=gettext_lazy("How much?"), help_text=gettext_lazy("In euros, such as 250 or 1.234,56."))
    words = forms.CharField(
        label=gettext_lazy("What is it for?"), max_length=200, required=False,
        help_text=gettext_lazy("In plain words, without names. Everybody can read it."),
    )  # fmt: skip

    def __init__(self, *args, works: WorkQuerySet, words: str = "", **kwargs) -> None:
        """`words`: in the name of the projects that are offered. Each of `works` is a good answer, offered or not."""
        super().__init__(*args, **kwargs)
        found = works.filter(title__icontains=words) if words else works
        offered = list(found.values_list("uuid", "title")[: MOST + 1])
        self.more, self.offered = len(offered) > MOST, bool(offered)
        field: forms.ModelChoiceField = self.fields["work"]  # type: ignore[assignment]
        field.queryset = works
        field.choices = [("", gettext_lazy("Choose a project")), *((str(uuid), title) for uuid, title in offered[:MOST])]
