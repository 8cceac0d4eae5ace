"""The count of a budget: ours beside pabutools on the same real files, and on made-up elections up to a million voters.

Each count has a process of its own, with the threads of numpy at one. CPU seconds of the count alone, after reading, unless it says
"reading"; memory is the peak of that process, Python and numpy (some 40 MB) included. Both count add1; the goals are for our usual
stop, and pabutools goes by its own stop, with which our winners are compared.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from buurtdraad.running.bench.report import Figure

# Seconds (and MB); from the largest elections there are. The sample files hold some; others count when they are in the folder.
GOALS = {
    "Netherlands_Amsterdam_309": (0.05, None),
    "Netherlands_Amsterdam_621": (0.2, None),
    "Poland_Lodz_2022": (0.5, None),
    "Poland_Warszawa_2020_Praga-Południe": (3, 150),
    "Hungary_Budapest_2022_VIII": (1.5, None),
}
DUTCH_TOGETHER = 6
MADE_UP = {(10_000, 60): None, (100_000, 160): None, (1_000_000, 300): 5}
READ_A_MILLION = 5
ROUNDS = 3
PATIENCE = 120  # CPU seconds for pabutools on one file
ROOM = 4_000_000_000  # and bytes
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def tally_figures(*, shared: Path, say: Callable[[str], None], patience: int = PATIENCE) -> Iterator[Figure]:
    """Real files first, then the made-up ones."""
    files = sorted((shared / "data" / "pb").glob("*.pb"))
    if not files:
        yield Figure("real elections", None, "s", note=f"there are no files in {shared / 'data' / 'pb'}")
    dutch = 0.0
    for file in files:
        say(f"counting {file.stem}, and again with pabutools")
        seconds, figures = real(file, patience)
        dutch += seconds if file.stem.startswith("Netherlands") else 0
        yield from figures
    if dutch:
        yield Figure("the Dutch ones together", dutch, "s", DUTCH_TOGETHER)
    for (voters, plans), goal in MADE_UP.items():
        say(f"counting a made-up election of {voters:,} voters and {plans} plans")
        yield from made_up(voters, plans, goal)


def real(file: Path, patience: int) -> tuple[float, list[Figure]]:
    """Our seconds, and the figures of one file."""
    runs = [run("ours", str(file)) for _ in range(ROUNDS)]
    if wrong := next((one["problem"] for one in runs if "problem" in one), ""):
        return 0, [Figure(file.stem, None, "s", note=wrong)]
    middle = sorted(runs, key=lambda one: one["seconds"])[ROUNDS // 2]
    goal, most = GOALS.get(file.stem, (None, None))
    beside = run("pabutools", str(file), patience=patience)
    note = f"{middle['voters']:,} x {middle['plans']}, {middle['steps']:,} steps; {compared(middle, beside)}"
    name = file.stem[:45]
    return middle["seconds"], [
        Figure(name, middle["seconds"], "s", goal, note),
        Figure(f"{name}, memory", middle["memory"], "MB", most, f"pabutools {beside['memory']:,.0f} MB" if "memory" in beside else ""),
    ]


def compared(mine: dict[str, Any], beside: dict[str, Any]) -> str:
    """What pabutools took, and whether it found the same winners."""
    if "problem" in beside:
        return f"pabutools: {beside['problem']}"
    same = "same winners" if mine["winners"] == beside["winners"] else "OTHER WINNERS"
    return f"pabutools {beside['seconds']:,.2f} s, {beside['seconds'] / max(mine['seconds'], 0.0005):,.0f} times; {same}"


def made_up(voters: int, plans: int, goal: float | None) -> Iterator[Figure]:
    """Count from arrays; the largest also from a file."""
    name = f"made up, {voters:,} x {plans}"
    with tempfile.TemporaryDirectory(prefix="bd-bench-") as folder:
        file = Path(folder) / "made.pb"
        one = run("made", str(voters), str(plans), *([str(file)] if goal else []))
        if "problem" in one:
            yield Figure(name, None, "s", goal, one["problem"])
            return
        yield Figure(name, one["seconds"], "s", goal, f"{one['steps']:,} steps, {len(one['winners'])} winners")
        yield Figure(f"{name}, memory", one["memory"], "MB", note=f"of which {one['arrays']:,.0f} before the count")
        if goal:
            read = run("ours", str(file))
            yield Figure(f"{name}, reading its file", read.get("read"), "s", READ_A_MILLION, read.get("problem", ""))


def run(*arguments: str, patience: int = 3_600) -> dict[str, Any]:
    """What one counting process says; `problem` where it went wrong, or was not ready in time."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (patience, patience + 5))
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))

    command = [sys.executable, "-P", "-m", "buurtdraad.running.bench.counting", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ | ONE_THREAD, preexec_fn=bounded)
    if ended.returncode < 0:
        return {"problem": f"not ready within {patience} s"}
    if ended.returncode:
        return {"problem": (ended.stderr.strip().splitlines() or ["ended without a word"])[-1]}
    return json.loads(ended.stdout)
