"""What a collection did, as counts and lists. What belongs here: the record. What does not: printing it (``cli``)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from graph.errors import InputRefusedError


@dataclass(slots=True)
class Collected:
    """What one source, or one ``add``, brought.

    ``sha256s`` are the documents held after it; ``new`` counts those that came for the first time at their address,
    ``changed`` those that came with other bytes or other metadata; ``vanished`` are addresses that answered 404 or 410
    after they once answered, ``absent`` optional pages that are not there. ``notes`` are lines for people.
    """

    name: str = ""
    sha256s: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    asked: int = 0
    absent: int = 0
    # Addresses that another source brought first, and asks for.
    elsewhere: int = 0
    vanished: list[str] = field(default_factory=list)
    refused: list[InputRefusedError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Whether the archive or its log were written to.
    wrote: bool = False


# Called with the report as it stands, how many addresses are known to remain, and how many requests were made this second.
Progress = Callable[[Collected, int], None]


def silent(_report: Collected, _left: int) -> None:
    """Say nothing."""
