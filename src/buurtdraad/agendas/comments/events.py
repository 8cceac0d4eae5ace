"""What is recorded of comments; each verb is a text to translate. The thing is `comment:<uuid>`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("comment.made"),
    gettext_noop("comment.shown"),
    gettext_noop("comment.hidden"),
)
