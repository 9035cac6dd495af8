"""Decisions on claims: accepted or rejected, as people decided. What belongs here: reading the lines and refusing wrong ones.

What does not: what a decision does to a claim (``sql/core/claim.sql``). A decision on a claim that is no longer found is kept.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipelines.resolve import decisions
from pipelines.resolve.decisions import Line

FILE = "reviews.csv"
COLUMNS = ("claim_id", "decision", *decisions.SHARED_COLUMNS)
VALUES = ("accepted", "rejected")
NAMES = {"claim_id": "claim_id", "decision": "decision"}


def read(home: Path, day: date | None = None) -> list[Line]:
    """Return all decisions on claims, shipped ones first.

    Raises ModelError naming file and line for a line that cannot be right, and both lines where a claim has two decisions.
    """
    lines = decisions.read(FILE, COLUMNS, home, day or decisions.today())
    first: dict[str, Line] = {}
    for line in lines:
        if line.values["decision"] not in VALUES:
            raise line.wrong(f"decision {line.values['decision']!r} is none of {', '.join(VALUES)}")
        other = first.setdefault(line.values["claim_id"], line)
        if other.values["decision"] != line.values["decision"]:
            raise line.wrong(
                f"{line.values['claim_id']} is {line.values['decision']}, but {other.values['decision']} by {other.place}; "
                "take one of these lines back"
            )
    return lines


def write(folder: Path, lines: Sequence[Line]) -> None:
    """Write the table of all lines into ``folder``."""
    decisions.write(folder / "claim_review.parquet", lines, NAMES)
