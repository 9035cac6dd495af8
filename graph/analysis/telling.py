"""Which items of which forms would tell a predicate. What belongs here: ``told_in.yml`` read and checked.

What does not: which items of which filings were read (``sql/core/coverage``), or what follows from that (``sql/mart/fct_telling``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.model import load_ontology
from graph.model_files import check_keys, check_list, read_yaml, wrong

SIDES = ("subject", "object")
TOLD_IN = Path(__file__).parent / "told_in.yml"


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


@cache
def tellings(path: Path = TOLD_IN) -> tuple[Telling, ...]:
    """Return the items by predicate, side and form, in the order written.

    Raises ModelError with file and line for an unknown key, predicate or side, and for an item that is no text.
    """
    body = read_yaml(path)
    check_keys(path, (), body, ("instead", "predicates"), ())
    for at, entry in enumerate(check_list(path, ("instead",), body["instead"])):
        check_keys(path, ("instead", at), entry, ("form", "item", "by", "least"), ())
    instead = {(entry["form"], entry["item"]): entry for entry in body["instead"]}
    check_keys(path, ("predicates",), body["predicates"], (), tuple(load_ontology().predicates))
    return tuple(
        telling
        for name in body["predicates"]
        for telling in _of_predicate(path, name, body["predicates"][name], instead)
    )


def _of_predicate(
    path: Path, predicate: str, sides: dict[str, Any], instead: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[Telling]:
    check_keys(path, ("predicates", predicate), sides, (), SIDES)
    for side, forms in sides.items():
        for form, items in forms.items():
            place = ("predicates", predicate, side, form)
            for item in check_list(path, place, items):
                if not isinstance(item, str):
                    raise wrong(path, place, f"{item!r} is no item of a form, such as Item 1A")
                other = instead.get((form, item), {"by": "", "least": 0})
                yield Telling(predicate, side, form, item, other["by"], int(other["least"]))
