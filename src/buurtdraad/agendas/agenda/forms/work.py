"""What we ask staff: a version, its topics, agreements, owners, and the next step."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise, TopicFacts
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import MOVES, Following, Method, Origin, OwnerKind, Role, Stage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.dated import day
from buurtdraad.partners.models import Organisation

LINES = {"rows": 3}


def whole_number(label: Any, most: int = 1_000_000) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


class VersionForm(forms.Form):
    """The summary in plain words, in each language, and who watches over the agenda."""

    steering_group = forms.CharField(label=gettext_lazy("Who watches over this agenda?"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[self.field_of(code)] = forms.CharField(
                label=_("In short, in plain words (%(language)s)") % {"language": name},
                max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    @staticmethod
    def field_of(code: str) -> str:
        return f"summary_{code.replace('-', '_')}"

    def summary(self) -> dict[str, str]:
        texts = {code: self.cleaned_data[self.field_of(code)].strip() for code, _name in settings.LANGUAGES}
        return {code: text for code, text in texts.items() if text}


class TellForm(forms.Form):
    """The part of a form with which staff tell the people of the wishes, once for all. Left empty, nobody is told."""

    wishes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which wishes is it about?"), queryset=Wish.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    tell = forms.CharField(
        label=gettext_lazy("Also tell it to who gave the wish"),
        help_text=gettext_lazy("One answer for all of them. Each gets it in their own way. Leave it empty to tell nobody."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, wishes: Iterable[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(wishes)
        if not found:
            del self.fields["wishes"], self.fields["tell"]
            return
        field = self.fields["wishes"]
        field.queryset = Wish.objects.filter(pk__in=[wish.pk for wish in found])  # type: ignore[attr-defined]
        field.label_from_instance = lambda wish: f"{wish.reference}: {wish.title}"  # type: ignore[attr-defined]
        field.initial = [wish.pk for wish in found]

    def clean(self) -> dict:
        given = super().clean() or {}
        if given.get("tell") and not given.get("wishes"):
            self.add_error("wishes", _("Choose at least one wish."))
        return given


class AdoptForm(TellForm):
    """Who said yes to this version, and from when it counts."""

    adopted_by = forms.CharField(
        label=gettext_lazy("Who adopted it?"), help_text=gettext_lazy("Such as: the evening with residents of 3 May."), max_length=200
    )
    valid_from = day(label=gettext_lazy("From which day does it count?"), initial=timezone.localdate)
    field_order = ("adopted_by", "valid_from", "wishes", "tell")


class TopicForm(forms.Form):
    """What a topic is about, and how it was chosen."""

    title = forms.CharField(label=gettext_lazy("What is the topic called?"), max_length=120)
    text = forms.CharField(label=gettext_lazy("What is it about?"), max_length=2000, required=False, widget=forms.Textarea(attrs=LINES))
    challenge = forms.ModelChoiceField(
        label=gettext_lazy("To which challenge of the city does it belong?"),
        queryset=Challenge.objects.none(), required=False, empty_label=gettext_lazy("None"),
    )  # fmt: skip
    origin = forms.ChoiceField(label=gettext_lazy("Where does it come from?"), choices=Origin.choices)
    method = forms.ChoiceField(
        label=gettext_lazy("How was it chosen?"), choices=[("", gettext_lazy("Not chosen yet")), *Method.choices], required=False
    )
    chosen_on = day(label=gettext_lazy("On which day?"), required=False)
    people = whole_number(gettext_lazy("How many people chose?"))
    votes = whole_number(gettext_lazy("How many votes did this topic get?"))
    votes_total = whole_number(gettext_lazy("How many votes were given in all?"))
    per_person = whole_number(gettext_lazy("How many votes did each person have?"), most=100)
    before = forms.ModelMultipleChoiceField(
        label=gettext_lazy("After which topics of the agenda before does it come?"),
        queryset=Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    how = forms.ChoiceField(label=gettext_lazy("What happened to those topics?"), choices=Following.choices, required=False)

    def __init__(self, *args: Any, earlier: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["challenge"].queryset = Challenge.objects.not_over(timezone.localdate())  # type: ignore[attr-defined]
        pks = [topic.pk for topic in earlier]
        if pks:
            self.fields["before"].queryset = Topic.objects.filter(pk__in=pks)  # type: ignore[attr-defined]
        else:
            del self.fields["before"], self.fields["how"]

    def clean(self) -> dict:
        given = super().clean() or {}
        votes, total = given.get("votes"), given.get("votes_total")
        if votes is not None and total is not None and votes > total:
            self.add_error("votes", _("A topic cannot get more votes than were given in all."))
        return given

    def facts(self) -> TopicFacts:
        names = ("title", "text", "challenge", "origin", "method", "votes", "votes_total", "people", "per_person", "chosen_on")
        return TopicFacts(**{name: self.cleaned_data[name] for name in names})

    def follows(self) -> dict[Topic, Following]:
        how = Following(self.cleaned_data.get("how") or Following.CONTINUED)
        return dict.fromkeys(self.cleaned_data.get("before") or (), how)


class WishesForm(forms.Form):
    """Which wishes a topic is about."""

    wishes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which wishes is this topic about?"),
        queryset=Wish.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, wishes: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wishes"]
        field.queryset = Wish.objects.filter(pk__in=wishes).only("reference", "text").order_by("-given_at")  # type: ignore[attr-defined]
        field.label_from_instance = lambda wish: f"{wish.reference}: {wish.title}"  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """What is agreed, when, and what it costs."""

    what = forms.CharField(label=gettext_lazy("What is agreed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    start_on = day(label=gettext_lazy("When does it start?"), required=False)
    due_on = day(label=gettext_lazy("When is it done?"), required=False)
    next_step = forms.CharField(label=gettext_lazy("What is the next step?"), max_length=300, required=False)
    money_needed = forms.CharField(label=gettext_lazy("What is money needed for?"), max_length=200, required=False)
    amount = whole_number(gettext_lazy("How much money, in whole euros?"), most=100_000_000)
    money_source = forms.CharField(label=gettext_lazy("Who pays?"), max_length=200, required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        start, due = given.get("start_on"), given.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", _("It cannot be done before it starts."))
        return given

    def promise(self) -> Promise:
        return Promise(**self.cleaned_data)


class MoveForm(TellForm):
    """The next step of an agreement, with what that step asks for."""

    stage = forms.ChoiceField(label=gettext_lazy("How does it stand now?"), widget=forms.RadioSelect)
    why = ReasonField(
        required=False, help_text=gettext_lazy("Needed when it will be later or stops. It stands on the site, so name nobody.")
    )
    due_on = day(label=gettext_lazy("New date, when it will be later"), required=False)
    next_step = forms.CharField(label=gettext_lazy("What is the next step?"), max_length=300, required=False)
    result = forms.CharField(
        label=gettext_lazy("What came of it, when it is done?"), max_length=2000, required=False, widget=forms.Textarea(attrs=LINES)
    )
    field_order = ("stage", "why", "due_on", "next_step", "result", "wishes", "tell")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [Stage(stage) for stage in MOVES[agreement.stage]]
        if agreement.stage == Stage.LATER:
            stages.insert(0, Stage.LATER)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean() or {}
        stage = given.get("stage")
        if stage in (Stage.LATER, Stage.STOPPED) and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why, in plain words."))
        if stage == Stage.LATER and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Say until when, and why. Choose a new date."))
        return given


class OwnerForm(forms.Form):
    """Who sees to it, or helps."""

    kind = forms.ChoiceField(label=gettext_lazy("Who is it?"), choices=OwnerKind.choices, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Which partner?"), queryset=Organisation.objects.none(), required=False, empty_label=gettext_lazy("None")
    )
    name = NameField(
        label=gettext_lazy("What stands on the site?"),
        help_text=gettext_lazy("A group or a first name, such as: residents of the Wilgenhof. Empty: the name of the partner."),
        required=False,
    )
    role = forms.ChoiceField(label=gettext_lazy("What do they do?"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.OWNER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.wholes().not_over(timezone.localdate())  # type: ignore[attr-defined]

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("name") and not given.get("organisation") and "name" not in self.errors:
            self.add_error("name", _("Write a name, or choose a partner."))
        return given

    def facts(self) -> OwnerFacts:
        given = self.cleaned_data
        organisation = given["organisation"]
        name = given["name"] or organisation.name
        return OwnerFacts(name, OwnerKind(given["kind"]), Role(given["role"]), organisation)


class AskForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(label=gettext_lazy("To which e-mail address does the link go?"))


class ToldForm(forms.Form):
    """What an owner told us, by phone or face to face."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput)


class LessonForm(forms.Form):
    """What we learned."""

    lesson = forms.CharField(
        label=gettext_lazy("What did we learn?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class PasteForm(forms.Form):
    """A table out of Word or Excel."""

    table = forms.CharField(
        label=gettext_lazy("Paste the table here"),
        help_text=gettext_lazy("With the row of headings above it. At least a topic and what is agreed."),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
