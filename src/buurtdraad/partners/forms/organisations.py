"""What is asked of an organisation, of who speaks for it, and when looking for one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.queries import place_choices
from buurtdraad.challenges import queries as challenges
from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.dated import DaysForm, first_day, last_day
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.partners.forms.areas import AreasForm
from buurtdraad.partners.models import Kind, Organisation
from buurtdraad.partners.queries.organisations import own_areas_of
from buurtdraad.places.models import Area

Ticks = forms.CheckboxSelectMultiple


class FindForm(forms.Form):
    """Looking for partners."""

    q = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Who works in"), required=False)
    ook = forms.BooleanField(label=gettext_lazy("Also those that are over"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["soort"].choices = [("", _("All kinds")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["gebied"].choices = [("", _("All places")), *place_choices()]  # type: ignore[attr-defined]


class OrganisationForm(AreasForm):
    """An organisation. `cleaned_data` holds what the action takes: `areas` and `challenges` as rows."""

    name = NameField(label=gettext_lazy("What is the organisation called?"))
    kind = forms.ChoiceField(label=gettext_lazy("What kind of organisation is it?"))
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=200, help_text=gettext_lazy("Begin with https://")
    )
    challenges = forms.MultipleChoiceField(label=gettext_lazy("On which challenges does it work?"), required=False, widget=Ticks)
    from_on = first_day()
    until_on = last_day()

    def __init__(self, *args: Any, reach: Reach, organisation: Organisation | None = None, **options: Any) -> None:
        had = {area.code for area in own_areas_of(organisation)} if organisation else set()
        super().__init__(*args, reach=reach, had=had, **options)
        works_on = [one.pk for one in organisation.challenges.all()] if organisation else []
        self.fields["kind"].choices = [("", _("Choose a kind")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["challenges"].choices = challenges.choices(also=works_on)  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean()
        given["challenges"] = list(Challenge.objects.filter(pk__in=given.get("challenges", [])))
        return given


class RepresentativeForm(DaysForm):
    """Who speaks for an organisation. Staff alone see how to reach them."""

    name = NameField(label=gettext_lazy("Name"))
    role = NameField(label=gettext_lazy("What do they do there?"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Only who works here sees e-mail and phone."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("For which areas?"),
        required=False,
        widget=Ticks,
        help_text=gettext_lazy("Leave empty when it is for everything that the organisation does."),
    )
    from_on = first_day()
    until_on = last_day()

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        if not areas:
            del self.fields["areas"]

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        try:
            return phone_number(phone) if phone else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None

    def clean(self) -> dict:
        given = super().clean()
        given["areas"] = list(Area.objects.filter(code__in=given.get("areas", [])))
        return given
