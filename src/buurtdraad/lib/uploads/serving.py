"""Giving files back. A room has its own address for them, fetches through its own `visible_to`, and ends with one of these.

No answer here can run anything in the visitor's browser: documents are only to be saved, pictures were drawn by us.
"""

import re
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from buurtdraad.lib.uploads.documents import TYPES
from buurtdraad.lib.uploads.keeping import place
from buurtdraad.lib.uploads.models import DocumentUpload, PictureUpload
from buurtdraad.lib.uploads.names import plain_name
from buurtdraad.lib.uploads.pictures import WIDTHS
from buurtdraad.lib.uploads.sounds import TYPES as SOUNDS

YEAR = 31_536_000  # seconds
ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(document: DocumentUpload) -> HttpResponseBase:
    """A document, to be saved and never shown; kept by no cache. Raises `Http404` when the file is gone."""
    name = plain_name(document.name, kind=document.kind)
    response = answer(place(document.key) / f"document.{document.kind}", TYPES[document.kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def picture(shown: PictureUpload, width: int, *, public: bool) -> HttpResponseBase:
    """A picture in the largest of our widths that is not above `width`; `public` when everybody may see it.

    It never changes under its address, so a browser keeps it for a year. Raises `Http404` for a width that is none of ours.
    """
    if width not in WIDTHS:
        raise Http404
    response = answer(place(shown.key) / f"{shown.width_for(width)}.webp", "image/webp")
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if public else "private, max-age=3600"
    return response


def sound(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """A sound to listen to, or the piece that the player asks for (Safari plays nothing else); kept by no cache."""
    response = answer(place(key) / f"sound.{kind}", SOUNDS[kind])
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, no-store"
    response["Accept-Ranges"] = "bytes"
    asked = re.fullmatch(r"bytes=(\d{1,12})-(\d{0,12})", request.headers.get("Range", ""))
    return piece(response, int(asked[1]), int(asked[2] or 10**12)) if asked else response


def piece(whole: FileResponse, first: int, last: int) -> HttpResponse:
    """The bytes from `first` to `last` of an answer, with its headers (RFC 9110, 14)."""
    content = b"".join(whole)  # some megabytes at most
    whole.close()
    last = min(last, len(content) - 1)
    response = HttpResponse(content[first : last + 1], status=206) if first <= last else HttpResponse(status=416)
    for name, value in whole.headers.items():
        if name != "Content-Length":
            response[name] = value
    response["Content-Range"] = f"bytes {first}-{last}/{len(content)}" if first <= last else f"bytes */{len(content)}"
    return response


def answer(path: Path, content_type: str) -> FileResponse:
    try:
        file = path.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type=content_type)
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
