"""What is asked of a Buurtcheck: what and where, and the three questions."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.references import as_reference
from buurtdraad.partners.forms.areas import AreasForm


class CheckForm(AreasForm):
    """What a proposal is about, of which department, and for which areas."""

    title = NameField(label=gettext_lazy("What is your proposal about?"), help_text=gettext_lazy("In some words, such as: places to play."))
    department = NameField(
        label=gettext_lazy("For which department?"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "afdelingen", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, had: set[str], **options: Any) -> None:
        super().__init__(*args, reach=Reach(everywhere=True), had=had, **options)

    def clean(self) -> dict:
        given = super().clean()
        if not given["areas"]:
            self.add_error(None, _("Choose at least one area."))
        return given


def question(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))


class AnswersForm(forms.Form):
    """The three questions. They may wait, unless somebody wants to finish (`finishing`)."""

    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("Which wishes does your proposal belong to?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=gettext_lazy("Does it belong to other wishes too?"),
        help_text=gettext_lazy("Write their numbers, such as ZO-42."),
        required=False,
        max_length=300,
    )
    asks = question(gettext_lazy("What does the neighbourhood ask?"), gettext_lazy("Write no names of residents."))
    does = question(gettext_lazy("What do we do with it? And what not, and why?"), "")
    spoke_with = question(
        gettext_lazy("With whom was spoken?"),
        gettext_lazy("Organisations and groups, such as the neighbourhood platform. No names of residents."),
    )

    def __init__(self, *args: Any, to_choose: list[Wish], finishing: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.to_choose = {wish.reference: wish for wish in to_choose}
        self.fields["wishes"].choices = [(wish.reference, f"{wish.reference}: {wish.title}") for wish in to_choose]  # type: ignore[attr-defined]
        if not to_choose:
            del self.fields["wishes"]
        for name in ("asks", "does", "spoke_with"):
            self.fields[name].required = finishing

    def clean_more(self) -> list[Wish]:
        """The wishes on the site with these numbers, in any way that people write them."""
        typed = [part for part in re.split(r"[,;\n]+", self.cleaned_data["more"]) if part.strip()]
        found = {wish.reference: wish for wish in Wish.objects.on_site().filter(reference__in=map(as_reference, typed))}
        if strange := [part.strip() for part in typed if as_reference(part) not in found]:
            raise forms.ValidationError(_("We know no wish with this number: %(numbers)s.") % {"numbers": ", ".join(strange)})
        return list(found.values())

    def clean(self) -> dict:
        """All chosen wishes together, each once."""
        given = super().clean() or {}
        chosen = [self.to_choose[reference] for reference in given.get("wishes", [])]
        given["wishes"] = list({wish.pk: wish for wish in [*chosen, *given.pop("more", [])]}.values())
        return given
