"""Making a PDF by typst, also as a program: an order as JSON comes in, the document goes out, and nothing else is read or kept."""

import json
import sys
from typing import Any

import typst


def compiled(order: dict[str, Any]) -> bytes:
    """The document of an order of `ui.pdf`."""
    return typst.compile(
        order["template"],
        root=order["root"],
        font_paths=[order["fonts"]],
        ignore_system_fonts=True,
        sys_inputs={"facts": order["facts"]},
        pdf_standards=["ua-1", "a-2a"] if order["archived"] else ["ua-1"],
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(compiled(json.load(sys.stdin)))
