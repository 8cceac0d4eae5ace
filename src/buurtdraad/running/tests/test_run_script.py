"""`./run` in a checkout of its own: what it finds, what it says, and what it mends."""

import os
import pwd
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from buurtdraad.running.tests.serving import ROOT, environment

PARTS = ("run", "tools", "requirements", "src", "pyproject.toml")
ENDED_WELL = re.compile(r"^\d+\.\d+", re.MULTILINE)


def copy_of_the_checkout(place):
    place.mkdir(parents=True)
    for part in PARTS:
        source = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__", "built", "*.mo")
        shutil.copytree(source, place / part, ignore=ignored) if source.is_dir() else shutil.copy2(source, place / part)
    return place


@pytest.fixture
def place():
    """A folder that everybody may enter, for a checkout with a long name that has spaces."""
    folder = Path(tempfile.mkdtemp(prefix="bd run ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def is_well(examined):
    """Whether `doctor` found nothing wrong but that a copy without `assets` has no styles."""
    wrong = [line for line in examined.stdout.splitlines() if line.startswith("WRONG")]
    return "ok     migrations" in examined.stdout and all("static files" in line for line in wrong)


@pytest.fixture
def checkout(place):
    return copy_of_the_checkout(place / "buurtdraad")


def run(checkout, *words, account=None, **settings):
    settings.setdefault("PYTHON", sys.executable)
    as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    return subprocess.run(
        [checkout / "run", *words],
        env=environment(**settings),
        cwd="/",
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
        **as_account,
    )


def test_the_script_is_right_by_the_strictest_shell():
    shell = shutil.which("dash") or "sh"
    assert subprocess.run([shell, "-n", ROOT / "run"]).returncode == 0
    assert subprocess.run([shell, ROOT / "run", "help"], capture_output=True, text=True).stdout.startswith("./run ")


def test_too_old_a_python_gives_one_sentence_with_both_versions(checkout, tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3.9.1\n")
    old.chmod(0o755)
    ended = run(checkout, PYTHON=old)
    assert ended.returncode == 1
    assert (
        ended.stderr == "Buurtdraad needs Python 3.12 or newer and found 3.9.1. Install one, or name it: PYTHON=/path/to/python3.12 ./run\n"
    )


def test_a_shim_that_exists_and_fails_is_passed_over(checkout, tmp_path):
    shims = tmp_path / "shims"
    shims.mkdir()
    for name in ("python3.14", "python3.13", "python3.12", "python3"):
        (shims / name).write_text("#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n")
        (shims / name).chmod(0o755)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink", "ls", "sort"):
        (tools / name).symlink_to(shutil.which(name))
    ended = run(checkout, PYTHON="", PATH=f"{shims}:{tools}", HOME=tmp_path, PYENV_ROOT=tmp_path)
    assert ended.returncode == 1
    assert "found none" in ended.stderr
    (tmp_path / "versions/3.12.9/bin").mkdir(parents=True)
    (tmp_path / "versions/3.12.9/bin/python").write_text("#!/bin/sh\necho 3.12.9\n")
    (tmp_path / "versions/3.12.9/bin/python").chmod(0o755)
    ended = run(checkout, "version", PYTHON="", PATH=f"{shims}:{tools}", HOME=tmp_path, PYENV_ROOT=tmp_path)
    assert "needs Python" not in ended.stderr, "that of pyenv was taken"


@pytest.mark.slow
def test_from_any_folder_by_a_link_in_a_long_path_with_spaces(place):
    long = place / ("a city of many words " * 6)[: 120 - len(str(place)) - 12].strip()
    checkout = copy_of_the_checkout(long / "buurtdraad")
    assert len(str(checkout)) >= 115
    link = place / "link"
    link.symlink_to(checkout / "run")
    first = subprocess.run([link, "version"], env=environment(PYTHON=sys.executable), cwd="/", capture_output=True, text=True)
    assert first.returncode == 0, first.stderr
    assert "Installing the Python packages" in first.stderr
    second = run(checkout, "version")
    assert (second.returncode, second.stderr) == (0, "")
    home = place / "home"
    served = run(checkout, "doctor", BUURTDRAAD_HOME=home)
    assert is_well(served), served.stdout + served.stderr
    shutil.rmtree((home / "database").resolve())


@pytest.mark.slow
def test_a_set_up_that_was_cut_short_is_mended(checkout):
    assert run(checkout, "version").returncode == 0
    (checkout / ".venv/ready").unlink()
    shutil.rmtree(next((checkout / ".venv").glob("lib/python3*/site-packages/django")))
    mended = run(checkout, "version")
    assert mended.returncode == 0, mended.stderr
    assert ENDED_WELL.search(mended.stdout)


@pytest.mark.slow
def test_a_download_that_fails_names_the_step_and_the_log(checkout, tmp_path):
    nothing = {"UV_OFFLINE": "1", "UV_CACHE_DIR": tmp_path, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_RETRIES": "0"}
    ended = run(checkout, "version", **nothing)
    assert ended.returncode == 1
    assert f"Installing the Python packages failed. The whole log is in {checkout}/.setup/log.txt" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr
    assert run(checkout, "version").returncode == 0


@pytest.fixture
def stranger():
    """An ordinary account."""
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    return pwd.getpwnam("nobody")


@pytest.fixture
def everybodys_python(place):
    """A Python that every account can start: that of root may stand in root's own folder."""
    copy = place / "python"
    library = Path(sysconfig.get_path("stdlib"))
    left_out = shutil.ignore_patterns("test", "site-packages", "__pycache__", "*.a", "idlelib")
    shutil.copytree(library, copy / "lib" / library.name, ignore=left_out)
    for shared in Path(sysconfig.get_config_var("LIBDIR")).glob("libpython*.so*"):
        shutil.copy2(shared, copy / "lib")
    (copy / "bin").mkdir()
    shutil.copy2(Path(sys.executable).resolve(), copy / "bin/python3")
    return copy / "bin/python3"


@pytest.mark.slow
def test_first_root_and_then_an_ordinary_user_on_the_same_checkout(place, checkout, stranger, everybodys_python):
    home = place / "of the user"
    home.mkdir()
    os.chown(home, stranger.pw_uid, stranger.pw_gid)
    shared = {"LD_LIBRARY_PATH": everybodys_python.parents[1] / "lib"}
    refused = run(checkout, "version", account=stranger, HOME=home, PYTHON=everybodys_python, **shared)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Set-up has to write in {checkout} and may not")
    assert len(refused.stderr.splitlines()) == 1

    first = run(checkout, "doctor", PYTHON=everybodys_python, **shared)
    assert is_well(first), first.stdout + first.stderr
    of_root = re.search(r"free in (\S+)", first.stdout)[1]
    assert of_root.startswith("/var/lib/buurtdraad/buurtdraad-")
    try:
        second = run(checkout, "doctor", account=stranger, HOME=home, PYTHON="/nowhere", **shared)
        assert is_well(second), second.stdout + second.stderr
        assert f"free in {home}/.local/share/buurtdraad/" in second.stdout
    finally:
        shutil.rmtree(of_root)
