"""`./run messages`: gather the texts to translate of every room, or of the rooms named."""

import shutil
import sys

from words import PACKAGE, flaws, gather, rooms


def main(names: list[str]) -> int:
    if not (shutil.which("xgettext") and shutil.which("msgmerge")):
        print("Gathering texts needs gettext. On Debian and Ubuntu: apt install gettext", file=sys.stderr)
        return 1
    if strange := [name for name in names if not (PACKAGE / name / "__init__.py").exists()]:
        print(f"There is no room {', '.join(strange)}.", file=sys.stderr)
        return 1
    for room in [PACKAGE / name for name in names] or rooms():
        (room / "locale").mkdir(exist_ok=True)
        if problem := gather(room):
            print(f"{room.name}: {problem}", file=sys.stderr)
            return 1
        print(f"gathered  {room.name}")
    print("\n".join(flaws()) or "every text has its translation")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
