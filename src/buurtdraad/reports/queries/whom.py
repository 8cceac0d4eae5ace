"""Whom to call about a finding, and the agendas and meetings near it."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.agendas.agenda.models import Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.partners.models import LocalContact
from buurtdraad.places import queries as places
from buurtdraad.reports.models import Finding
from buurtdraad.works.models import Work

WORK = "work:"


@dataclass(frozen=True)
class Call:
    """Somebody to call or mail: for staff alone."""

    name: str
    role: str
    phone: str = ""
    email: str = ""


def near(code: str) -> set[str]:
    """The codes of an area, what it lies in, and what lies in it."""
    return places.around([code])


def topics_near(finding: Finding) -> QuerySet[Topic]:
    """Topics of the agendas that count now for the area of a finding; of all agendas when it has none."""
    found = Topic.objects.filter(version__stage=VersionStage.ADOPTED).select_related("version__area")
    return found.filter(version__area__code__in=near(finding.area.code)) if finding.area else found


def meetings_near(finding: Finding, at: datetime.datetime) -> QuerySet[Meeting]:
    """Meetings to come for the area of a finding, the next one first."""
    found = Meeting.objects.to_come(at).exclude(stage=MeetingStage.CANCELLED)
    return found.filter(area__code__in=near(finding.area.code)) if finding.area else found


def works_of(things: list[str]) -> list[Work]:
    """The works that a finding is about."""
    uuids = [thing.removeprefix(WORK) for thing in things if thing.startswith(WORK)]
    return list(Work.objects.filter(uuid__in=uuids).order_by("until_on", "pk")) if uuids else []


def whom_to_call(finding: Finding, works: list[Work]) -> list[Call]:
    """Who leads the works, then who works in the area, then the programme manager; everybody once. Four queries."""
    calls = [
        Call(work.owner_name or work.owner_email, _("leads: %(work)s") % {"work": work.title}, email=work.owner_email)
        for work in works
        if work.owner_name or work.owner_email
    ]
    calls += staff_of(finding.area.code if finding.area else "", on=timezone.localdate())
    return list({call.email or call.name: call for call in reversed(calls)}.values())[::-1]


def staff_of(code: str, *, on: datetime.date) -> list[Call]:
    """Area advisers and managers of an area, with the phone number under which they work there; without any the programme manager."""
    duties = DutyHeld.objects.on(on).filter(person__is_active=True).select_related("person").order_by("duty", "person__name")
    around = near(code) if code else set()
    here = duties.filter(duty__in=(Duty.AREA_ADVISER, Duty.AREA_MANAGER), area__code__in=around)
    found = list(here) or list(duties.filter(duty=Duty.PROGRAMME_MANAGER))
    people = [held.person_id for held in found]
    contacts = LocalContact.objects.on(on).filter(~Q(phone=""), person__in=people)
    phones = dict(contacts.values_list("person", "phone"))
    return [Call(held.person.name, str(Duty(held.duty).label), phones.get(held.person_id, ""), held.person.email or "") for held in found]
