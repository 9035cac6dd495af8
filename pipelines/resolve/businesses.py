"""Kinds of business as rows for SQL. What belongs here: reading ``businesses`` of the ontology and refusing what is wrong in it.

What does not: where a text says what a company does, and what follows from it (``sql/core/name_evidence.sql``, ``party_link.sql``).
"""

from pathlib import Path
from typing import Any

from graph.model_files import check_keys, check_list, read_yaml, wrong

FILE = Path(__file__).parent.parent.parent / "graph" / "ontology" / "businesses.yml"


def businesses(path: Path = FILE) -> list[dict[str, Any]]:
    """Return one row a noun: its kind of business, and whether no company of this market is in it.

    Raises ModelError naming file and line for a noun of two kinds and for a kind outside of the market that has no nouns.
    """
    body = read_yaml(path)
    check_keys(path, (), body, ("element", "name", "outside", "kinds"), ())
    outside = check_list(path, ("outside",), body["outside"])
    if unknown := sorted(set(outside) - set(body["kinds"])):
        raise wrong(path, ("outside", unknown[0]), f"{unknown[0]!r} is none of the kinds below")
    kinds: dict[str, str] = {}
    for kind, nouns in body["kinds"].items():
        for noun in check_list(path, ("kinds", kind), nouns):
            if kinds.setdefault(noun, kind) != kind:
                raise wrong(path, ("kinds", kind, noun), f"{noun!r} is already of the kind {kinds[noun]!r}")
    return [{"noun": noun, "business": kind, "outside": kind in outside} for noun, kind in sorted(kinds.items())]
