"""What the organiser keeps of a host, and what a host says: a shift, days on which nobody can come, a reason."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.queries import place_choices
from buurtdraad.agendas.meetings.forms.planning import at_time, time
from buurtdraad.lib.dated import DaysForm, day, first_day
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.partners.models import Organisation
from buurtdraad.partners.queries.joining import kept
from buurtdraad.placements.actions.hosts import HostFacts
from buurtdraad.placements.models import Host, Shift
from buurtdraad.placements.queries.hosts import organisations_to_choose, shifts_between
from buurtdraad.placements.rules import MOST_WEEKS, OTHERS_FIRST_DAYS
from buurtdraad.placements.states import Physical
from buurtdraad.places.models import Area

CALL_OFF = "call_off"
THEN = [
    (CALL_OFF, gettext_lazy("They will not happen. Who would come is told.")),
    ("keep", gettext_lazy("They stay for who has a seat. Nobody else can sign up.")),
]
ROWS = forms.Textarea(attrs={"rows": 3})
SAME = (
    "name", "address", "tasks", "house_rules", "languages", "physical", "asks_for", "most_seats", "others_first",
    "contact_name", "contact_email", "contact_phone", "from_on",
)  # fmt: skip


class HostForm(DaysForm):
    """A host on one page; what can be skipped says so."""

    organisation = forms.ChoiceField(label=gettext_lazy("Of which partner is it?"))
    area = forms.ChoiceField(label=gettext_lazy("In which neighbourhood?"))
    name = NameField(
        label=gettext_lazy("What is the place called?"), max_length=120, help_text=gettext_lazy("Such as: community kitchen De Linde.")
    )
    address = NameField(label=gettext_lazy("What is the address?"), max_length=200)
    tasks = forms.CharField(label=gettext_lazy("What is there to do?"), max_length=300)
    house_rules = forms.CharField(label=gettext_lazy("House rules"), max_length=2000, required=False, widget=ROWS)
    languages = forms.CharField(label=gettext_lazy("Which languages are spoken, besides Dutch?"), max_length=120, required=False)
    physical = forms.MultipleChoiceField(
        label=gettext_lazy("What does the work ask of a body?"),
        choices=Physical.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asks_for = forms.CharField(label=gettext_lazy("What must somebody bring along or sign?"), max_length=200, required=False)
    most_seats = forms.IntegerField(
        label=gettext_lazy("How many people of the municipality at once, at most?"), min_value=1, max_value=50, initial=2
    )
    others_first = forms.BooleanField(
        label=gettext_lazy("Students and volunteers come first"),
        required=False,
        help_text=gettext_lazy("Then staff can sign up from %(days)s days before the shift.") % {"days": OTHERS_FIRST_DAYS},
    )
    contact_name = NameField(label=gettext_lazy("Who is the contact?"), max_length=100)
    contact_email = forms.EmailField(label=gettext_lazy("E-mail address of the contact"), help_text=gettext_lazy("Here goes the link."))
    contact_phone = forms.CharField(label=gettext_lazy("Phone number of the contact"), max_length=30, required=False)
    from_on = first_day()

    def __init__(self, *args: Any, host: Host | None = None, **options: Any) -> None:
        initial = {name: getattr(host, name) for name in SAME} if host else {}
        if host:
            initial |= {"organisation": str(host.organisation.whole.uuid), "area": host.area.code}
        super().__init__(*args, **(options | {"initial": initial}))
        self.was = host.organisation if host else None
        partners = organisations_to_choose()
        if host and initial["organisation"] not in dict(partners):
            partners.append((initial["organisation"], host.organisation.whole.name))
        self.fields["organisation"].choices = [("", _("Choose a partner")), *partners]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("Choose a neighbourhood")), *place_choices()]  # type: ignore[attr-defined]

    def clean_contact_phone(self) -> str:
        phone = self.cleaned_data["contact_phone"]
        try:
            return phone_number(phone) if phone else ""
        except NotAPhoneNumber:
            raise forms.ValidationError(_("This is no phone number. Write it as 06 12345678.")) from None

    def clean(self) -> dict:
        given = super().clean() or {}
        if self.was is None and given.get("name") and given.get("organisation"):
            there = Host.objects.not_over(timezone.localdate()).filter(organisation__uuid=given["organisation"], name__iexact=given["name"])
            if there.exists():
                self.add_error("name", _("This partner has a host with this name already."))
        return given

    @property
    def facts(self) -> HostFacts:
        """The host of a valid form."""
        given = dict(self.cleaned_data)
        organisation = kept(self.was, Organisation.objects.get(uuid=given.pop("organisation")))
        return HostFacts(organisation=organisation, area=Area.objects.get(code=given.pop("area")), **given)


class ShiftForm(forms.Form):
    """A shift, or the same one in several weeks."""

    on = day(label=gettext_lazy("On which day?"))
    starts = time(gettext_lazy("From what time?"))
    ends = time(gettext_lazy("Until what time?"))
    seats = forms.IntegerField(label=gettext_lazy("How many people can come?"), min_value=1)
    tasks = forms.CharField(label=gettext_lazy("What is there to do?"), max_length=300)
    weeks = forms.IntegerField(
        label=gettext_lazy("In how many weeks in a row?"), min_value=1, max_value=MOST_WEEKS, initial=1,
        help_text=gettext_lazy("1 is only this day. With 4 it is the same day in four weeks."),
    )  # fmt: skip

    def __init__(self, *args: Any, host: Host, shift: Shift | None = None, **options: Any) -> None:
        initial: dict[str, Any] = {"tasks": host.tasks, "seats": host.most_seats}
        if shift:
            starts, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
            initial = {"on": starts.date(), "starts": starts.time(), "ends": ends.time(), "seats": shift.seats, "tasks": shift.tasks}
        super().__init__(*args, **(options | {"initial": initial}))
        self.fields["seats"].max_value = host.most_seats  # type: ignore[attr-defined]
        self.fields["seats"].help_text = _("At most %(number)s at once.") % {"number": host.most_seats}
        if shift:
            del self.fields["weeks"]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", _("The end comes after the beginning."))
        return given

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        given = self.cleaned_data
        facts = {"starts_at": at_time(given["on"], given["starts"]), "ends_at": at_time(given["on"], given["ends"])}
        return facts | {name: given[name] for name in ("seats", "tasks", "weeks") if name in given}


class BlockForm(DaysForm):
    """Days on which nobody can come."""

    from_on = day(label=gettext_lazy("From which day?"))
    until_on = day(label=gettext_lazy("Until and with which day?"))
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as: closed in summer. Only you and we see it."),
    )
    # Asked once the days are known, where shifts are offered on them.
    then = forms.ChoiceField(label=gettext_lazy("What happens with these shifts?"), choices=THEN, required=False, widget=forms.HiddenInput)
    call_off_why = forms.CharField(
        label=gettext_lazy("If you call them off: why?"), max_length=300, required=False, widget=forms.HiddenInput,
        help_text=gettext_lazy("Everybody who would come is told this."),
    )  # fmt: skip

    def __init__(self, *args: Any, host: Host, **options: Any) -> None:
        super().__init__(*args, **options)
        self.host = host

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("from_on") or not given.get("until_on"):
            return given
        there = list(shifts_between(self.host, given["from_on"], given["until_on"], at=timezone.now()))
        then, why = given.pop("then", ""), given.get("call_off_why", "")
        given["call_off_why"] = why if there and then == CALL_OFF else ""
        if there:
            self.fields["then"].widget = forms.RadioSelect(choices=THEN)
            self.fields["call_off_why"].widget = ROWS
            self.fields["then"].help_text = ", ".join(date_format(timezone.localtime(one.starts_at), "l j F Y, H:i") for one in there)
            if not then:
                self.add_error("then", _("There are still shifts on these days. Say what happens with them."))
            elif then == CALL_OFF and not why:
                self.add_error("call_off_why", _("Say why they will not happen."))
        return given


class CallOffForm(forms.Form):
    """Why a shift will not happen."""

    why = forms.CharField(
        label=gettext_lazy("Why will it not happen?"), max_length=300, widget=ROWS,
        help_text=gettext_lazy("Everybody who would come is told this."),
    )  # fmt: skip


class RefuseForm(forms.Form):
    """Why somebody cannot come."""

    why = forms.CharField(
        label=gettext_lazy("Why does it not suit you?"), max_length=300, widget=ROWS, help_text=gettext_lazy("Who asked reads this.")
    )


class NewLinkForm(AnonymousForm):
    """A host asks for a fresh link."""

    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def own_words(self) -> str:
        return ""
