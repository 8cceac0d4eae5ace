"""What happened to a wish and who gave it, in plain words, for who works with it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.queries import names_of
from buurtdraad.agendas.wishes.models import Answer, Giver, Step, Wish
from buurtdraad.agendas.wishes.states import Channel, Stage
from buurtdraad.audit.models import Event
from buurtdraad.audit.queries import timeline
from buurtdraad.audit.words import in_words


@dataclass(frozen=True)
class Line:
    """One thing that happened: what, when, by whom, and what belongs to it."""

    did: str
    at: datetime.datetime
    who: str
    details: list[str]


def history(wish: Wish, answers: Iterable[Answer]) -> list[Line]:
    """What happened to a wish that got these answers, the last thing first. Three queries."""
    events = timeline(f"wish:{wish.reference}")
    names = names_of(event.actor for event in events)
    reasons = {(step.at, step.stage): step.why for step in Step.objects.filter(wish=wish)}
    given = {str(made.uuid): made for made in answers}
    return [Line(in_words(event.verb), event.at, who(event, names), details(event, reasons, given)) for event in events]


def who(event: Event, names: dict) -> str:
    if event.actor:
        return names.get(event.actor) or _("somebody who was removed")
    return _("a resident")


def details(event: Event, reasons: dict, answers: dict) -> list[str]:
    """The facts of an event in words; what has no words is left out."""
    facts, stage = event.payload, event.payload.get("stage", "")
    answer = answers.get(facts.get("answer", ""))
    said = [
        Stage(stage).label if stage in Stage.values else "",
        answer.text if answer else reasons.get((event.at, stage), ""),
        _("Why it took longer: %(why)s") % {"why": answer.why_late} if answer and answer.why_late else "",
        str(facts.get("why", "")),
        _("to %(reference)s") % {"reference": facts["into"]} if facts.get("into") else "",
        _("new: %(reference)s") % {"reference": facts["part"]} if facts.get("part") else "",
        Channel(facts["channel"]).label if facts.get("channel") in Channel.values else "",
        ngettext("%(number)d person was told", "%(number)d people were told", facts["told"]) % {"number": facts["told"]}
        if isinstance(facts.get("told"), int)
        else "",
    ]
    return [str(words) for words in said if words]


def givers_of(wish: Wish) -> list[Giver]:
    """Who gave a wish or one that was joined to it, with how they hear from us, in order of coming. One query.

    Who gave both in the same words stands there once: a part that was put back has its givers of its own.
    """
    # Apart: an "or" over a join would read every giver of the city.
    own, joined = Giver.objects.filter(wish=wish).order_by().values("pk"), Giver.objects.filter(wish__head=wish).order_by().values("pk")
    found = Giver.objects.filter(pk__in=own.union(joined)).select_related("contact__person", "wish").defer("wish__search", "wish__stems")
    once: dict[tuple, Giver] = {}
    for giver in found.order_by("given_at", "pk"):
        once.setdefault((giver.contact_id, giver.words, giver.given_at), giver)
    return list(once.values())
