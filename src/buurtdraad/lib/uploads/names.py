"""Names of files: what a person calls one is shown and given back, never used as a path."""

import re
import unicodedata

LONGEST = 100  # characters, with the ending
# Signs that steer (CR, LF, NUL, the ones that turn the reading direction), and those that mean something in a path or header.
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
MEANING_SOMETHING = re.compile(r"[\"'<>:|?*;%&#`$]")


def plain_name(name: str, *, kind: str) -> str:
    """What a file is called when it is given back: no path, no steering signs, at most 100 characters, the ending of its content.

    "..\\..\\begroting.pdf.exe" of a PDF becomes "begroting.pdf.pdf"; without anything left it is "bestand.pdf".
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", STEERING.sub("", name)))[-1]
    stem = MEANING_SOMETHING.sub("", last).strip(" .")
    stem = stem.rpartition(".")[0].rstrip(" .") or stem
    return f"{stem[: LONGEST - len(kind) - 1].rstrip(' .') or 'bestand'}.{kind}"
