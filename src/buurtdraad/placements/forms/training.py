"""What is asked for a training, a session, why one is called off, who came, and what somebody thinks of it."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.lib.dated import FIRST_DAY, LAST_DAY, day
from buurtdraad.placements.actions import Plan
from buurtdraad.placements.models import Enrolment, Session
from buurtdraad.placements.states import Enrolled

MOST_SEATS = 500
SCORES = (
    (1, _("1: not useful")),
    (2, _("2: a little useful")),
    (3, _("3: useful")),
    (4, _("4: quite useful")),
    (5, _("5: very useful")),
)


def lines(label: Any, *, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 4}), **more)


def clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class ModuleForm(forms.Form):
    """A training."""

    name = NameField(label=_("What is the training called?"), max_length=120)
    text = lines(_("What does one learn, and for whom is it?"), most=2000)


class SessionForm(forms.Form):
    """When and where, and for how many."""

    on = day(label=_("On which day?"))
    starts = clock(_("From what time?"))
    ends = clock(_("Until what time?"))
    place = NameField(label=_("Where is it?"), max_length=200)
    seats = forms.IntegerField(label=_("How many people can come?"), min_value=1, max_value=MOST_SEATS, initial=12)

    def clean_on(self) -> datetime.date:
        on = self.cleaned_data["on"]
        if not FIRST_DAY <= on <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day in this century."))
        return on

    @property
    def plan(self) -> Plan:
        """The plan of a valid form."""
        given = self.cleaned_data
        starts, ends = (timezone.make_aware(datetime.datetime.combine(given["on"], given[name])) for name in ("starts", "ends"))
        return Plan(starts, ends, given["place"], given["seats"])


def initial_of(session: Session) -> dict[str, Any]:
    """What stands in the form of a session that is there already."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {"on": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": session.place, "seats": session.seats}


class CallOffForm(forms.Form):
    """Why a session will not happen: everybody who would come reads it."""

    why = NameField(label=_("Why will it not happen?"), max_length=300, help_text=_("Everybody who signed up reads this."))


class CameForm(forms.Form):
    """Who was there."""

    came = forms.MultipleChoiceField(label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, places: list[Enrolment]) -> None:
        super().__init__(data, initial={"came": [str(one.pk) for one in places if one.stage == Enrolled.ATTENDED]})
        self.fields["came"].choices = [(str(one.pk), name_of(one)) for one in places]  # type: ignore[attr-defined]

    @property
    def ids(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["came"]}


def name_of(enrolment: Enrolment) -> str:
    """Who it is; of who was erased we only know that they were there."""
    return enrolment.person.name if enrolment.person and enrolment.person.name else str(_("Somebody without a name"))


class EvaluateForm(forms.Form):
    """What somebody thinks of a training."""

    useful = forms.TypedChoiceField(label=_("How useful was it for your work?"), choices=SCORES, coerce=int, widget=forms.RadioSelect)
    words = lines(
        _("What can be better?"), most=500, required=False, help_text=_("The organiser reads this without your name. Name nobody else.")
    )
