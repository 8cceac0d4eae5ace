"""What this room has of a person, for that person alone."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.partners.models import Confirmation, LocalContact, Representative, Signature
from buurtdraad.partners.queries.contacts import faces_of
from buurtdraad.partners.queries.signatures import signed_as
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset({"partners.LocalContact.person", "partners.Representative.person"})


def spoken_by(person: Person) -> QuerySet[Representative]:
    """The organisations for which a person speaks or spoke, the last one first."""
    return Representative.objects.filter(person=person).select_related("organisation__joined_to").order_by("-from_on", "-id")


def voice_row(representative: Representative) -> Row:
    until = representative.until_on
    state = _("until and with %(day)s") % {"day": date_format(until, "j F Y")} if until else ""
    return Row(str(representative.organisation.whole), state=state)


def face_row(contact: LocalContact) -> Row:
    """Where they stand with their name, and the page on which they take it off."""
    state = _("Residents see you on the site") if contact.on_site else _("Not on the site")
    return Row(str(contact.organisation.whole), reverse("partners:my_face", args=[contact.uuid]), state)


def personal_data(person: Person) -> dict:
    """All that this room has of a person, under a heading for each kind that they have something of."""
    found = {
        "contactpersoon van": [of_one(one) for one in spoken_by(person).prefetch_related("areas")],
        "ondertekend": [of_signature(one) for one in signed_as(person)],
        "gezegd over afspraken en aanbod": [
            of_said(one) for one in Confirmation.objects.filter(through__person=person).select_related("organisation")
        ],
        "werkt hier": [of_face(one) for one in faces_of(person).prefetch_related("areas").select_related("picture")],
    }
    return {name: rows for name, rows in found.items() if rows}


def of_signature(signature: Signature) -> dict:
    return {
        "akkoord": signature.version.title,
        "organisatie": signature.organisation.name,
        "ondertekend op": signature.signed_on,
        "wie ondertekende": signature.signed_by,
    }


def of_face(one: LocalContact) -> dict:
    return {
        "openbaar nummer": one.uuid,
        "organisatie": one.organisation.name,
        "voornaam": one.first_name,
        "waarvoor bewoners komen": one.helps_with,
        "telefoon": one.phone,
        "inloop": one.walk_in,
        "wat u doet": one.does,
        "op de site": one.on_site,
        "akkoord op": one.agreed_on,
        "foto": one.picture.alt if hasattr(one, "picture") else "",
        "gebieden": [area.code for area in one.areas.all()],
        "vanaf": one.from_on,
        "tot en met": one.until_on,
    }


def of_said(said: Confirmation) -> dict:
    return {
        "openbaar nummer": said.uuid,
        "organisatie": said.organisation.name,
        "over": said.title,
        "gezegd": str(said.get_says_display()),
        "woorden": said.words,
        "wie": said.said_by,
        "op": said.at,
        "antwoord": said.answer,
    }


def of_one(one: Representative) -> dict:
    return {
        "openbaar nummer": one.uuid,
        "organisatie": one.organisation.name,
        "naam": one.name,
        "rol": one.role,
        "e-mailadres": one.email,
        "telefoon": one.phone,
        "gebieden": [area.code for area in one.areas.all()],
        "vanaf": one.from_on,
        "tot en met": one.until_on,
    }
