"""What `assets/build.mjs` built: names with a hash of their content, so that a browser may keep them for ever."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FOLDER = Path(__file__).parent / "static" / "ui" / "built"
FONTS = FOLDER / "fonts"


@cache
def manifest() -> dict[str, str]:
    """Name -> name with hash."""
    try:
        return json.loads((FOLDER / "manifest.json").read_text())
    except FileNotFoundError:
        raise ImproperlyConfigured("The assets are not built: run `npm ci && node assets/build.mjs`.") from None


def address(name: str) -> str:
    """The address of a built file: `address("app.css")`."""
    return f"{settings.STATIC_URL}ui/built/{manifest()[name]}"
