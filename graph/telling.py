"""Which items of which forms would tell a predicate. What belongs here: ``ontology/told_in.yml`` read and checked.

What does not: which items of which filings were read (``sql/core/coverage``), or what follows from that (``sql/mart/fct_telling``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.errors import ModelError
from graph.model import Ontology

SIDES = ("subject", "object")
_KEYS = ("name", "element", "instead", "predicates")


@dataclass(frozen=True, slots=True)
class Telling:
    """One item that would tell ``predicate`` of its filer, who stands on ``side``.

    Where the item only refers to ``instead``, that one counts as read in its place from ``least`` characters on.
    """

    predicate: str
    side: str
    form: str
    item: str
    instead: str = ""
    least: int = 0


def tellings(ontology: Ontology) -> list[Telling]:
    """Return the items by predicate, side and form, in the order written.

    Raises ModelError for an unknown key, predicate or side, and for an item that is no text.
    """
    body = ontology.lexicons["told_in"]
    _only("told_in.yml", body, _KEYS)
    instead = {(entry["form"], entry["item"]): entry for entry in body["instead"]}
    for entry in body["instead"]:
        _only("told_in.yml: instead", entry, ("form", "item", "by", "least"))
    return list(_tellings(ontology, body["predicates"], instead))


def _tellings(
    ontology: Ontology, predicates: dict[str, Any], instead: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[Telling]:
    _only("told_in.yml: predicates", predicates, tuple(ontology.predicates))
    for predicate, sides in predicates.items():
        _only(f"told_in.yml: {predicate}", sides, SIDES)
        for side, forms in sides.items():
            for form, items in forms.items():
                for item in items:
                    if not isinstance(item, str):
                        raise ModelError(
                            f"told_in.yml: {predicate}, {side}, {form}: {item!r} is no item such as Item 1A"
                        )
                    other = instead.get((form, item), {"by": "", "least": 0})
                    yield Telling(predicate, side, form, item, other["by"], int(other["least"]))


def _only(where: str, body: dict[str, Any], known: tuple[str, ...]) -> None:
    for key in body:
        if key not in known:
            raise ModelError(f"{where}: {key!r} is none of {', '.join(known)}")
