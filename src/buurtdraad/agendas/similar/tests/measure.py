"""How well likeness does on the pairs of `pairs/`: `python -m buurtdraad.agendas.similar.tests.measure tuned_on`.

Of the half that we tune on it also shows what is judged wrong. Of the other half nobody looks at single pairs.
"""

import csv
import sys
from pathlib import Path

from buurtdraad.agendas.similar.rules import SIMILAR, key, likeness

PAIRS = Path(__file__).parent / "pairs"
LEASTS = (0.4, 0.45, 0.5, 0.55, 0.6)


def pairs(half):
    """Each pair of a half: one text, the other, and whether they ask the same."""
    with (PAIRS / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["a"], row["b"], row["same"] == "1") for row in csv.DictReader(file)]


def judged(half):
    """The same, after the likeness that we find."""
    return [(likeness(key(a), key(b)), a, b, same) for a, b, same in pairs(half)]


def precision_and_recall(rows, least=SIMILAR):
    """Of those we call the same, the share that are; of those that are, the share we call so."""
    right = sum(same and found >= least for found, _, _, same in rows)
    return right / max(1, sum(found >= least for found, *_ in rows)), right / sum(same for *_, same in rows)


def main(half):
    rows = judged(half)
    for least in LEASTS:
        precision, recall = precision_and_recall(rows, least)
        sys.stdout.write(f"from {least}: precision {precision:.3f}, recall {recall:.3f}\n")
    for found, a, b, same in sorted(rows if half == "tuned_on" else []):
        if (found >= SIMILAR) != same:
            sys.stdout.write(f"{found:.2f} {'SAME' if same else 'not '} {a} | {b}\n     {key(a)} | {key(b)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
