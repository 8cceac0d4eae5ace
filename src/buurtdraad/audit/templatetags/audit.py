"""`{% load audit %}`: what happened to a thing, on a page."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from buurtdraad.audit.models import Event
from buurtdraad.audit.words import in_words

register = template.Library()


@register.inclusion_tag("audit/timeline.html")
def timeline(events: Iterable[Event], names: Mapping[UUID, str], show_thing: bool = False) -> dict:
    """A list of events with the names of who did them: `{% timeline events names %}`. A name that is not there was erased."""
    return {"rows": [row(event, names) for event in events], "show_thing": show_thing}


def row(event: Event, names: Mapping[UUID, str]) -> dict:
    facts = [(name, fact) for name, fact in event.payload.items() if name != "why" and not isinstance(fact, dict)]
    return {"event": event, "did": in_words(event.verb), "who": who(event, names), "why": event.payload.get("why", ""), "facts": facts}


def who(event: Event, names: Mapping[UUID, str]) -> str:
    if event.actor:
        return names.get(event.actor) or _("somebody who was removed")
    return _("somebody unknown")
