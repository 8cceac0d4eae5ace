"""The tables of partners, by subject."""

from buurtdraad.partners.models.accords import Accord, AccordDocument, AccordVersion, Signature
from buurtdraad.partners.models.confirming import Asked, Confirmation
from buurtdraad.partners.models.contacts import ContactPicture, LocalContact
from buurtdraad.partners.models.offers import Offer
from buurtdraad.partners.models.organisations import Kind, Organisation, Representative, WorksIn

__all__ = [
    "Accord",
    "AccordDocument",
    "AccordVersion",
    "Asked",
    "Confirmation",
    "ContactPicture",
    "Kind",
    "LocalContact",
    "Offer",
    "Organisation",
    "Representative",
    "Signature",
    "WorksIn",
]
