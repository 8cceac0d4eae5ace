"""What this room records; each verb is a text to translate (`audit.words`)."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("figures.loaded"),
    gettext_noop("indicator.shown"),
    gettext_noop("indicator.hidden"),
)
