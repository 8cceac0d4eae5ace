"""`./run format`: the code by ruff, the templates by djangofmt."""

import subprocess
import sys

from check import ROOT, templates, tool


def main() -> int:
    steps = [[tool("ruff"), "check", "--fix", "--quiet", "."], [tool("ruff"), "format", "."]]
    if found := templates():
        steps.append([tool("djangofmt"), *found])
    # djangofmt ends with 1 when it changed something: what is wrong shows in `./run check`.
    for step in steps:
        subprocess.run(step, cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
