"""What every template of the product keeps to, whichever room it is in."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


# These make htmx evaluate text, which the policy forbids.
EVALUATED = r"hx-on|js:|javascript:|hx-vals\s*=\s*[\"']js|hx-trigger\s*=\s*[\"'][^\"']*\["
SCRIPT_STYLE_OR_HANDLER = rf"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|[\s\"']on[a-z]+\s*=|{EVALUATED}"


def found(pattern, flags=re.IGNORECASE):
    """Each template in which this stands, with what stands there."""
    hits = ((path, re.search(pattern, path.read_text(), flags)) for path in TEMPLATES)
    return {str(path.relative_to(PACKAGE)): hit[0] for path, hit in hits if hit}


def test_there_are_templates():
    assert len(TEMPLATES) > 20


def test_a_template_builds_on_its_own_room_and_on_ui_only():
    elsewhere = {}
    for path in TEMPLATES:
        room = path.relative_to(PACKAGE).parts[0]
        for used in re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""", path.read_text()):
            if used.split("/")[0] not in {room, "ui"}:
                elsewhere.setdefault(str(path.relative_to(PACKAGE)), []).append(used)
    assert elsewhere == {}


def test_no_template_holds_script_style_or_handlers():
    assert found(SCRIPT_STYLE_OR_HANDLER) == {}


def test_no_template_marks_text_as_safe():
    assert found(r"\|\s*safe\b|autoescape\s+off", flags=0) == {}


def test_a_template_reads_in_one_sitting():
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text().splitlines()) for path in TEMPLATES}
    assert {name: lines for name, lines in lengths.items() if lines >= 150} == {}


def test_no_template_loads_from_another_site():
    assert found(r"""(?:src|srcset|<link[^>]*href)\s*=\s*["'](?:https?:)?//""") == {}
