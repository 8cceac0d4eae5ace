"""What this room records; each verb is a text to translate (`audit.words`). The thing is `person:<public id>`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("duty.given"),
    gettext_noop("duty.ended"),
    gettext_noop("duty.withdrawn"),
    gettext_noop("duty.stand_in"),
    gettext_noop("person.added"),
    gettext_noop("person.renamed"),
    gettext_noop("person.took_along"),
    gettext_noop("person.erased"),
    gettext_noop("report.made"),
    gettext_noop("report.again"),
    gettext_noop("report.left"),
    gettext_noop("report.hidden"),
    gettext_noop("report.referred"),
    gettext_noop("destruction.proposed"),
    gettext_noop("destruction.refused"),
    gettext_noop("destruction.done"),
)
