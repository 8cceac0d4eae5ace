"""What became of areas between two years, told from the land that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Boundaries of CBS are true to 10 to 50 m, and the Netherlands are drawn anew by some metres each year.
SAME = 0.98
PART = 0.05


@dataclass(frozen=True)
class Overlap:
    """How much land an old and a new area share, as a part (0 to 1) of the old and of the new one."""

    from_code: str
    to_code: str
    of_old: float
    of_new: float


@dataclass(frozen=True)
class Became:
    """What became of one area: the one that follows it, how, and which part of its land went there."""

    from_code: str
    to_code: str
    kind: str
    share: float


def what_became(overlaps: Sequence[Overlap], *, old: Mapping[str, str], new: Mapping[str, str]) -> list[Became]:
    """What each old area became: `unchanged`, `renamed`, `recoded`, `border_moved`, `split` or `joined`, by code.

    `old` and `new` give the names by code. Two areas are the same land when each lies for at least 98 % in the other
    (`SAME`): then it is unchanged, renamed (another name, the same code) or recoded (another code). Otherwise a part
    counts when it is at least 5 % of either area (`PART`). An old area with several such parts, each of which makes up
    most (more than half) of its new area, is split; one of several that lie for more than half in the same new area is joined;
    anything else is a border that moved. An area without any such part (new, or gone for good) is not listed.
    """
    same = {(o.from_code, o.to_code) for o in overlaps if o.of_old >= SAME and o.of_new >= SAME}
    settled = {code for code, _ in same}, {code for _, code in same}
    result = [_same_land(overlap, old, new) for overlap in overlaps if (overlap.from_code, overlap.to_code) in same]
    parts = [
        o for o in overlaps if o.from_code not in settled[0] and o.to_code not in settled[1] and (o.of_old >= PART or o.of_new >= PART)
    ]
    for part in parts:
        from_it = [o for o in parts if o.from_code == part.from_code and o.of_new > 0.5]
        into_it = [o for o in parts if o.to_code == part.to_code and o.of_old > 0.5]
        if len(from_it) > 1 and part in from_it:
            kind = "split"
        elif len(into_it) > 1 and part in into_it:
            kind = "joined"
        else:
            kind = "border_moved"
        result.append(Became(part.from_code, part.to_code, kind, part.of_old))
    return sorted(result, key=lambda change: (change.from_code, change.to_code))


def _same_land(overlap: Overlap, old: Mapping[str, str], new: Mapping[str, str]) -> Became:
    if overlap.from_code != overlap.to_code:
        kind = "recoded"
    elif old[overlap.from_code] != new[overlap.to_code]:
        kind = "renamed"
    else:
        kind = "unchanged"
    return Became(overlap.from_code, overlap.to_code, kind, overlap.of_old)
