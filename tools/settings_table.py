"""`./run settings_table`: the tables of settings in `docs/running.md`, from `settings.py` and what `settings_words.toml` says of each name.

With `--write` they take their place in that page.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "running.md"
BEGIN, END = "<!-- made by ./run settings_table -->", "<!-- end of what was made -->"


def tables() -> str:
    """Markdown: a heading and a table for each group. Raises `SystemExit` naming each setting that has no words."""
    from tests.reading import settings_read  # noqa: PLC0415 (the tests read the same code)

    groups = tomllib.loads((ROOT / "tools" / "settings_words.toml").read_text())
    defaults = settings_read((ROOT / "src/buurtdraad/settings.py").read_text())
    defaults.pop("BUURTDRAAD_EMBEDDED")  # set by the supervisor only
    if unsaid := sorted(defaults.keys() - {name for group in groups.values() for name in group}):
        raise SystemExit(f"Say in tools/settings_words.toml what these mean: {', '.join(unsaid)}")
    parts = []
    for heading, group in groups.items():
        rows = [f"| `{name}` |{cell(said, defaults.get(name))}| {said['meaning']} |" for name, said in group.items()]
        parts.append("\n".join([f"### {heading}\n", "| Name | Default | Meaning |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def cell(said: dict, default: object) -> str:
    """The default with a space on both sides; one space where there is none."""
    shown = said.get("default", str(int(default)) if isinstance(default, bool) else str(default or ("" if default != 0 else 0)))
    return f" {shown} " if shown else " "


def in_page(page: str) -> str:
    """The page with the tables of now between the two marks."""
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: f"{BEGIN}\n\n{tables()}\n\n{END}", page, flags=re.DOTALL)


def main(words: list[str]) -> int:
    if words == ["--write"]:
        PAGE.write_text(in_page(PAGE.read_text()))
    else:
        print(tables())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
