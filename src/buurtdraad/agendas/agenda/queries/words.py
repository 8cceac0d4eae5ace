"""Agendas in sentences: how a topic was chosen, how an agreement stands."""

import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Owner, Topic, TopicFollows
from buurtdraad.agendas.agenda.states import OPEN, TRACK, Following, Stage
from buurtdraad.ui.numbers import as_text


def how_chosen(topic: Topic) -> list[str]:
    """How a topic was chosen, as far as that is on record: "47 people chose." "It got 31 of the 141 votes." """
    told = []
    if topic.method and topic.chosen_on:
        facts = {"method": topic.get_method_display(), "day": date_format(topic.chosen_on, "j F Y")}
        told.append(_("Chosen on %(day)s, %(method)s.") % facts)
    elif topic.method:
        told.append(_("Chosen %(method)s.") % {"method": topic.get_method_display()})
    if topic.people:
        told.append(ngettext("%(people)s person chose.", "%(people)s people chose.", topic.people) % {"people": as_text(topic.people)})
    if topic.votes is not None and topic.votes_total:
        facts = {"votes": as_text(topic.votes), "total": as_text(topic.votes_total)}
        told.append(_("This topic got %(votes)s of the %(total)s votes.") % facts)
    if topic.per_person:
        told.append(ngettext("Everybody had %(n)s vote.", "Everybody had %(n)s votes.", topic.per_person) % {"n": topic.per_person})
    return told


def when(agreement: Agreement, on: datetime.date) -> str:
    """In a few words, when an agreement was or will be done; empty when no date was agreed."""
    if agreement.stage == Stage.DONE and agreement.done_on:
        return _("Done on %(day)s") % {"day": date_format(agreement.done_on, "j F Y")}
    if agreement.due_on is None or agreement.stage == Stage.STOPPED:
        return ""
    day = {"day": date_format(agreement.due_on, "j F Y")}
    if agreement.late_on(on):
        return _("The date has passed: %(day)s") % day
    if agreement.stage == Stage.LATER:
        return _("New date: %(day)s") % day
    return _("Done before or on %(day)s") % day


def who(agreement: Agreement) -> str:
    """Who sees to it and who helps, as far as they did not say no; while it is open also who did not say yes yet."""
    return ", ".join(named(owner, agreement) for owner in agreement.owners.all() if not owner.refused_at)


def named(owner: Owner, agreement: Agreement) -> str:
    waits = agreement.is_open and not owner.accepted_at
    return _("%(name)s (did not say yes yet)") % {"name": owner.name} if waits else owner.name


def who_did_not_say_yes(version: AgendaVersion) -> list[str]:
    """Who did not answer or said no, of what a version promises: its own agreements, and the open ones that go on in it."""
    goes_on = TopicFollows.objects.filter(topic__version=version).exclude(how=Following.REPLACED).values("before")
    promised = Q(agreement__topic__version=version) | Q(agreement__topic__in=goes_on)
    found = Owner.objects.filter(promised, agreement__stage__in=sorted(OPEN), accepted_at__isnull=True).select_related("agreement")
    said = {True: _("%(name)s said no: %(what)s"), False: _("%(name)s did not answer yet: %(what)s")}
    return [
        said[bool(one.refused_at)] % {"name": one.name, "what": one.agreement.what} for one in found.order_by("agreement__number", "pk")
    ]


def track() -> list[str]:
    """The four steps in words."""
    return [str(stage.label) for stage in TRACK]
