"""What this room records; each verb is a text to translate (`audit.words`).

The thing is `work:<public id>`, `register:…`, `load:…` or `check:…`.
"""

from django.utils.translation import gettext_noop

VERBS: tuple[str, ...] = (
    # sheets
    gettext_noop("work.made"),
    gettext_noop("work.changed"),
    gettext_noop("work.moved"),
    gettext_noop("work.removed"),
    gettext_noop("work.answers"),
    gettext_noop("work.answers_not"),
    # registers and asking owners
    gettext_noop("work.confirmed"),
    gettext_noop("works.owner_asked"),
    gettext_noop("register.made"),
    gettext_noop("register.changed"),
    gettext_noop("works.loaded"),
    gettext_noop("works.load_undone"),
    # checks
    gettext_noop("check.made"),
    gettext_noop("check.changed"),
    gettext_noop("check.answered"),
    gettext_noop("check.finished"),
    gettext_noop("check.reopened"),
    gettext_noop("check.removed"),
)
