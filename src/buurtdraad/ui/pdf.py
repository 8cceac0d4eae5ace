"""Documents as tagged PDF (PDF/UA-1) by typst: from a template and facts, in some milliseconds.

Facts reach the template as JSON and are never read as markup, so nothing that a person typed can do anything.
"""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.ui import built

PACKAGE = Path(__file__).parent.parent
PROGRAM = str(Path(__file__).parent / "pdf_alone.py")
LONGEST = 120  # seconds


def render(template_name: str, facts: dict) -> bytes:
    """The document as PDF. `template_name` is "<room>/<file>.typ", kept in `<room>/typst/`; see `ui/typst/letter.typ`.

    `facts` is what JSON can hold. Added where absent: `language` and the `words` of the house template in it. With `archived` (year,
    month and day as numbers) it is PDF/A-2a too: fit for the archive, which asks for a date.
    Raises `typst.TypstError` when the template asks for a fact that is not given.
    """
    from buurtdraad.ui.pdf_alone import compiled  # noqa: PLC0415 (30 MB that a page does not need)

    return compiled(order_of(template_name, facts))


def render_alone(template_name: str, facts: dict) -> bytes:
    """The same by a process that is gone then: for hundreds of pages (some hundred MB), and for what may stand nowhere afterwards.

    The facts go through a pipe. Raises `subprocess.SubprocessError`, which does not tell them.
    """
    order = json.dumps(order_of(template_name, facts)).encode()
    done = subprocess.run([sys.executable, "-I", PROGRAM], input=order, capture_output=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise subprocess.SubprocessError(f"{template_name} could not be made: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout


def order_of(template_name: str, facts: dict) -> dict:
    """What `pdf_alone` needs to make it: no setting, no database."""
    room, _slash, file = template_name.partition("/")
    template = PACKAGE / room / "typst" / file
    if not (room.isidentifier() and template.suffix == ".typ" and "/" not in file and template.is_file()):
        raise FileNotFoundError(f"There is no document template {template_name}")
    told = {"language": (get_language() or "nl")[:2], "words": words()} | facts
    return {
        "template": str(template),
        "root": str(PACKAGE),
        "fonts": str(built.FONTS),
        "facts": json.dumps(told),
        "archived": "archived" in facts,
    }


def words() -> dict[str, str]:
    """The fixed words of the house template, in the language of the reader."""
    return {
        "demo": _("Example, made up"),
        "page": _("page"),
        "of": _("of"),
        "municipality": _("Municipality of"),
    }
