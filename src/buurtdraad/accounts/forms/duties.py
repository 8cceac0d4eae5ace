"""Questions about duties, and about the record of what happened."""

import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts import queries
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.queries import person_of
from buurtdraad.audit.queries import Wanted
from buurtdraad.places.models import Area

# The whole city is chosen, never what is left when nobody chose: a duty there opens every neighbourhood.
WHOLE_CITY = "stad"
FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)


def day(**options: Any) -> forms.DateField:
    """A date as the browser asks for it, or typed as people write it."""
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class DaysForm(forms.Form):
    """Days that are to come, within reason."""

    def clean(self) -> dict:
        given = super().clean() or {}
        for name in ("from_on", "until_on", "last_day"):
            if (value := given.get(name)) and value < timezone.localdate():
                self.add_error(name, _("This day is over. Choose today or later."))
            elif value and value > LAST_DAY:
                self.add_error(name, _("This day is too far away."))
        return given


class GiveForm(DaysForm):
    """Which duty, where, from when until when."""

    duty = forms.ChoiceField(label=gettext_lazy("Which duty?"), choices=Duty.choices)
    area = forms.ChoiceField(
        label=gettext_lazy("Where?"),
        error_messages={"required": gettext_lazy("Choose a place, or the whole city.")},
        help_text=gettext_lazy("A duty in a district also holds in its neighbourhoods."),
    )
    from_on = day(label=gettext_lazy("From which day?"), initial=timezone.localdate)
    until_on = day(
        label=gettext_lazy("Until which day?"),
        required=False,
        help_text=gettext_lazy("The last day. Leave empty when the end is not known."),
    )
    why = ReasonField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a place")),
            (WHOLE_CITY, _("The whole city")),
            *queries.place_choices(),
        ]

    def clean_duty(self) -> Duty:
        return Duty(self.cleaned_data["duty"])

    def clean_area(self) -> Area | None:
        code = self.cleaned_data["area"]
        return None if code == WHOLE_CITY else Area.objects.get(code=code)


class ForgetForm(forms.Form):
    """Why somebody's second step is taken away."""

    why = ReasonField(label=gettext_lazy("How do you know that it is this person?"))


class EndForm(DaysForm):
    """When a duty ends, and why."""

    last_day = day(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty to end the duty at once."))
    why = ReasonField()


class StandInForm(DaysForm):
    """Who stands in, and for how long."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who stands in?"),
        empty_label=gettext_lazy("Choose somebody"),
        queryset=Person.objects.none(),
        to_field_name="uuid",
        help_text=gettext_lazy("You can choose colleagues who have a duty themselves."),
    )
    from_on = day(label=gettext_lazy("From which day?"), initial=timezone.localdate)
    until_on = day(label=gettext_lazy("Until which day?"))
    why = ReasonField(required=False)

    def __init__(self, *args: Any, held: DutyHeld, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = queries.holders(on=timezone.localdate(), but=held.person)  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Somebody new."""

    name = NameField(label=gettext_lazy("Name"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), help_text=gettext_lazy("They sign in with a link that we send to this address.")
    )


class FindForm(forms.Form):
    """Looking for persons and their duties."""

    q = forms.CharField(label=gettext_lazy("Name, e-mail address or place"), max_length=100, required=False)
    taak = forms.ChoiceField(label=gettext_lazy("Duty"), required=False)
    plaats = forms.ChoiceField(label=gettext_lazy("Who works in"), required=False)
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[("", gettext_lazy("By person")), ("plaats", gettext_lazy("By place"))],
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["taak"].choices = [("", _("All duties")), *Duty.choices]  # type: ignore[attr-defined]
        self.fields["plaats"].choices = [("", _("All places")), *queries.place_choices()]  # type: ignore[attr-defined]


class LogbookForm(forms.Form):
    """Which events to show."""

    wie = forms.CharField(
        label=gettext_lazy("Person"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("E-mail address or whole name: what they did, and what was done with their account."),
    )
    wat = forms.CharField(label=gettext_lazy("Thing"), max_length=80, required=False, help_text=gettext_lazy("For example area:BU03440241"))
    kamer = forms.ChoiceField(label=gettext_lazy("Part of the product"), required=False)
    vanaf = day(label=gettext_lazy("From which day?"), required=False)
    tot = day(label=gettext_lazy("Until which day?"), required=False)
    voor = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rooms = sorted(app.label for app in apps.get_app_configs() if app.name.startswith("buurtdraad."))
        self.fields["kamer"].choices = [("", _("Everything")), *((room, room) for room in rooms)]  # type: ignore[attr-defined]

    def clean_wie(self) -> UUID | None:
        text = self.cleaned_data["wie"]
        if not text:
            return None
        person = person_of(text)
        if person is None:
            raise forms.ValidationError(_("We know nobody with this address or name, or more than one."))
        return person.uuid

    def clean(self) -> dict:
        given = super().clean() or {}
        for name in ("vanaf", "tot"):
            if (value := given.get(name)) and not FIRST_DAY <= value <= LAST_DAY:
                self.add_error(name, _("Choose a day in this century."))
        if (first := given.get("vanaf")) and (last := given.get("tot")) and last < first:
            self.add_error("tot", _("The last day lies before the first day."))
        return given

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Wanted(thing=given["wat"], actor=given["wie"], room=given["kamer"], from_on=given["vanaf"], until_on=given["tot"])
