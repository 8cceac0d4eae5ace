"""What neighbours are asked about an initiative, and what staff fills in of its lists and zones."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.wishes.forms.giving import Words
from buurtdraad.initiatives.actions.support import household_mark
from buurtdraad.initiatives.forms.people import EMAIL
from buurtdraad.initiatives.models import Initiative, Zone
from buurtdraad.initiatives.states import EvidenceKind, Says, Unit, ZoneRule
from buurtdraad.lib.spam import AnonymousForm
from buurtdraad.lib.uploads.fields import PaperField

ELSEWHERE = "0"
UNITS = [(Unit.PERSON, gettext_lazy("each person")), (Unit.HOUSEHOLD, gettext_lazy("each household"))]


class Number(forms.IntegerField):
    """How many; nobody types a million."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=99_999, widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **options)


def zones_of(initiative: Initiative) -> dict[str, Zone]:
    """The zones of an initiative, by what a form sends for them."""
    return {str(zone.pk): zone for zone in initiative.zones.all()}


class OpinionForm(AnonymousForm):
    """For, against or no opinion; where the plan has zones, in which of them; and who is not known gives an address."""

    says = forms.ChoiceField(
        label=gettext_lazy("What do you think of this plan?"), choices=Says.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )  # fmt: skip
    zone = forms.ChoiceField(
        label=gettext_lazy("In which part do you live?"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose in which part you live.")},
    )  # fmt: skip
    postcode = forms.CharField(
        label=gettext_lazy("Your postcode"), max_length=10, required=False, widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Your house number"),
        help_text=gettext_lazy("One person counts for each address. We keep a secret mark of it, not your address."),
        max_length=12,
        required=False,
    )
    email = forms.EmailField(**EMAIL, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args: Any, about: Initiative, known: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.about, self.zones = about, zones_of(about)
        elsewhere = (ELSEWHERE, _("Somewhere else"))
        self.fields["zone"].choices = [*((key, zone.name) for key, zone in self.zones.items()), elsewhere]  # type: ignore[attr-defined]
        by_household = any(zone.unit == Unit.HOUSEHOLD for zone in self.zones.values())
        absent = {"zone": not self.zones, "email": known, "postcode": not by_household, "number": not by_household}
        for name in (name for name, is_absent in absent.items() if is_absent):
            del self.fields[name]

    def own_words(self) -> str:
        return ""

    def clean(self) -> dict:
        given = super().clean() or {}
        zone = self.zones.get(given.get("zone", ""))
        self.household = household_mark(self.about, given.get("postcode", ""), given.get("number", ""))
        if zone and zone.unit == Unit.HOUSEHOLD and not self.household:
            self.add_error("number", _("Write down your postcode and house number, such as: 3562 KJ and 12."))
        return given

    @property
    def chosen(self) -> Zone | None:
        """The zone that was chosen; None for somewhere else."""
        return self.zones.get(self.cleaned_data.get("zone", ""))


class ConcernForm(AnonymousForm):
    """A worry, without a name."""

    words = Words(
        label=gettext_lazy("What worries you?"),
        help_text=gettext_lazy("Please write no names or addresses. Somebody reads it first. Your name does not stand there."),
        max_length=1000,
        error_messages={"required": gettext_lazy("Tell in a few words what worries you.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AnswerForm(forms.Form):
    """An answer to a worry."""

    text = Words(
        label=gettext_lazy("What is your answer?"),
        help_text=gettext_lazy("Everybody can read it. Please write no names or addresses of people."),
        max_length=2000,
        error_messages={"required": gettext_lazy("Write an answer.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class EvidenceForm(forms.Form):
    """A list with signatures or a questionnaire, as a file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you have?"), choices=EvidenceKind.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )  # fmt: skip
    zone = forms.ChoiceField(label=gettext_lazy("About which part is it?"), required=False)
    unit = forms.ChoiceField(
        label=gettext_lazy("Who stands on it?"), choices=UNITS,
        initial=Unit.PERSON, widget=forms.RadioSelect,
    )  # fmt: skip
    document = PaperField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("PDF, Word, Excel or OpenDocument. Is it on paper? Take a photo of it, or hand it to us."),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def __init__(self, *args: Any, about: Initiative, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zones = zones_of(about)
        names = ((key, zone.name) for key, zone in self.zones.items())
        self.fields["zone"].choices = [("", _("About everybody")), *names]  # type: ignore[attr-defined]
        if not self.zones:
            del self.fields["zone"]

    @property
    def chosen(self) -> Zone | None:
        """The zone that it is about; None for everybody."""
        return self.zones.get(self.cleaned_data.get("zone", ""))


class CountForm(forms.Form):
    """What one person counted on a list."""

    says_for = Number(label=gettext_lazy("How many are in favour?"))
    against = Number(label=gettext_lazy("How many are against?"))
    neutral = Number(label=gettext_lazy("How many have no opinion?"))


class RejectForm(forms.Form):
    """Why a list does not count."""

    why = forms.CharField(
        label=gettext_lazy("Why does it not count?"),
        help_text=gettext_lazy("The people of the plan read these words."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write down why it does not count.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ZoneForm(forms.Form):
    """A part with a rule of its own."""

    name = forms.CharField(
        label=gettext_lazy("What do you call this part?"),
        help_text=gettext_lazy("Such as: the part that closes."),
        max_length=80,
        error_messages={"required": gettext_lazy("Give this part a name.")},
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("When is there enough support?"), choices=ZoneRule.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a rule.")},
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=gettext_lazy("Who counts?"), choices=UNITS,
        initial=Unit.HOUSEHOLD, widget=forms.RadioSelect,
    )  # fmt: skip
    units = Number(
        label=gettext_lazy("How many of them are there?"),
        help_text=gettext_lazy("Without this number nobody knows whether there is enough support."),
        required=False,
    )
