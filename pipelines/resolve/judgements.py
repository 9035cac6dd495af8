"""Judgements replayed: who is the same as whom. What belongs here: reading ``graph/judgements.csv`` and its consequences.

What does not: making judgements. Taking a line back restores the earlier state, since nothing else is kept.
"""

import csv
from pathlib import Path

from graph.errors import ModelError

JUDGEMENTS = Path(__file__).parent.parent.parent / "graph" / "judgements.csv"
COLUMNS = ["left", "right", "judgement", "who", "decided_on", "why"]
VALUES = ("same", "different", "unsure")


def same_parties(path: Path = JUDGEMENTS, registered: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return party id → the id that stands for its group; a registered id stands first, else the first in order.

    Raises ModelError naming file and line for a wrong line, or when "different" contradicts what "same" implies.
    """
    groups: dict[str, set[str]] = {}
    apart: list[tuple[int, str, str]] = []
    for number, row in _rows(path):
        if row["judgement"] == "same":
            merged = groups.get(row["left"], {row["left"]}) | groups.get(row["right"], {row["right"]})
            groups.update(dict.fromkeys(merged, merged))
        elif row["judgement"] == "different":
            apart.append((number, row["left"], row["right"]))
    for number, left, right in apart:
        if right in groups.get(left, ()):
            raise ModelError(
                f"{path.name}:{number}: {left} and {right} are judged different, but other lines make them the same"
            )
    heads = {party: min(group, key=lambda p: (p not in registered, p)) for party, group in groups.items()}
    return {party: head for party, head in sorted(heads.items()) if party != head}


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise ModelError(f"{path.name}:1: the columns must be {','.join(COLUMNS)}")
        rows = list(enumerate(reader, 2))
    for number, row in rows:
        if row["judgement"] not in VALUES:
            raise ModelError(f"{path.name}:{number}: judgement {row['judgement']!r} is none of {', '.join(VALUES)}")
        if not row["left"] or not row["right"]:
            raise ModelError(f"{path.name}:{number}: left and right must both name a party")
    return rows
