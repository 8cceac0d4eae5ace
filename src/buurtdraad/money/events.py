"""What this room records; each verb is a text to translate (`audit.words`). No person stands in a payload."""

from django.utils.translation import gettext_noop

VERBS: tuple[str, ...] = (
    # pots and the ledger: the thing is `pot:` or `commitment:<public id>`
    gettext_noop("pot.opened"),
    gettext_noop("pot.changed"),
    gettext_noop("pot.filled"),
    gettext_noop("pot.drained"),
    gettext_noop("pot.let_go"),
    gettext_noop("pot.closed"),
    gettext_noop("pot.opened_again"),
    gettext_noop("money.committed"),
    gettext_noop("money.told"),
    gettext_noop("money.released"),
    gettext_noop("money.paid_back"),
    # paying
    gettext_noop("payment.owed"),
    gettext_noop("payment.owed_again"),
    gettext_noop("payment.cancelled"),
    gettext_noop("payment.paid"),
    gettext_noop("payment.bounced"),
    gettext_noop("payments.taken_in"),
    gettext_noop("payment_list.made"),
    gettext_noop("payment_list.released"),
    gettext_noop("payment_list.sent"),
    gettext_noop("payment_list.dropped"),
    # a group reserves money
    gettext_noop("reservation.proposed"),
    gettext_noop("reservation.made"),
    gettext_noop("reservation.refused"),
    gettext_noop("four_eyes.set"),
)
