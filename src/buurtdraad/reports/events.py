"""What this room records; each verb is a text to translate (`audit.words`). The thing is `finding:<public id>` or
`report:<public id>`."""

from django.utils.translation import gettext_noop

VERBS: tuple[str, ...] = (
    gettext_noop("finding.raised"),
    gettext_noop("finding.taken_up"),
    gettext_noop("finding.set_aside"),
    gettext_noop("finding.opened_again"),
    gettext_noop("finding.solved"),
    gettext_noop("finding.on_a_meeting"),
    gettext_noop("coherence.prepared"),
    gettext_noop("week.told"),
    # report
    gettext_noop("report.drafted"),
    gettext_noop("report.drafted_again"),
    gettext_noop("report.sentence_changed"),
    gettext_noop("report.sentence_added"),
    gettext_noop("report.sentence_left_out"),
    gettext_noop("report.sentence_put_back"),
    gettext_noop("report.sentence_removed"),
    gettext_noop("report.remarked"),
    gettext_noop("report.remark_done"),
    gettext_noop("report.sent_to_read"),
    gettext_noop("report.back_to_draft"),
    gettext_noop("report.read"),
    gettext_noop("report.approved"),
    gettext_noop("report.back_to_read"),
    gettext_noop("report.published"),
    gettext_noop("report.corrected"),
    gettext_noop("report.removed"),
)
