"""What waits at work with wishes, meetings, agendas, people and messages; each function gives its lines for `work.KINDS`."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts import queries as accounts
from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.destruction import queries as destruction
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation import queries as moderation
from buurtdraad.accounts.moderation.access import areas_to_moderate
from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.agendas.agenda.access import areas_to_make
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.queries import owned
from buurtdraad.agendas.agenda.queries import work as agendas
from buurtdraad.agendas.agenda.rules import react_by
from buurtdraad.agendas.meetings.access import areas_to_host
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries import listing as meetings
from buurtdraad.agendas.ways_in.queries.notes import notes_to_hear
from buurtdraad.agendas.wishes.access import ADVISERS, READERS, areas_to_answer, areas_to_read
from buurtdraad.agendas.wishes.queries import work as wishes
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.messages import queries as messages
from buurtdraad.messages.access import CALLERS, areas_to_call
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.reading import queries as reading
from buurtdraad.pages.reporting.things import named_among

# So many of one kind stand on the page; the page of that kind has them all.
MOST = 20
# Days before its end from which a duty asks for an answer: does it go on?
SOON = 30


def calls(person: Person, on: datetime.date) -> list[WorkItem]:
    """People to call. Who they are stands behind the link: this title goes into a mail too."""
    if not has_duty(person, *CALLERS, on=on):
        return []
    found = messages.calls(areas_to_call(person, on), most=MOST + 1)
    return [
        WorkItem(
            _("Call about: %(what)s") % {"what": call.messages[0].subject},
            reverse("messages:call", args=[call.contact.uuid]),
            area=", ".join(call.area_names),
            since=localdate(call.since),
        )
        for call in found
    ]


def reports(person: Person, on: datetime.date) -> list[WorkItem]:
    """Reports to decide on. Somebody in danger cannot wait for the next day; about what is gone, nobody is."""
    reach = areas_to_moderate(person, on)
    if not (reach.everywhere or reach.codes):
        return []
    found = list(moderation.waiting(reach)[: MOST + 1])
    there = named_among(report.thing for report in found if report.reason == Reason.DANGER)
    return [
        WorkItem(
            _("Report: %(reason)s") % {"reason": report.get_reason_display()},
            reverse("pages:decide_report", args=[report.uuid]),
            (localdate(report.made_at) - on).days if report.reason == Reason.DANGER and report.thing in there else None,
            area=report.place or "",  # type: ignore[attr-defined]
            since=localdate(report.made_at),
        )
        for report in found
    ]


def to_read(person: Person, on: datetime.date) -> list[WorkItem]:
    """Wishes, reactions and pictures that wait until somebody looks at them, each in one line: they are read one after the other."""
    if not has_duty(person, *READERS, on=on):
        return []
    return [
        WorkItem(words % {"number": waiting.number}, reverse(page), since=localdate(waiting.since))
        for waiting, words, page in zip(
            reading.waiting_to_read(areas_to_read(person, on)),
            (_("Wishes to read: %(number)s"), _("Reactions to read: %(number)s"), _("Pictures to look at: %(number)s")),
            reading.PAGES,
            strict=True,
        )
        if waiting.since
    ]


def wishes_to_answer(person: Person, on: datetime.date) -> list[WorkItem]:
    """Wishes without an answer, with the days left of what was promised. Of what is not on the site the title tells the theme alone."""
    if not has_duty(person, *ADVISERS, on=on):
        return []
    return [
        WorkItem(
            _("Answer: %(what)s")
            % {"what": f"{wish.reference} ({wish.title if wish.showing == Showing.SHOWN else wish.get_theme_display()})"},
            reverse("agendas:work_wish", args=[wish.reference]),
            (wish.answer_by - on).days,
            area=wish.place or "",  # type: ignore[attr-defined]
            since=localdate(wish.given_at),
        )
        for wish in wishes.unanswered(areas_to_answer(person, on))[: MOST + 1]
    ]


def destruction_lists(person: Person, on: datetime.date) -> list[WorkItem]:
    """The list of what is past its time, for another than who proposed it."""
    made = destruction.list_for(person) if has_duty(person, Duty.ADMINISTRATOR, on=on) else None
    if made is None:
        return []
    return [WorkItem(_("Decide what we destroy"), reverse("pages:destruction"), since=localdate(made.proposed_at))]


def ending_duties(person: Person, on: datetime.date) -> list[WorkItem]:
    """Duties of colleagues that end soon, for who can let them go on."""
    if not has_duty(person, Duty.ADMINISTRATOR, on=on):
        return []
    return [
        WorkItem(
            _("%(name)s: %(duty)s ends") % {"name": held.person, "duty": held.get_duty_display()},
            reverse("accounts:person_duties", args=[held.person.uuid]),
            (held.until_on - on).days,  # type: ignore[operator]
            area=held.place or _("The whole city"),  # type: ignore[attr-defined]
        )
        for held in accounts.ending(on=on, days=SOON, but=person, most=MOST + 1)
    ]


def undelivered_mails(person: Person, on: datetime.date) -> list[WorkItem]:
    """Mails that nobody got, in one line: one page has them all."""
    if not has_duty(person, Duty.ADMINISTRATOR, on=on):
        return []
    found = messages.number_undelivered()
    if found.since is None:
        return []
    return [
        WorkItem(
            _("Mails that did not arrive: %(number)s") % {"number": found.number},
            reverse("messages:undelivered"),
            since=localdate(found.since),
        )
    ]


def spoken_notes(person: Person, on: datetime.date) -> list[WorkItem]:
    """Wishes that were spoken in, to listen to."""
    if not has_duty(person, *ADVISERS, on=on):
        return []
    return [
        WorkItem(
            _("Listen and write down"),
            reverse("agendas:listen_to", args=[note.uuid]),
            area=note.place or "",  # type: ignore[attr-defined]
            since=localdate(note.made_at),
        )
        for note in notes_to_hear(person)[: MOST + 1]
    ]


def evenings(person: Person, on: datetime.date) -> list[WorkItem]:
    """Meetings that were and are not rounded off: who came waits for an answer. And those for which people wait: is there a larger room?"""
    if not has_duty(person, *ADVISERS, on=on):
        return []
    return [on_meeting(one, on) for one in meetings.asking_for_somebody(areas_to_host(person, on), timezone.now())[: MOST + 1]]


def on_meeting(meeting: Meeting, on: datetime.date) -> WorkItem:
    title, area, starts_on = {"title": meeting.title}, meeting.area_name or "", localdate(meeting.starts_at)  # type: ignore[attr-defined]
    if meeting.ends_at < timezone.now():
        page = reverse("agendas:round_off", args=[meeting.pk])
        return WorkItem(_("Round off: %(title)s") % title, page, area=area, since=localdate(meeting.ends_at))
    page = reverse("agendas:work_people", args=[meeting.pk])
    return WorkItem(_("People wait for a place: %(title)s") % title, page, (starts_on - on).days, area=area)


def agreements(person: Person, on: datetime.date) -> list[WorkItem]:
    """Agreements of agendas that ask for somebody: residents say that it is not done, an owner said no, the date passed."""
    reach = areas_to_make(person)
    if not (reach.everywhere or reach.codes):
        return []
    return [as_work(one, on) for one in agendas.agreements_to_see_to(reach, on)[: MOST + 1]]


def left_behind(person: Person, on: datetime.date) -> list[WorkItem]:
    """Agreements of a partner that stops soon or stopped: who sees to them then?"""
    reach = areas_to_make(person)
    if not (reach.everywhere or reach.codes):
        return []
    return [
        WorkItem(
            _("%(partner)s stops (last day: %(day)s). Who does this then: %(what)s")
            % {"partner": one.organisation.whole, "day": date_format(one.last_day, "j F Y"), "what": one.agreement.what},  # type: ignore[union-attr, attr-defined]
            reverse("agendas:work_agreement", args=[one.agreement_id]),
            area=one.place or "",  # type: ignore[attr-defined]
            since=min(one.last_day, on),  # type: ignore[attr-defined]
        )
        for one in owned.left_behind(reach, on + datetime.timedelta(days=SOON))[: MOST + 1]
    ]


def as_work(agreement: Agreement, on: datetime.date) -> WorkItem:
    """What asks for somebody first: what residents say, then a no, then the date."""
    late = agreement.late_on(on) and agreement.due_on is not None
    words = _("Late: %(what)s")
    if agreement.refused:  # type: ignore[attr-defined]
        words = _("Said no to an agreement: %(what)s")
    if agreement.not_done:  # type: ignore[attr-defined]
        words = _("A resident says that it is not done: %(what)s")
    return WorkItem(
        words % {"what": agreement.what},
        reverse("agendas:work_agreement", args=[agreement.pk]),
        (agreement.due_on - on).days if late else None,  # type: ignore[operator]
        area=agreement.place or "",  # type: ignore[attr-defined]
    )


def joiners(person: Person, on: datetime.date) -> list[WorkItem]:
    """People who want to join in and heard nothing yet; who they are stands behind the link."""
    reach = areas_to_make(person)
    if not (reach.everywhere or reach.codes):
        return []
    return [joining(one.topic or one.agreement, localdate(one.since), on) for one in agendas.waiting_joiners(reach)[: MOST + 1]]  # type: ignore[arg-type]


def joining(thing: Topic | Agreement, since: datetime.date, on: datetime.date) -> WorkItem:
    page = "agendas:topic_joiners" if isinstance(thing, Topic) else "agendas:agreement_joiners"
    words = _("Somebody wants to join in: %(title)s") % {"title": thing}
    return WorkItem(words, reverse(page, args=[thing.pk]), (react_by(since) - on).days, since=since)
