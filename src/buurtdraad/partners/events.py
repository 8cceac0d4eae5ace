"""What this room records; each verb is a text to translate (`audit.words`).

The thing is `organisation:<public id>`, `offer:<public id>` or `accord:<public id>`.
"""

from django.utils.translation import gettext_noop

VERBS = (
    gettext_noop("organisation.added"),
    gettext_noop("organisation.changed"),
    gettext_noop("organisation.ended"),
    gettext_noop("representative.added"),
    gettext_noop("representative.changed"),
    gettext_noop("representative.ended"),
    gettext_noop("partners.loaded"),
    # Doubles
    gettext_noop("organisation.joined"),
    gettext_noop("organisation.parted"),
    # Offers
    gettext_noop("offer.added"),
    gettext_noop("offer.changed"),
    gettext_noop("offer.ended"),
    # Agreements between partners
    gettext_noop("accord.made"),
    gettext_noop("accord.drafted"),
    gettext_noop("accord.changed"),
    gettext_noop("accord.dropped"),
    gettext_noop("accord.in_force"),
    gettext_noop("accord.ended"),
    gettext_noop("accord.paper_kept"),
    gettext_noop("accord.paper_dropped"),
    gettext_noop("accord.signed"),
    gettext_noop("accord.signature_changed"),
    gettext_noop("accord.unsigned"),
    gettext_noop("accord.left"),
    # who works here
    gettext_noop("local_contact.added"),
    gettext_noop("local_contact.changed"),
    gettext_noop("local_contact.ended"),
    gettext_noop("local_contact.pictured"),
    gettext_noop("local_contact.picture_removed"),
    gettext_noop("local_contact.withdrawn"),
    # confirming
    gettext_noop("partner.asked"),
    gettext_noop("partner.asked_again"),
    gettext_noop("partner.link_stopped"),
    gettext_noop("partner.said"),
    gettext_noop("partner.answered"),
)
