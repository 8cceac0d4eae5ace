"""What processes used, read from `/proc` (Linux): CPU seconds and memory."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """This process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        fields = stat_fields(int(stat.parent.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """CPU time that these processes used since they began, user and system."""
    return sum((int(fields[11]) + int(fields[12])) / TICKS for fields in map(stat_fields, pids) if fields)


def memory(pid: int, kind: str = "VmRSS") -> int:
    """Resident memory of one process, in bytes; `RssFile` is what of it are program files, which all processes share."""
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{kind}:"))


def stat_fields(pid: int) -> list[str]:
    """The fields of `/proc/<pid>/stat` after the name (state first); empty when the process is gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()
