"""A file between the look beforehand and the deed: in the page itself, packed and signed. Nothing of it stays on the server."""

import base64
import datetime
import zlib

from django.core import signing
from django.utils.translation import gettext as _

from buurtdraad.lib.tables.reading import MOST_BYTES, TableRefused

HOURS = 2
# Below DATA_UPLOAD_MAX_MEMORY_SIZE, with room for the rest of the form.
MOST_CHARACTERS = 2_400_000


def packed(content: bytes, *, owner: str) -> str:
    """The file as a text for a hidden field. Only `unpacked` with the same `owner` (an import and a person) opens it."""
    text = signing.TimestampSigner(salt=f"tables:{owner}").sign(base64.urlsafe_b64encode(zlib.compress(content)).decode())
    if len(text) > MOST_CHARACTERS:
        raise TableRefused(_("This file is too large. It may be %(most)s MB at most.") % {"most": MOST_BYTES // 1_000_000})
    return text


def unpacked(text: str, *, owner: str) -> bytes:
    """The file of a hidden field. Raises `TableRefused` for one that is too old, of somebody else, or changed on its way."""
    try:
        body = signing.TimestampSigner(salt=f"tables:{owner}").unsign(text, max_age=datetime.timedelta(hours=HOURS))
    except signing.BadSignature:
        raise TableRefused(_("We looked at this file too long ago. Choose it once more.")) from None
    return zlib.decompress(base64.urlsafe_b64decode(body))
