"""What becomes public, begins or is due in a week: for the mail to aldermen on the Friday before."""

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.models import AgendaVersion
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.budgets.models import RulesSheet
from buurtdraad.budgets.states import HIDDEN, RoundStage
from buurtdraad.challenges.models import Aim
from buurtdraad.money.models import Commitment
from buurtdraad.places.queries import last_name
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address
from buurtdraad.works.models import Work

WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Coming:
    """One thing: what it is, when and where, and its page."""

    day: datetime.date
    title: str
    place: str
    url: str

    @property
    def when(self) -> str:
        return ", ".join(part for part in (date_format(self.day, "l j F"), self.place) if part)


def coming(monday: datetime.date) -> list[Coming]:
    """All of the week that begins on this day, the first one first. Seven queries."""
    week = (monday, monday + WEEK - datetime.timedelta(days=1))
    return sorted(
        [*agendas(week), *meetings(week), *works(week), *money(week), *aims(week), *budgets(week)], key=lambda one: (one.day, one.title)
    )


type Week = tuple[datetime.date, datetime.date]


def agendas(week: Week) -> list[Coming]:
    found = AgendaVersion.objects.filter(stage=VersionStage.ADOPTED, valid_from__range=week).annotate(place=last_name("area"))
    return [
        Coming(one.valid_from, _("A new neighbourhood agenda counts"), one.place or "", address("agendas:agenda", one.area.code))  # type: ignore[arg-type]
        for one in found.select_related("area")
    ]


def meetings(week: Week) -> list[Coming]:
    found = Meeting.objects.on_site().filter(starts_at__date__range=week).with_place()
    return [Coming(localdate(one.starts_at), one.title, one.area_name or "", address("agendas:meeting", one.pk)) for one in found]  # type: ignore[attr-defined]


def works(week: Week) -> list[Coming]:
    """Projects that begin or are to be done. Upkeep is left out: there are hundreds."""
    found = Work.objects.public().open().projects()
    begin = [
        Coming(one.from_on or week[0], _("Begins: %(what)s") % {"what": one.title}, one.where, page_of(one))
        for one in found.filter(from_on__range=week)
    ]
    end = [
        Coming(one.until_on, _("Is to be done: %(what)s") % {"what": one.title}, one.where, page_of(one))
        for one in found.filter(until_on__range=week)
    ]
    return begin + end


def page_of(work: Work) -> str:
    return address("works:public_work", work.uuid)


def money(week: Week) -> list[Coming]:
    """Money that everybody may know of from a day in this week on."""
    found = Commitment.objects.filter(amount__gt=0, told_on__range=week).annotate(place=last_name("area")).select_related("initiative")
    return [of_money(one) for one in found]


def of_money(one: Commitment) -> Coming:
    what = one.words or one.initiative or _("an agreement")
    page = address("pages:plan_money", one.initiative.slug) if one.initiative else ""
    title = _("%(euros)s for %(what)s") % {"euros": euros(one.amount), "what": what}
    return Coming(one.told_on, title, one.place or "", page)  # type: ignore[arg-type, attr-defined]


def aims(week: Week) -> list[Coming]:
    found = Aim.objects.filter(due_on__range=week, done_on__isnull=True)
    return [Coming(one.due_on, _("Promised for this week: %(what)s") % {"what": one.what}, "", address("pages:programme")) for one in found]


def budgets(week: Week) -> list[Coming]:
    """What the rules of a neighbourhood budget say for a day of this week: plans, the list of them, the vote, the result."""
    announced = RulesSheet.objects.filter(announced_at__isnull=False).exclude(round__stage__in=sorted({*HIDDEN, RoundStage.STOPPED}))
    found = announced.annotate(place=last_name("round__area")).select_related("round").order_by("round")
    return [
        Coming(day, says % {"name": one.round.name}, one.place or "", address("budgets:round", one.round.slug))
        for one in found
        for day, says in days_of(one)
        if day and week[0] <= day <= week[1]
    ]


def days_of(sheet: RulesSheet) -> list[tuple[datetime.date | None, str]]:
    return [
        (sheet.propose_from, _("Everybody can send a plan: %(name)s")),
        (sheet.list_on, _("The list of plans is known: %(name)s")),
        (localdate(sheet.vote_from) if sheet.vote_from else None, _("The vote begins: %(name)s")),
        (sheet.result_on, _("The result comes: %(name)s")),
    ]
