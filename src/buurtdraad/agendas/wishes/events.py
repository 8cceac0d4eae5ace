"""What is recorded of wishes; each verb is a text to translate. The thing is `wish:<reference>`, such as `wish:ZO-42`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("wish.given"),
    gettext_noop("wish.also_given"),
    gettext_noop("wish.contact_added"),
    gettext_noop("wish.shown"),
    gettext_noop("wish.kept_private"),
    gettext_noop("wish.reworded"),
    gettext_noop("wish.supported"),
    gettext_noop("wish.support_taken_back"),
    gettext_noop("wish.followed"),
    gettext_noop("wish.moved"),
    gettext_noop("wish.answered"),
    gettext_noop("wish.rated"),
    gettext_noop("wish.merged"),
    gettext_noop("wish.unmerged"),
    gettext_noop("wish.split"),
    gettext_noop("wish.choices_changed"),
    gettext_noop("wish.meant_too"),
    gettext_noop("wish.picture_added"),
    gettext_noop("wish.picture_shown"),
    gettext_noop("wish.picture_removed"),
)
