"""What is asked of a project sheet: four questions to make one, and the rest in small parts, of which nothing is needed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.accounts.queries import place_choices
from buurtdraad.challenges import queries as challenges
from buurtdraad.challenges.models import Challenge
from buurtdraad.works.forms.fields import PeriodField, lines
from buurtdraad.works.models import Work
from buurtdraad.works.queries.areas import in_words, meant
from buurtdraad.works.queries.works import Asked, name_of_owner
from buurtdraad.works.states import Stage, Trend, WorkKind


class FourForm(forms.Form):
    """Wat? Waar? Wie? Tot wanneer? `cleaned_data` holds what the actions take: `areas` as rows, `where`, `until_on`."""

    title = forms.CharField(
        label=gettext_lazy("What?"), max_length=150, help_text=gettext_lazy("In a few words, such as: new sewer in the Wilgenhof.")
    )
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        max_length=300,
        help_text=gettext_lazy("The neighbourhood, and the street if you know it. Such as: Geuzenwijk, Wilgenhof."),
    )
    department = forms.CharField(
        label=gettext_lazy("Who? Which department does it?"), max_length=120, widget=forms.TextInput(attrs={"list": "departments"})
    )
    owner_email = forms.EmailField(
        label=gettext_lazy("Who? E-mail address of who leads it"),
        required=False,
        help_text=gettext_lazy("This person gets one mail a month: is it still right? Only colleagues see the address."),
    )
    until_on = PeriodField(label=gettext_lazy("Until when?"))

    def __init__(self, *args: Any, had: Iterable[str] = (), **options: Any) -> None:
        """`had`: codes of areas that the sheet has already; it may keep one that ended."""
        super().__init__(*args, **options)
        self.had = set(had)

    def clean(self) -> dict:
        given = super().clean() or {}
        if place := given.pop("place", ""):
            found = meant(place)
            gone = [one for one in found.over if one.area.code not in self.had]
            for one in gone:
                self.add_error("place", in_words(one))
            given["areas"] = [*found.areas, *(one.area for one in found.over if one not in gone)]
            given["where"] = found.where
            if not given["areas"] and not gone and len(given["where"]) > MOST_OF_A_PLACE:
                self.add_error("place", _("Write this place in at most 200 letters."))
        if "owner_email" in given:
            given["owner_name"] = name_of_owner(given["owner_email"])
        return given


MOST_OF_A_PLACE = 200


class WhyForm(forms.Form):
    """Why it is done, and for whom."""

    challenge = forms.ModelChoiceField(
        label=gettext_lazy("Which challenge of the city does it help?"),
        queryset=Challenge.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not one of these"),
    )
    problem = lines(gettext_lazy("What is the problem?"))
    goal = lines(gettext_lazy("What do you want to reach?"))
    target_group = forms.CharField(label=gettext_lazy("For whom is it?"), max_length=200, required=False)
    residents_part = lines(gettext_lazy("What do residents do in it?"), help_text=gettext_lazy("Everybody can read this. Name nobody."))

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [key for key, _name in challenges.choices(also=[work.challenge_id] if work.challenge_id else [])]
        field = self.fields["challenge"]
        field.queryset = Challenge.objects.filter(pk__in=keys).order_by("ambition__number", "name")  # type: ignore[attr-defined]


class HowForm(forms.Form):
    """When it begins, how it goes, and what needs a decision."""

    from_on = PeriodField(label=gettext_lazy("From when?"), first=True, required=False)
    trend = forms.ChoiceField(
        label=gettext_lazy("How is it going?"), choices=[("", gettext_lazy("Not said")), *Trend.choices], required=False
    )
    why = ReasonField(label=gettext_lazy("Why does it go so?"), max_length=500, required=False)
    decision = forms.CharField(label=gettext_lazy("What needs a decision?"), max_length=300, required=False)
    decision_by = PeriodField(label=gettext_lazy("By when is that decision needed?"), required=False)
    public = forms.BooleanField(
        label=gettext_lazy("Everybody may see this project"),
        required=False,
        help_text=gettext_lazy("Residents see what, where, which department and until when. They never see who leads it."),
    )

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)
        self.work = work

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("decision") and not given.get("decision_by") and "decision_by" not in self.errors:
            self.add_error("decision_by", _("Say by when the decision is needed."))
        if (first := given.get("from_on")) and first > self.work.until_on:
            self.add_error("from_on", _("The first day lies after the last day of the project."))
        return given


class LearnedForm(forms.Form):
    """What came of it."""

    result = lines(gettext_lazy("What came of it?"), help_text=gettext_lazy("Everybody can read this. Name nobody."))
    lesson = lines(gettext_lazy("What did you learn?"))

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)


class FindForm(forms.Form):
    """Looking for sheets. What makes no sense is left out, not an error."""

    q = forms.CharField(label=gettext_lazy("Words"), max_length=100, required=False)
    gebied = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    afdeling = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    opgave = forms.ChoiceField(label=gettext_lazy("Challenge"), required=False)
    stap = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    van_mij = forms.BooleanField(label=gettext_lazy("Only the projects that I lead"), required=False)
    niet_bevestigd = forms.BooleanField(label=gettext_lazy("Not confirmed for two months"), required=False)

    def __init__(self, *args: Any, departments: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("gebied", _("All places"), place_choices())
        self.choose("afdeling", _("All departments"), [(one, one) for one in departments])
        self.choose("opgave", _("All challenges"), challenge_choices())
        self.choose("stap", _("All steps"), [("open", _("Not done yet")), *Stage.choices])
        self.choose("soort", _("All kinds"), WorkKind.choices)

    def choose(self, name: str, nothing: str, choices: Iterable) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def asked(self, email: str) -> Asked:
        """What somebody with this e-mail address looks for."""
        self.full_clean()
        given = self.cleaned_data
        return Asked(
            text=given.get("q", ""),
            code=given.get("gebied", ""),
            department=given.get("afdeling", ""),
            challenge=given.get("opgave", ""),
            stage=given.get("stap", ""),
            kind=given.get("soort", ""),
            owner=(email or "-") if given.get("van_mij") else "",
            unconfirmed=bool(given.get("niet_bevestigd")),
        )


def challenge_choices() -> list[tuple[str, str]]:
    """Every challenge by code, also those that are over: works of before may help one."""
    return list(Challenge.objects.order_by("ambition__number", "name").values_list("code", "name"))
