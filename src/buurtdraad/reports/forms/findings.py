"""What is asked when somebody does something with a finding."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.forms.reasons import ReasonField
from buurtdraad.agendas.agenda.actions import Promise
from buurtdraad.agendas.agenda.models import Topic
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.lib.dated import day


class WhyForm(forms.Form):
    """A reason that is kept."""

    why = ReasonField(label=gettext_lazy("Why can this stay as it is?"))


class AgreementForm(forms.Form):
    """An agreement of an agenda: under which topic, what, and when it is done."""

    topic = forms.ModelChoiceField(label=gettext_lazy("Under which topic of the agenda?"), queryset=Topic.objects.none(), empty_label=None)
    what = forms.CharField(label=gettext_lazy("What do you agree?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = day(label=gettext_lazy("When is it done?"), required=False)
    next_step = forms.CharField(label=gettext_lazy("What is the next step?"), max_length=300, required=False)

    def __init__(self, *args: Any, topics: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        field.queryset = topics  # type: ignore[attr-defined]
        field.label_from_instance = lambda topic: f"{names.get(topic.version.area.code, '')}: {topic.title}"  # type: ignore[attr-defined]

    def promise(self) -> Promise:
        given = self.cleaned_data
        return Promise(given["what"], due_on=given["due_on"], next_step=given["next_step"])


class MeetingForm(forms.Form):
    """At which meeting it is talked about."""

    meeting = forms.ModelChoiceField(
        label=gettext_lazy("At which meeting?"), queryset=Meeting.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = meetings  # type: ignore[attr-defined]
        field.label_from_instance = lambda meeting: _("%(title)s, %(day)s") % {  # type: ignore[attr-defined]
            "title": meeting.title, "day": date_format(localtime(meeting.starts_at), "l j F H:i"),
        }  # fmt: skip
