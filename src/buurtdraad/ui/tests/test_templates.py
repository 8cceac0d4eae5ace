"""What every template of the product keeps to, whichever room it is in."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


def names(paths):
    return [str(path.relative_to(PACKAGE)) for path in paths]


@pytest.fixture(params=TEMPLATES, ids=names(TEMPLATES))
def template(request):
    return request.param


def test_there_are_templates():
    assert len(TEMPLATES) > 20


def test_a_template_builds_on_its_own_room_and_on_ui_only(template):
    room = template.relative_to(PACKAGE).parts[0]
    for used in re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""", template.read_text()):
        assert used.split("/")[0] in {room, "ui"}, used


def test_no_template_holds_script_style_or_handlers(template):
    text = template.read_text()
    assert not re.search(r"<style|\sstyle\s*=", text, re.I)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text, re.I)
    assert not re.search(r"[\s\"']on[a-z]+\s*=", text, re.I)
    # These make htmx evaluate text, which the policy forbids.
    assert not re.search(r"hx-on|js:|javascript:|hx-vals\s*=\s*[\"']js|hx-trigger\s*=\s*[\"'][^\"']*\[", text, re.I)


def test_no_template_marks_text_as_safe(template):
    assert not re.search(r"\|\s*safe\b|autoescape\s+off", template.read_text())


def test_a_template_reads_in_one_sitting(template):
    assert len(template.read_text().splitlines()) < 150


def test_no_template_loads_from_another_site(template):
    assert not re.search(r"""(?:src|srcset|<link[^>]*href)\s*=\s*["'](?:https?:)?//""", template.read_text(), re.I)
