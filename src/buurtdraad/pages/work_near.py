"""What waits at work with partners, the method and placements; each function gives its lines for `work.KINDS`."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.method.access import RUNNERS, areas_to_run
from buurtdraad.method.models import RunStep
from buurtdraad.method.queries import lessons
from buurtdraad.method.queries import runs as method
from buurtdraad.method.queries.moving import runs_behind
from buurtdraad.pages.work_items import MOST
from buurtdraad.partners.access import HERE, where_to_answer, where_to_change
from buurtdraad.partners.queries import accords, confirming
from buurtdraad.partners.states import Says
from buurtdraad.placements.access import may_organise
from buurtdraad.placements.queries.shifts import asking_for_organiser
from buurtdraad.placements.queries.training import asking_for_somebody as sessions_to_note


def lessons_to_decide(person: Person, on: datetime.date) -> list[WorkItem]:
    """Lessons of which the programme manager says whether the next version takes them over, in one line."""
    if not has_duty(person, Duty.PROGRAMME_MANAGER, on=on):
        return []
    waiting = lessons.waiting()
    if not waiting.since:
        return []
    title = _("Lessons to decide on: %(number)s") % {"number": waiting.number}
    return [WorkItem(title, f"{reverse('method:work_lessons')}?stand=open", since=localdate(waiting.since))]


def newer_versions(person: Person, on: datetime.date) -> list[WorkItem]:
    """Areas that still work with an older version of the method."""
    if not has_duty(person, *RUNNERS, on=on):
        return []
    reach = areas_to_run(person)
    return [
        WorkItem(
            _("A newer version of the method: %(place)s") % {"place": run.place or run.area.code},  # type: ignore[attr-defined]
            reverse("method:work_move", args=[run.area.code]),
            area=run.place or "",  # type: ignore[attr-defined]
        )
        for run in runs_behind(None if reach.everywhere else reach.codes)[: MOST + 1]
    ]


def runs(person: Person, on: datetime.date) -> list[WorkItem]:
    """Runs of the working method that are longer in a step than usual, or of which the data contradict what was there."""
    if not has_duty(person, *RUNNERS, on=on):
        return []
    return [on_run(step, day, on) for step, day in method.asking_for_somebody(areas_to_run(person), on)[: MOST + 1]]


def on_run(step: RunStep, should_end_on: datetime.date | None, on: datetime.date) -> WorkItem:
    words = _("Longer than usual in step: %(step)s") if should_end_on else _("The data say otherwise now, in step: %(step)s")
    return WorkItem(
        words % {"step": step.step.name},
        reverse("method:work_run", args=[step.run.area.code]),
        (should_end_on - on).days if should_end_on else None,
        area=step.place or "",  # type: ignore[attr-defined]
        since=step.since_on,
    )


def stopped_parties(person: Person, on: datetime.date) -> list[WorkItem]:
    """Partners that stopped and still stand in an agreement between partners: do they leave it?"""
    reach = where_to_change(person)
    if not (reach.everywhere or reach.codes):
        return []
    return [
        WorkItem(
            _("%(partner)s stopped, and still stands in: %(title)s") % {"partner": one.organisation.whole, "title": one.version},
            reverse("pages:leave_accord", args=[one.version.accord.uuid, one.pk]),
            since=one.over_since,  # type: ignore[attr-defined]
        )
        for one in accords.stopped_parties(reach, on)[: MOST + 1]
    ]


def shifts(person: Person, on: datetime.date) -> list[WorkItem]:
    """Shifts whose host says nothing: before it begins, and a week after it. Names stand behind the link."""
    if not has_duty(person, Duty.PROGRAMME_MANAGER, on=on):
        return []
    at = timezone.now()
    return [
        WorkItem(
            (_("Call the host, who did not answer yet: %(host)s") if shift.starts_at > at else _("Call the host: who was there? %(host)s"))
            % {"host": shift.host.name},
            reverse("placements:host", args=[shift.host.uuid]),
            (localdate(shift.starts_at) - on).days if shift.starts_at > at else None,
            area=shift.place or "",  # type: ignore[attr-defined]
            since=localdate(shift.ends_at) if shift.starts_at <= at else None,
        )
        for shift in asking_for_organiser(at)[: MOST + 1]
    ]


def training(person: Person, on: datetime.date) -> list[WorkItem]:
    """Training sessions that were, and of which nobody noted who came."""
    if not may_organise(person):
        return []
    return [
        WorkItem(
            _("Who was at the training: %(title)s") % {"title": session.module},
            reverse("placements:work_session", args=[session.uuid]),
            since=localdate(session.ends_at),
        )
        for session in sessions_to_note(timezone.now())[: MOST + 1]
    ]


def what_partners_say(person: Person, on: datetime.date) -> list[WorkItem]:
    """Partners who are stuck, for the area manager; what has changed, for the adviser; what nobody answers, for the programme manager."""
    if not has_duty(person, *HERE, Duty.PROGRAMME_MANAGER, on=on):
        return []
    found = confirming.waiting(
        advising=where_to_answer(person, Duty.AREA_ADVISER, on=on),
        managing=where_to_answer(person, Duty.AREA_MANAGER, on=on),
        everywhere=has_duty(person, Duty.PROGRAMME_MANAGER, on=on),
        on=on,
    )
    words = {Says.STUCK: _("A partner is stuck: %(what)s"), Says.CHANGED: _("A partner says that this has changed: %(what)s")}
    return [
        WorkItem(
            words[Says(said.says)] % {"what": said.title},
            reverse("pages:answer_partner", args=[said.uuid]),
            (said.answer_by - on).days if said.answer_by else None,
            area=said.place or "",  # type: ignore[attr-defined]
            since=localdate(said.at),
        )
        for said in found[: MOST + 1]
    ]
