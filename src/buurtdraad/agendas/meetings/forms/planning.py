"""What staff fill in to make, change and cancel a meeting, to write somebody down, and to count stickers on paper."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.meetings.actions import Comer, Plan
from buurtdraad.agendas.meetings.forms.coming import needs_field, people_field
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries.listing import areas_with_meetings
from buurtdraad.agendas.meetings.rules import MOST_CARDS, MOST_STICKERS
from buurtdraad.agendas.meetings.states import Kind, Offer
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.messages.rules import NotAPhoneNumber, phone_number
from buurtdraad.messages.states import Way
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

POINT = re.compile(r"\s*(-?\d{1,3}[.,]\d+)\s*[,;\s]\s*(-?\d{1,3}[.,]\d+)\s*")


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def time(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


class PlanForm(forms.Form):
    """A meeting on one page; only the first six questions have to be filled in."""

    title = forms.CharField(label=_("What is the meeting called?"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind of meeting is it?"), choices=Kind.choices)
    area = forms.ChoiceField(label=_("For which neighbourhood?"))
    on = day(_("On which day?"))
    starts = time(_("From what time?"))
    ends = time(_("Until what time?"))
    place = forms.CharField(label=_("What is the place called?"), max_length=120, help_text=_("Such as: De Uithoek, large room."))
    address = forms.CharField(
        label=_("Which address, and how do people find it?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    point = forms.CharField(
        label=_("Point on the map"), max_length=60, required=False, help_text=_("Two numbers out of a map, such as: 52.1123, 5.0771.")
    )
    text = forms.CharField(label=_("What is it about?"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    offers = forms.MultipleChoiceField(
        label=_("What is there?"), choices=Offer.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.CharField(label=_("Which languages do we speak, besides Dutch?"), max_length=120, required=False)
    capacity = forms.IntegerField(
        label=_("How many people can come?"), min_value=1, max_value=5000, required=False, help_text=_("Leave it empty when everybody can.")
    )
    closes = day(_("Last day to sign up"), required=False)
    stickers = forms.IntegerField(label=_("How many stickers does each person get?"), min_value=1, max_value=MOST_STICKERS, initial=3)
    cards = forms.IntegerField(
        label=_("How many cards with a number do you hand out?"), min_value=0, max_value=MOST_CARDS, initial=0, required=False,
        help_text=_("For people without a telephone: they put stickers with their number."),
    )  # fmt: skip

    def __init__(self, data: Any, *, reach: Reach, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        found = [(place.code, place.name) for place in areas_with_meetings(places.city_code()) if place.code in reach]
        self.fields["area"].choices = found + [(code, name) for code, name in self.more_areas(reach) if (code, name) not in found]  # type: ignore[attr-defined]

    def more_areas(self, reach: Reach) -> list[tuple[str, str]]:
        """Districts and the city, for who works there."""
        codes = {places.city_code()} if reach.everywhere else {code for code in reach.codes if code.startswith("WK")}
        return sorted(places.names_of(codes).items())

    def clean_point(self) -> tuple[float, float] | None:
        """Latitude and longitude, in a neighbourhood of the city."""
        if not self.cleaned_data["point"]:
            return None
        match = POINT.fullmatch(self.cleaned_data["point"])
        if match is None:
            raise forms.ValidationError(_("Write two numbers, such as: 52.1123, 5.0771."))
        latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
        if places.area_at(latitude, longitude) is None:
            raise forms.ValidationError(_("This point is not in the municipality."))
        return latitude, longitude

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", _("The end comes after the beginning."))
        if given.get("closes") and given.get("on") and given["closes"] > given["on"]:
            self.add_error("closes", _("This day comes after the meeting."))
        return given

    @property
    def plan(self) -> Plan:
        """The plan of a valid form."""
        given = self.cleaned_data
        point = given["point"] or (None, None)
        return Plan(
            area=Area.objects.get(code=given["area"]),
            title=" ".join(given["title"].split()),
            kind=given["kind"],
            starts_at=at_time(given["on"], given["starts"]),
            ends_at=at_time(given["on"], given["ends"]),
            place=" ".join(given["place"].split()),
            address=given["address"],
            latitude=point[0],
            longitude=point[1],
            text=given["text"],
            offers=given["offers"],
            languages=given["languages"],
            capacity=given["capacity"],
            sign_up_until=at_time(given["closes"] + datetime.timedelta(days=1), datetime.time()) if given["closes"] else None,
            stickers=given["stickers"],
            cards=given["cards"] or 0,
        )


def at_time(on: datetime.date, clock: datetime.time) -> datetime.datetime:
    """A moment in Amsterdam."""
    return timezone.make_aware(datetime.datetime.combine(on, clock))


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What stands in the form of a meeting that is there already."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    last = timezone.localtime(meeting.sign_up_until).date() - datetime.timedelta(days=1) if meeting.sign_up_until else None
    same = ("title", "kind", "place", "address", "text", "offers", "languages", "capacity", "stickers", "cards")
    return {name: getattr(meeting, name) for name in same} | {
        "area": meeting.area.code, "on": starts.date(), "starts": starts.time(), "ends": ends.time(), "closes": last,
        "point": f"{meeting.latitude}, {meeting.longitude}" if meeting.latitude is not None else "",
    }  # fmt: skip


class CancelForm(forms.Form):
    """Why it will not happen: who signed up reads it."""

    why = forms.CharField(
        label=_("Why will it not happen?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who signed up is told this."),
    )  # fmt: skip


class WriteDownForm(forms.Form):
    """Somebody who signs up by phone or at the counter."""

    name = forms.CharField(label=_("First name"), max_length=60)
    people = people_field()
    needs = needs_field()
    phone = forms.CharField(label=_("Phone number, if they want to be called"), max_length=30, required=False)

    def clean_phone(self) -> str:
        if not self.cleaned_data["phone"]:
            return ""
        try:
            return phone_number(self.cleaned_data["phone"])
        except NotAPhoneNumber:
            raise forms.ValidationError(_("Write a phone number with ten digits, such as 06 12345678.")) from None

    @property
    def comer(self) -> Comer:
        given = self.cleaned_data
        return Comer(given["name"], given["people"], given["needs"], Way.CALL if given["phone"] else Way.NONE, given["phone"])


class PaperForm(forms.Form):
    """The stickers on the paper sheets: people, and a number for each wish."""

    people = forms.IntegerField(label=_("How many people put stickers on paper?"), min_value=0, max_value=5000)

    def __init__(self, *args: Any, wishes: list[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wishes = wishes
        for wish in wishes:
            self.fields[f"w{wish.pk}"] = forms.IntegerField(
                label=f"{wish.reference} {wish.title}", min_value=0, max_value=5000, required=False
            )

    @property
    def counts(self) -> dict[int, int]:
        """Stickers by id of the wish, of a valid form."""
        return {wish.pk: self.cleaned_data[f"w{wish.pk}"] or 0 for wish in self.wishes}
