"""What is recorded of agendas; each verb is a text to translate. The thing is `agenda:<code>`, `topic:<id>` or `agreement:<id>`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("agenda.drafted"),
    gettext_noop("agenda.changed"),
    gettext_noop("agenda.adopted"),
    gettext_noop("agenda.looked_back"),
    gettext_noop("agenda.polled"),
    gettext_noop("topic.added"),
    gettext_noop("topic.changed"),
    gettext_noop("topic.removed"),
    gettext_noop("topic.wishes_chosen"),
    gettext_noop("agreement.added"),
    gettext_noop("agreement.changed"),
    gettext_noop("agreement.moved"),
    gettext_noop("agreement.postponed"),
    gettext_noop("agreement.said_not_done"),
    gettext_noop("agreement.not_done_seen"),
    gettext_noop("agreement.pictured"),
    gettext_noop("agreement.owner_added"),
    gettext_noop("agreement.owner_removed"),
    gettext_noop("agreement.owner_asked"),
    gettext_noop("agreement.accepted"),
    gettext_noop("agreement.refused"),
    gettext_noop("agreement.reminded"),
    gettext_noop("agreement.imported"),
    gettext_noop("agreement.import_undone"),
    gettext_noop("joining.added"),
    gettext_noop("joining.answered"),
)
