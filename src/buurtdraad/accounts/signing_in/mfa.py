"""Our hooks into `allauth.mfa` (`MFA_ADAPTER`): secrets are stored encrypted, and names come from the city."""

import base64
import hashlib

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.places.queries import city_name


class MFAAdapter(DefaultMFAAdapter):
    """Who holds a back-up but not `SECRET_KEY` can make no codes of it."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return _("Neighbourhoods %(city)s") % {"city": city_name()}

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002 (the name in allauth)
        return _("Passkey %(n)d") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}


def cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"buurtdraad.mfa:{settings.SECRET_KEY}".encode()).digest()))
