"""The order of the house, as far as import-linter cannot see it."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

from buurtdraad.ui.templatetags.ui import BADGES
from tests import reading
from tests.reading import PACKAGE, ROOT

# From above to below; the same list stands in pyproject.toml, where import-linter holds it.
LADDER = [
    "urls",
    "running",
    "pages | api",
    "reports",
    "budgets",
    "fund",
    "money",
    "initiatives | placements",
    "method",
    "works",
    "agendas",
    "partners",
    "challenges",
    "figures",
    "messages",
    "accounts",
    "places",
    "audit",
    "ui",
    "lib",
]
# These have no actions, models and rules to keep apart.
ROOMS_WITHOUT_LAYERS = {"lib", "ui", "running"}

MAY_WRITE = re.compile(
    r"(^|/)(actions\.py|actions/.*|management/.*|tests/.*|migrations/.*)$|^audit/|(^|/)conftest\.py$|^lib/(stages|limits)\.py$|^testing\.py$"
)
NAMES_THAT_SAY_NOTHING = {"common", "core", "handler", "helper", "info", "manager", "misc", "service", "util"}
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.db.backends.signals",
    "django.contrib.auth.signals",
)
EXTENDS = re.compile(r"""\{%-?\s*(extends|include)\s+(\S+)""")
BADGE = re.compile(r"""\{% badge [^%]*"([a-z_]+)" %\}""")
OUR_FOLDERS = ("src", "tests", "tools", "assets", "docs")
LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_README = 400, 150, 25
# Made by a command, to look things up in.
MADE = {"docs/access.md", "docs/figures_pages.md"}


def sources():
    """Path (relative to the package) and text of each Python file."""
    return [(path.relative_to(PACKAGE).as_posix(), path.read_text()) for path in reading.files(PACKAGE, ".py")]


def lines(path):
    return len(path.read_text().splitlines())


def contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


# --- the ladder ------------------------------------------------------------------------------


def test_the_ladder_is_the_one_that_import_linter_holds():
    assert contracts()[0]["layers"] == LADDER


def test_every_room_stands_on_the_ladder():
    steps = {name for step in LADDER for name in re.findall(r"\w+", step)}
    assert set(reading.rooms()) <= steps


def test_every_room_with_layers_is_under_the_contract_for_them():
    held = {name.split(".")[1] for name in contracts()[1]["containers"]}
    assert held == set(reading.rooms()) - ROOMS_WITHOUT_LAYERS


def test_a_key_into_another_room_shows_no_way_back():
    ways_back = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("buurtdraad.")
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation
        and field.related_model._meta.app_label != model._meta.app_label
        and not (field.remote_field.related_name or "").endswith("+")
    ]
    assert not ways_back, 'give each of these related_name="+"'


def test_a_template_builds_on_its_own_room_and_ui_only():
    wrong = []
    for path in reading.templates():
        room = reading.room_of(path)
        for word, target in EXTENDS.findall(reading.COMMENT.sub("", path.read_text())):
            literal = target[0] in "\"'"
            if literal and not target[1:].startswith((f"{room}/", "ui/", "#")):
                wrong.append(f"{path.relative_to(PACKAGE)}: {word} {target}")
            if not literal and room != "ui":
                wrong.append(f"{path.relative_to(PACKAGE)}: {word} {target}: name the template")
    assert not wrong


def test_a_template_lies_in_a_folder_with_the_name_of_its_room():
    assert not [
        str(path.relative_to(PACKAGE))
        for path in reading.templates()
        if (room := reading.room_of(path)) != "ui" and path.relative_to(PACKAGE).parts[:3] != (room, "templates", room)
    ]


# --- who writes ------------------------------------------------------------------------------


def test_only_actions_write():
    found = [f"{path}:{line} .{call}()" for path, text in sources() if not MAY_WRITE.search(path) for line, call in reading.writes(text)]
    assert not found, "move these into actions.py"


@pytest.mark.parametrize(
    "source",
    [
        "Area.objects.create(code='x')",
        "Area.objects.filter(pk=1).update(code='x')",
        "type(thing)._default_manager.filter(pk=1).update(stage='x')",
        "area.years.all().delete()",
        "area.save(update_fields=['code'])",
        "form.save()",
        "Area.objects.bulk_create(rows)",
        "area.years.get_or_create(year=2025)",
        "cursor.execute('INSERT INTO a VALUES (1)')",
        "cursor.execute(f'DELETE FROM {table}')",
        "cursor.execute(sql.SQL('UPDATE {} SET a = 1').format(name))",
        "cursor.copy('COPY a FROM STDIN')",
        "async def f():\n    await Area.objects.acreate(code='x')",
    ],
)
def test_the_search_for_writes_sees_this_one(source):
    assert reading.writes(source)


@pytest.mark.parametrize(
    "source",
    [
        "facts.update(code='x')",
        "digest.update(line)",
        "hashlib.sha256().update(line)",
        "picture.save(path, 'PNG')",
        "cache.delete(key)",
        "Process.create(name='x')",
        "Area.objects.filter(code='x').values('code')",
        "cursor.execute('SELECT 1')",
        "bytes_of(page).copy()",
    ],
)
def test_the_search_for_writes_leaves_this_alone(source):
    assert not reading.writes(source)


def test_who_asks_and_what_was_sent_is_written_down_once():
    """In `accounts/asking.py`, for all rooms."""
    doubles = re.compile(
        r"^def me\(|-> QueryDict \| None:|^require_form =|request\.POST if request\.method == \"POST\" else None", re.MULTILINE
    )
    found = {path: len(doubles.findall(text)) for path, text in sources()}
    assert {path: count for path, count in found.items() if count} == {"accounts/asking.py": 4}


def test_files_for_a_calendar_are_made_in_one_place():
    assert [path for path, text in sources() if "from icalendar import" in text and "/tests/" not in path] == ["messages/calendars.py"]


def test_nothing_hangs_on_a_signal():
    assert not [
        f"{path}: {name}"
        for path, text in sources()
        if "/tests/" not in path
        for name in reading.imported(text)
        if name.startswith(SIGNALS) or name == "django.db.models.signals"
    ]


def test_no_model_has_a_save_or_delete_of_its_own():
    assert not [
        f"{path}:{line} {name}"
        for path, text in sources()
        if re.search(r"/models(\.py|/)", path)
        for line, name in reading.methods(text)
        if name in {"save", "delete", "asave", "adelete"}
    ]


# --- files that are read in one sitting --------------------------------------------------------


def test_every_room_says_what_it_is_for_in_a_few_lines():
    assert not [room for room in reading.rooms() if not 0 < lines(PACKAGE / room / "README.md") <= LONGEST_README]


def test_no_file_is_too_long_for_one_sitting():
    long = {
        str(path.relative_to(ROOT)): lines(path)
        for folder in OUR_FOLDERS
        for path in reading.files(ROOT / folder, ".py", ".js", ".mjs", ".css", ".md", ".typ", ".sh")
        if lines(path) > LONGEST_FILE and str(path.relative_to(ROOT)) not in MADE
    }
    assert not long


def test_no_template_is_too_long_for_one_sitting():
    assert not {str(path.relative_to(PACKAGE)): lines(path) for path in reading.templates() if lines(path) > LONGEST_TEMPLATE}


def test_file_names_say_what_is_inside():
    named = [path for folder in OUR_FOLDERS for path in reading.files(ROOT / folder, ".py", ".html", ".css", ".js", ".mjs")]
    assert not [
        str(path.relative_to(ROOT))
        for path in named
        if NAMES_THAT_SAY_NOTHING
        & {word.removesuffix("s") for part in path.relative_to(ROOT).with_suffix("").parts for word in part.split("_")}
    ]


# --- what visitors and installers get -----------------------------------------------------------


def test_every_badge_has_a_colour_that_there_is():
    named = [(path, kind) for path in reading.templates() for kind in BADGE.findall(path.read_text())]
    assert named
    assert [f"{path}: {kind}" for path, kind in named if kind not in BADGES] == []


def test_no_template_needs_what_the_content_policy_refuses():
    found = {str(path.relative_to(PACKAGE)): shapes for path in reading.templates() if (shapes := reading.refused_shapes(path.read_text()))}
    assert not found


@pytest.mark.parametrize(
    "template",
    [
        '<p style="color: red">',
        '<p class="a"\n   style="{{ colour }}">',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        '<button onclick="go()">',
        '<form hx-on:submit="go()">',
        '<a href="javascript:go()">',
        "<form hx-vals='js:{a: 1}'>",
        '<input hx-trigger="keyup[key==1]">',
    ],
)
def test_the_search_in_templates_sees_this_shape(template):
    assert reading.refused_shapes(template)


@pytest.mark.parametrize(
    "template",
    [
        '<script src="{% built "site.js" %}" defer></script>',
        '{% include "ui/card.html" with once=1 style="big" %}',
        '{# <p style="color: red"> #}',
        '<a href="/wensen/">Vertel het online</a>',
        "<p>{% translate 'nothing on = here' %}</p>",
    ],
)
def test_the_search_in_templates_leaves_this_alone(template):
    assert not reading.refused_shapes(template)


def test_the_python_locks_hold_hashes_and_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "--hash=sha256:" in text, path
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text), path


def test_the_npm_lock_holds_hashes_and_no_address():
    lock = ROOT / "package-lock.json"
    packages = json.loads(lock.read_text())["packages"]
    for name, facts in packages.items():
        facts.pop("funding", None)  # where one may thank the makers
        assert "://" not in json.dumps(facts), name
        assert not name or facts.get("link") or facts["integrity"].startswith("sha512-"), name


def test_every_command_says_what_it_does():
    ours = {name: app for name, app in get_commands().items() if isinstance(app, str) and app.startswith("buurtdraad.")}
    assert ours
    assert not [name for name, app in ours.items() if not load_command_class(app, name).help.strip()]


def test_the_web_loads_no_heavy_library_before_it_is_needed():
    """They cost each web worker ten to eighty megabytes: they are imported where they are used, most of them in the jobs worker."""
    ask = "import django, sys; django.setup(); import buurtdraad.urls; print(*(set(sys.argv[1:]) & set(sys.modules)))"
    heavy = ("docx", "lxml", "numpy", "pyproj", "shapely", "simplemma", "typst")
    known = os.environ | {"SECRET_KEY": "k" * 50}
    loaded = subprocess.run([sys.executable, "-c", ask, *heavy], capture_output=True, text=True, env=known)
    assert (loaded.returncode, loaded.stdout.split()) == (0, []), loaded.stderr[-500:]
