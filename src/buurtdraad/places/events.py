"""What this room records; each verb is a text to translate (`audit.words`)."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("areas.loaded"),
    gettext_noop("areas.compared"),
    gettext_noop("working_area.made"),
    gettext_noop("working_area.changed"),
)
