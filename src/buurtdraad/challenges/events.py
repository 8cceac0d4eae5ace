"""What this room records; each verb is a text to translate (`audit.words`).

The thing is `ambition:<code>`, `challenge:<code>`, `aim:<id>` or `pledge:<id>`.
"""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("ambition.added"),
    gettext_noop("ambition.changed"),
    gettext_noop("ambition.ended"),
    gettext_noop("challenge.added"),
    gettext_noop("challenge.changed"),
    gettext_noop("challenge.ended"),
    gettext_noop("programme.loaded"),
    gettext_noop("aim.added"),
    gettext_noop("aim.changed"),
    gettext_noop("aim.done"),
    gettext_noop("aim.reopened"),
    gettext_noop("aim.removed"),
    gettext_noop("pledge.added"),
    gettext_noop("pledge.changed"),
    gettext_noop("pledge.done"),
    gettext_noop("pledge.reopened"),
    gettext_noop("pledge.removed"),
    gettext_noop("promises.loaded"),
)
