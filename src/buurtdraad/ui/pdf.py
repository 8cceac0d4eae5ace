"""Documents as tagged PDF (PDF/UA-1) by typst: from a template and facts, in some milliseconds.

Facts reach the template as JSON and are never read as markup, so nothing that a person typed can do anything.
"""

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.ui import built

PACKAGE = Path(__file__).parent.parent


def render(template_name: str, facts: dict) -> bytes:
    """The document as PDF. `template_name` is "<room>/<file>.typ", kept in `<room>/typst/`; see `ui/typst/letter.typ`.

    `facts` is what JSON can hold. Added where absent: `language` and the `words` of the house template in it.
    Raises `typst.TypstError` when the template asks for a fact that is not given.
    """
    import typst  # noqa: PLC0415 (30 MB that a page does not need)

    room, _slash, file = template_name.partition("/")
    template = PACKAGE / room / "typst" / file
    if not (room.isidentifier() and template.suffix == ".typ" and "/" not in file and template.is_file()):
        raise FileNotFoundError(f"There is no document template {template_name}")
    told = {"language": (get_language() or "nl")[:2], "words": words()} | facts
    return typst.compile(
        template,
        root=PACKAGE,
        font_paths=[built.FONTS],
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(told)},
        pdf_standards=["ua-1"],
    )


def words() -> dict[str, str]:
    """The fixed words of the house template, in the language of the reader."""
    return {
        "demo": _("Example, made up"),
        "page": _("page"),
        "of": _("of"),
        "municipality": _("Municipality of"),
    }
