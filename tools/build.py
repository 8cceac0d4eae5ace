"""`./run build`: a wheel in `dist/` that holds the built assets and the compiled translations."""

import shutil
import subprocess
import sys

from check import ROOT


def main() -> int:
    if shutil.which("uv") and subprocess.run(["uv", "--version"], capture_output=True).returncode == 0:
        command = ["uv", "build", "--wheel", "-q", "--out-dir", "dist"]
    else:
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", "dist", "."]
    ended = subprocess.run(command, cwd=ROOT).returncode
    if not ended:
        print(max((ROOT / "dist").glob("*.whl"), key=lambda wheel: wheel.stat().st_mtime))
    return ended


if __name__ == "__main__":
    sys.exit(main())
