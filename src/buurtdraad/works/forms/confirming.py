"""What an owner says of each sheet, all on one page."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.names import NameField
from buurtdraad.lib.tables.reading import RowRefused
from buurtdraad.partners.states import Says
from buurtdraad.works.actions.confirming import Answer
from buurtdraad.works.models import Work
from buurtdraad.works.sources.days import written_day
from buurtdraad.works.states import MOVES, Stage

WAYS = [
    (Says.RIGHT, gettext_lazy("This is right")),
    (Says.CHANGED, gettext_lazy("This has changed")),
    (Says.STUCK, gettext_lazy("Is stuck")),
]


class WhoForm(forms.Form):
    """Who answers behind a link."""

    said_by = NameField(label=gettext_lazy("Who are you?"), help_text=gettext_lazy("Your name. Only the municipality sees it."))


class SheetForm(forms.Form):
    """One sheet: right, changed or stuck. Who leaves it empty says nothing of it."""

    says = forms.ChoiceField(label=gettext_lazy("Is this still right?"), choices=WAYS, required=False, widget=forms.RadioSelect)
    until_on = forms.CharField(label=gettext_lazy("New last day"), required=False, max_length=40)
    stage = forms.ChoiceField(label=gettext_lazy("New step"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Write no names of residents."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, work: Work, **options: Any) -> None:
        super().__init__(data, prefix=work.uuid.hex, **options)
        self.work = work
        stays = _("It stays: %(step)s") % {"step": work.get_stage_display()}
        steps = [(stage.value, stage.label) for stage in MOVES[work.stage]]
        self.fields["stage"].choices = [("", stays), *steps]  # type: ignore[attr-defined]
        self.fields["until_on"].help_text = _("Empty: it stays %(day)s.") % {"day": date_format(work.until_on, "j F Y")}

    def clean_until_on(self) -> datetime.date | None:
        try:
            return written_day(self.cleaned_data["until_on"], last=True)
        except RowRefused as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def is_filled(self) -> bool:
        """Whether somebody says something of this sheet."""
        return any((self.data.get(self.add_prefix(name)) or "").strip() for name in self.fields)

    @property
    def answer(self) -> Answer:
        """What is said; who only fills in what is new says that it has changed."""
        given = self.cleaned_data
        return Answer(
            Says(given["says"] or Says.CHANGED), given["until_on"], Stage(given["stage"]).value if given["stage"] else "", given["why"]
        )

    @property
    def change_fields(self) -> list[forms.BoundField]:
        return [self["until_on"], self["stage"], self["why"]]

    @property
    def opens(self) -> bool:
        """Whether what is asked more stands open: somebody filled in something, or something is wrong."""
        return self.is_bound and (bool(self.errors) or any(self[name].value() for name in ("until_on", "stage", "why")))
