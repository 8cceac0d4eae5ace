"""What is recorded of spoken notes, piles and imports. The thing is `note:<uuid>`, `batch:<uuid>` or `wish:<reference>`."""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("note.spoken"),
    gettext_noop("note.written"),
    gettext_noop("note.unheard"),
    gettext_noop("wish.taken_back"),
    gettext_noop("wishes.imported"),
    gettext_noop("wishes.import_undone"),
    gettext_noop("meetings.imported"),
    gettext_noop("meetings.import_undone"),
)
