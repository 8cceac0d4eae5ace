"""What this room records; each verb is a text to translate (`audit.words`). The thing is `contact:<public id>`, or what it is about."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("call.done"),
    gettext_noop("call.given_up"),
    gettext_noop("call.not_reached"),
    gettext_noop("contact.added"),
    gettext_noop("mail.dealt_with"),
    gettext_noop("number.seen"),
    gettext_noop("rhythm.chosen"),
    gettext_noop("rhythm.dropped"),
    gettext_noop("slip.given"),
    gettext_noop("way.chosen"),
)
