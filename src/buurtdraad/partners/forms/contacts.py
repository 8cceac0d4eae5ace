"""What is asked of somebody who works in a neighbourhood: at most what a resident needs."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.queries import place_choices
from buurtdraad.lib.dated import day, first_day, last_day
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.lib.uploads.models import People
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.partners.actions.representatives import account_of
from buurtdraad.partners.forms.areas import AreasForm
from buurtdraad.partners.models import LocalContact, Organisation
from buurtdraad.partners.queries.joining import kept

ONE_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Numbers of municipalities: 14 and an area code.
CITY_NUMBER = re.compile(r"14\s?(0\d{2,3})")


class FindPeopleForm(forms.Form):
    """Looking for who works where."""

    q = forms.CharField(label=gettext_lazy("Name, organisation or what they do"), max_length=100, required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Who works in"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["gebied"].choices = [("", _("All places")), *place_choices()]  # type: ignore[attr-defined]


class ContactForm(AreasForm):
    """Somebody who works in areas. `cleaned_data` holds what the action takes; `person` only where an account was asked for."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=gettext_lazy("For which organisation?"),
        empty_label=gettext_lazy("Choose an organisation"),
    )
    first_name = NameField(
        label=gettext_lazy("First name"), max_length=60, help_text=gettext_lazy("One first name, as residents say it. No last name.")
    )
    helps_with = NameField(
        label=gettext_lazy("With what does a resident come to them?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In plain words, such as: a plan for your street."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number at work"), required=False, max_length=30, widget=forms.TextInput(attrs={"type": "tel"})
    )
    walk_in = forms.CharField(
        label=gettext_lazy("Where and when can one walk in?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Such as: Tuesday from 10 to 12 in the community centre."),
    )
    does = forms.CharField(
        label=gettext_lazy("What does this person do?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For colleagues and partners."),
    )
    on_site = forms.BooleanField(label=gettext_lazy("Residents may see them on the site"), required=False)
    agreed_on = day(
        label=gettext_lazy("On which day did they agree to that?"),
        required=False,
        help_text=gettext_lazy("Ask them first. Without this day they do not come on the site."),
    )
    account = forms.EmailField(
        label=gettext_lazy("E-mail address of their account"),
        required=False,
        help_text=gettext_lazy("Then they see on their own page what stands here, and can take it off the site."),
    )
    from_on = first_day()
    until_on = last_day()

    def __init__(self, *args: Any, reach: Reach, contact: LocalContact | None = None, today: Any, **options: Any) -> None:
        had = {area.code for area in contact.areas.all()} if contact else set()
        super().__init__(*args, reach=reach, had=had, **options)
        self.was = contact.organisation if contact else None
        organisations = Organisation.objects.wholes().not_over(today)
        if self.was:
            organisations |= Organisation.objects.filter(pk=self.was.whole.pk)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if contact and contact.person_id:
            del self.fields["account"]

    def clean_organisation(self) -> Organisation:
        return kept(self.was, self.cleaned_data["organisation"])

    def clean_first_name(self) -> str:
        name = self.cleaned_data["first_name"]
        if not ONE_NAME.fullmatch(name):
            raise forms.ValidationError(_("Write one first name."))
        return name

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if city := CITY_NUMBER.fullmatch(phone):
            return f"14 {city[1]}"
        try:
            return phone_number(phone) if phone else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None

    def clean_account(self) -> Person | None:
        email = self.cleaned_data["account"]
        found = account_of(email)
        if email and not found:
            raise forms.ValidationError(_("We know no account with this e-mail address."))
        return found

    def clean(self) -> dict:
        given = super().clean()
        if not given["areas"]:
            self.add_error(None, _("Choose at least one area."))
        if given.get("on_site"):
            for name, words in (
                ("helps_with", _("Say with what residents come to them.")),
                ("agreed_on", _("Say on which day they agreed.")),
            ):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, words)
        if account := given.pop("account", None):
            given["person"] = account
        return given


class FaceForm(PictureForm):
    """A portrait of somebody: one is recognised in it, so only whether they agree is asked. `cleaned_data` is of `actions.keep_face`."""

    agrees = forms.BooleanField(
        label=gettext_lazy("This person agrees that residents see this picture"), help_text=gettext_lazy("Ask first. Show the picture too.")
    )

    def __init__(self, *args: Any, contact: LocalContact, **options: Any) -> None:
        super().__init__(*args, **options)
        self.contact = contact
        del self.fields["people"], self.fields["agreed_with"]

    def clean(self) -> dict:
        given = super().clean()
        given.pop("agrees", None)
        return given | {"people": People.AGREED, "agreed_with": self.contact.first_name}
