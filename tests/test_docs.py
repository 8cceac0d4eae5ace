"""The papers of the house say what is so: settings, commands, links, numbers."""

import re
import sys

from django.core.management import get_commands

import buurtdraad
from tests import reading
from tests.reading import PACKAGE, ROOT

# Set by tools, or by the product for its own children: nothing that a city sets.
NOT_A_SETTING = {
    "DJANGO_SETTINGS_MODULE",
    "BUURTDRAAD_EMBEDDED",
    "BUURTDRAAD_SHARED",
    "PROMETHEUS_MULTIPROC_DIR",
    "HOME",
    "PATH",
    "TMPDIR",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
}

SETTING_ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \|([^|]*)\|", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PUBLICCODE_KEYS = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    *(f"description.{language}.{key}" for language in ("nl", "en") for key in ("shortDescription", "longDescription", "features")),
    "legal.license",
    "maintenance.type",
    "maintenance.contacts",
    "localisation.localisationReady",
    "localisation.availableLanguages",
]


def settings_in_the_table():
    """Name and default of each row of the table of settings."""
    return dict(SETTING_ROW.findall((ROOT / "docs/running.md").read_text()))


def settings_in_the_code():
    return reading.settings_read((PACKAGE / "settings.py").read_text())


def commands():
    return sorted(name for name, app in get_commands().items() if isinstance(app, str) and app.startswith("buurtdraad."))


def anchor(heading):
    """The address that code forges give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def key_paths(yaml):
    """Dotted paths of the keys of a YAML text that is indented by two spaces a level."""
    above, found = [], {}
    for line in yaml.splitlines():
        if match := re.match(r"^( *)(\w+):\s*(.*)$", line):
            above = [*above[: len(match[1]) // 2], match[2]]
            found[".".join(above)] = match[3].strip("\"'")
    return found


# --- settings and commands ------------------------------------------------------------------------


def test_every_setting_stands_in_the_table():
    unknown = set(settings_in_the_code()) - set(settings_in_the_table()) - NOT_A_SETTING
    assert not unknown, "explain these in docs/running.md"


def test_every_name_read_from_the_environment_elsewhere_stands_in_the_table():
    read = {
        name
        for path in reading.files(PACKAGE, ".py")
        if "tests" not in path.parts and path.name != "testing.py"
        for name in reading.environment_read(path.read_text())
    }
    unknown = read - set(settings_in_the_table()) - NOT_A_SETTING
    assert not unknown, "explain these in docs/running.md"


def test_the_table_names_nothing_that_nobody_reads():
    run = ROOT / "run"
    code = "\n".join([run.read_text(), *(path.read_text() for path in reading.files(PACKAGE, ".py"))])
    unread = [name for name in settings_in_the_table() if not re.search(rf"\b{name}\b", code)]
    assert not unread


def test_the_table_gives_the_default_of_each_setting():
    said = settings_in_the_table()
    wrong = []
    for name, default in settings_in_the_code().items():
        shown = str(int(default)) if isinstance(default, bool) else str(default or "")
        if name in said and shown and shown not in said[name]:
            wrong.append(f"{name}: {default} in settings.py")
    assert not wrong


def test_the_tables_of_settings_are_the_ones_that_are_made():
    sys.path.insert(0, str(ROOT / "tools"))
    import settings_table

    page = settings_table.PAGE.read_text()
    assert settings_table.in_page(page) == page, "run ./run settings_table --write"


def test_every_command_stands_in_the_docs():
    papers = "\n".join(path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
    unknown = [name for name in commands() if not re.search(rf"[`/ ]{name}\b", papers)]
    assert not unknown, "explain these in docs/running.md"


# --- links and papers -------------------------------------------------------------------------------


def test_every_link_between_our_texts_leads_somewhere():
    broken = []
    for path in reading.markdown():
        for link in LINK.findall(CODE.sub("", path.read_text())):
            address, _, part = link.partition("#")
            if re.match(r"^(https?|mailto):", address):
                continue
            target = (path.parent / address).resolve() if address else path
            if not target.exists():
                broken.append(f"{path.relative_to(ROOT)}: {link}")
            elif part and part not in {anchor(heading) for heading in HEADING.findall(target.read_text())}:
                broken.append(f"{path.relative_to(ROOT)}: {link}: no such heading")
    assert not broken


def test_the_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_has_its_three_parts_on_half_a_page():
    for path in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        text = path.read_text()
        assert HEADING.findall(text)[1:] == ["Context", "Decision", "Consequences"], path.name
        assert len(text.split()) <= 400, path.name


def test_every_decision_is_in_the_list():
    index = (ROOT / "docs/decisions/README.md").read_text()
    assert not [path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md") if path.name not in index]


def test_the_changelog_tells_of_this_version():
    assert re.search(rf"^## {re.escape(buurtdraad.__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_publiccode_has_the_keys_that_the_standard_asks_for():
    found = key_paths((ROOT / "publiccode.yml").read_text())
    assert not [key for key in PUBLICCODE_KEYS if key not in found]
    assert found["legal.license"] == "EUPL-1.2"
    assert found["softwareVersion"] == buurtdraad.__version__
    assert all(len(found[f"description.{language}.shortDescription"]) <= 150 for language in ("nl", "en"))


def test_the_licence_is_the_same_in_both_places():
    assert (ROOT / "LICENSE").read_bytes() == (ROOT / "LICENSES/EUPL-1.2.txt").read_bytes()
