"""Where money comes from, what is done with it, and the steps of a payment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Whose money a pot holds."""

    FUND = "fund", _("the fund for initiatives")
    AGENDA = "agenda", _("the neighbourhood agenda")
    CITY = "city", _("the municipality")
    PARTNER = "partner", _("a partner")


class EntryKind(models.TextChoices):
    """A line of the ledger, with the sign of its amount for what is free in the pot."""

    PUT_IN = "put_in", _("put in")
    TAKEN_OUT = "taken_out", _("taken out")
    COMMITTED = "committed", _("committed")
    RELEASED = "released", _("set free again")
    PAID = "paid", _("paid")
    PAID_BACK = "paid_back", _("paid back")


class Kind(models.TextChoices):
    """What a commitment is."""

    GRANT = "grant", _("a grant of the fund")
    AGREEMENT = "agreement", _("money for an agreement")
    BUDGET = "budget", _("chosen by residents")
    WORK = "work", _("money for a work of the municipality")


class How(models.TextChoices):
    """How a group at a meeting decided to reserve money."""

    HANDS = "hands", _("by a show of hands")
    STICKERS = "stickers", _("with stickers")
    CONVERSATION = "conversation", _("in a conversation, everybody agreed")
    PAPER = "paper", _("on paper")


class ReservationStage(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    MADE = "made", _("Reserved")
    REFUSED = "refused", _("Not reserved")


RESERVATION_MOVES: dict[str, tuple[ReservationStage, ...]] = {
    ReservationStage.PROPOSED: (ReservationStage.MADE, ReservationStage.REFUSED),
    ReservationStage.MADE: (),
    ReservationStage.REFUSED: (),
}


class PaymentStage(models.TextChoices):
    """Ordered stands on a list for finance; paid and bounced come from what finance reports."""

    DUE = "due", _("To be paid")
    ORDERED = "ordered", _("On a list for finance")
    PAID = "paid", _("Paid")
    BOUNCED = "bounced", _("Came back")
    CANCELLED = "cancelled", _("Will not be paid")


PAYMENT_MOVES: dict[str, tuple[PaymentStage, ...]] = {
    PaymentStage.DUE: (PaymentStage.ORDERED, PaymentStage.CANCELLED),
    PaymentStage.ORDERED: (PaymentStage.PAID, PaymentStage.BOUNCED, PaymentStage.DUE),
    PaymentStage.PAID: (PaymentStage.BOUNCED,),
    PaymentStage.BOUNCED: (PaymentStage.DUE, PaymentStage.CANCELLED),
    PaymentStage.CANCELLED: (),
}
# Of these the money is gone or on its way.
COUNTS = frozenset({PaymentStage.DUE, PaymentStage.ORDERED, PaymentStage.PAID})


class ListStage(models.TextChoices):
    """Of a payment list. Who made it does not release it."""

    MADE = "made", _("Waits for a second person")
    RELEASED = "released", _("Released")
    SENT = "sent", _("Given to finance")
    DROPPED = "dropped", _("Dropped")


LIST_MOVES: dict[str, tuple[ListStage, ...]] = {
    ListStage.MADE: (ListStage.RELEASED, ListStage.DROPPED),
    ListStage.RELEASED: (ListStage.SENT, ListStage.DROPPED),
    ListStage.SENT: (),
    ListStage.DROPPED: (),
}
