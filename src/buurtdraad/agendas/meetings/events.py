"""What is recorded of meetings; each verb is a text to translate. The thing is `meeting:<pk>`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("meeting.made"),
    gettext_noop("meeting.changed"),
    gettext_noop("meeting.announced"),
    gettext_noop("meeting.moved"),
    gettext_noop("meeting.cancelled"),
    gettext_noop("meeting.reminded"),
    gettext_noop("meeting.held"),
    gettext_noop("meeting.signed_up"),
    gettext_noop("meeting.sign_up_changed"),
    gettext_noop("meeting.signed_off"),
    gettext_noop("meeting.address_confirmed"),
    gettext_noop("meeting.moved_up"),
    gettext_noop("meeting.checked_in"),
    gettext_noop("meeting.check_in_undone"),
    gettext_noop("meeting.wish_given"),
    gettext_noop("meeting.voting_opened"),
    gettext_noop("meeting.voting_closed"),
    gettext_noop("meeting.paper_counted"),
    gettext_noop("meeting.rounded_off"),
    gettext_noop("meeting.told_back"),
)
