"""What is asked of an initiative: to begin it, to change it, its next step, and what it answers."""

import datetime
import hashlib
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.forms.giving import WhatForm, Words
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.areas import areas_above
from buurtdraad.agendas.wishes.queries.shown import wish_on_site
from buurtdraad.agendas.wishes.queries.where import all_areas, area_named
from buurtdraad.agendas.wishes.references import as_reference
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import MOVES, SAYS_WHY, Stage
from buurtdraad.places.models import Area

MOST_DIGITS = 18
TITLE: dict[str, Any] = {
    "label": gettext_lazy("What do you call your plan?"),
    "help_text": gettext_lazy("A few words, such as: A bench on the square."),
    "max_length": 120,
    "error_messages": {"required": gettext_lazy("Give your plan a name. You can change it later.")},
}


def day_field(**options: Any) -> forms.DateField:
    """A day, as the browser asks it."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False, **options)


class BeginForm(WhatForm):
    """To begin: a name, one or two sentences, and where. Nothing about who asks: the browser holds it."""

    title = forms.CharField(**TITLE)
    text = Words(
        label=gettext_lazy("What do you want to do?"),
        help_text=gettext_lazy("One or two sentences are enough. Mistakes in the language do not matter."),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Tell in one or two sentences what you want to do."),
            "max_length": gettext_lazy("This is too long. The first part is still here. You can tell more later."),
        },
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    wens, onderwerp, afspraak = (forms.CharField(required=False, max_length=20, widget=forms.HiddenInput) for _each in range(3))

    def own_words(self) -> str:
        return f"{self.cleaned_data.get('title', '')} {self.cleaned_data.get('text', '')}"

    def clean(self) -> dict:
        given = super().clean()
        self.answers = answered_by(given)
        return given

    def shortened(self) -> "BeginForm":
        self.put("text", self.data.get("text", "")[:300])
        return self

    @cached_property
    def once(self) -> str:
        """The same for each sending of these words from one opened form."""
        told = "\0".join((self.mark, "plan", self.own_words(), self.here.code if self.here else ""))
        return hashlib.sha256(told.encode()).hexdigest() if self.mark else ""


def answered_by(names: dict[str, Any]) -> list[Wish | Topic | Agreement]:
    """The wish, topic and agreement that an address names (`wens`, `onderwerp`, `afspraak`), without what nobody sees."""
    found: list[Wish | Topic | Agreement] = []
    if wish := wish_on_site(str(names.get("wens", ""))):
        found.append(wish)
    if pk := number_in(names.get("onderwerp")):
        found += Topic.objects.filter(pk=pk).exclude(version__stage=VersionStage.DRAFT).select_related("version__area")
    if pk := number_in(names.get("afspraak")):
        found += Agreement.objects.public().filter(pk=pk).select_related("area")
    return found


def number_in(text: object) -> int | None:
    given = str(text or "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS else None


class ChangeForm(forms.Form):
    """Its words and facts. Where it stands is a neighbourhood, and in words: never a house."""

    title = forms.CharField(**TITLE)
    summary = Words(
        label=gettext_lazy("What is it, in one or two sentences?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Tell in one or two sentences what you want to do.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    story = Words(
        label=gettext_lazy("Tell more, if you want"),
        help_text=gettext_lazy("Why do you do it, with whom, and how? Please write no names or addresses of people."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    area = forms.ChoiceField(label=gettext_lazy("In which neighbourhood?"))
    place = forms.CharField(
        label=gettext_lazy("Where is that?"),
        help_text=gettext_lazy("Such as: on the square. No house number."),
        max_length=120,
        required=False,
    )
    theme = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Theme.choices)
    from_on = day_field(label=gettext_lazy("When does it begin?"))
    until_on = day_field(label=gettext_lazy("When does it end?"))
    result = Words(label=gettext_lazy("What came of it?"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, about: Initiative, **options: Any) -> None:
        super().__init__(*args, **options)
        areas = all_areas()
        if about.area.code not in areas and (here := area_named(about.area.code)):
            areas = {here.code: here.name} | areas
        self.fields["area"].choices = list(areas.items())  # type: ignore[attr-defined]
        if about.stage not in (Stage.DOING, Stage.DONE):
            del self.fields["result"]

    def clean_area(self) -> Area:
        return Area.objects.get(code=self.cleaned_data["area"])

    def clean(self) -> dict:
        given = super().clean() or {}
        first, last = given.get("from_on"), given.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day comes before the first day."))
        return given


def words_of(initiative: Initiative) -> dict[str, Any]:
    """What stands in the form at first: the words that wait, where there are any."""
    names = ("title", "summary", "story", "place", "theme", "from_on", "until_on", "result")
    return {name: getattr(initiative, name) for name in names} | {"area": initiative.area.code} | initiative.waiting


class StageForm(forms.Form):
    """The next step. Only what may follow can be chosen."""

    stage = forms.ChoiceField(
        label=gettext_lazy("How far is it now?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a step."), "invalid_choice": gettext_lazy("Choose one of these steps.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why does it not go on?"),
        help_text=gettext_lazy("Only if it does not happen. A few words are enough."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    done_on = day_field(label=gettext_lazy("On which day was it done?"), help_text=gettext_lazy("Only if it is done."))
    result = Words(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Only if it is done."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, about: Initiative, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in MOVES[about.stage]]  # type: ignore[attr-defined]

    def clean_done_on(self) -> datetime.date | None:
        return self.cleaned_data["done_on"]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("stage") in SAYS_WHY and not given.get("why"):
            self.add_error("why", _("Say in a few words why it does not go on."))
        return given


class LinksForm(forms.Form):
    """What it answers: a wish by its number, a topic or an agreement of the agendas around it."""

    wish = forms.CharField(
        label=gettext_lazy("Which wish does it answer?"),
        help_text=gettext_lazy("The number of the wish, such as: ZO-42."),
        max_length=30,
        required=False,
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=gettext_lazy("To which topic of the agenda does it belong?"), required=False,
        empty_label=gettext_lazy("None"),
    )  # fmt: skip
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), label=gettext_lazy("Which agreement does it carry out?"), required=False,
        empty_label=gettext_lazy("None"),
    )  # fmt: skip

    def __init__(self, *args: Any, about: Initiative, **options: Any) -> None:
        super().__init__(*args, **options)
        codes = [above.code for above in areas_above(about.area)]
        adopted = {"version__stage": VersionStage.ADOPTED, "version__area__code__in": codes}
        topics = Topic.objects.filter(**adopted).select_related("version__area")
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        agreements = Agreement.objects.public().unfinished().filter(topic__in=topics).select_related("area")
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]

    def clean_wish(self) -> Wish | None:
        typed = self.cleaned_data["wish"]
        if not typed:
            return None
        found = wish_on_site(as_reference(typed) or typed.strip())
        if found is None:
            raise forms.ValidationError(_("We know no wish with this number."))
        return found

    def clean(self) -> dict:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("wish", "topic", "agreement")):
            self.add_error("wish", _("Fill in one of these."))
        return given

    @property
    def chosen(self) -> list[Wish | Topic | Agreement]:
        return [thing for name in ("wish", "topic", "agreement") if (thing := self.cleaned_data.get(name))]
