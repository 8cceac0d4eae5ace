"""The verb of an event as people say it.

The words for `duty.given` stand in the catalogue of the room that records it, with the verb itself as text to translate:
so the record can show events of every room and knows none. Each room marks its verbs in `events.py`.
"""

from django.utils.translation import gettext, gettext_noop

gettext_noop("looked")
gettext_noop("audit.exported")
gettext_noop("audit.forgotten")


def in_words(verb: str) -> str:
    """`duty.given` in the language of the page; without a translation the verb itself, readable."""
    if not verb:
        return ""
    said = gettext(verb)
    return said if said != verb else verb.replace(".", " ").replace("_", " ")
