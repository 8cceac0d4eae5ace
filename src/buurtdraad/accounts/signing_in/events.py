"""What signing in records; each verb is a text to translate. The thing is `person:<public id>`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("person.signed_in"),
    gettext_noop("person.signed_out"),
    gettext_noop("session.ended"),
    gettext_noop("sessions.ended"),
    gettext_noop("app.set_up"),
    gettext_noop("passkey.added"),
    gettext_noop("second_step.passed"),
    gettext_noop("recovery_codes.replaced"),
    gettext_noop("second_step.taken_away"),
    gettext_noop("second_step.forgotten"),
    gettext_noop("password.set"),
    gettext_noop("address.asked"),
    gettext_noop("address.changed"),
)
