"""Senses of bottlenecks as rows for SQL. What belongs here: reading ``senses`` of the ontology and refusing what is wrong in it.

What does not: which sentence has which sense (``sql/core/statement.sql``).
"""

import re
from pathlib import Path
from typing import Any

from graph.model_files import check_keys, check_list, read_yaml, wrong

FILE = Path(__file__).parent.parent.parent / "graph" / "ontology" / "senses.yml"


def senses(path: Path = FILE) -> list[dict[str, Any]]:
    """Return one row a sense: its place, the bottlenecks that have it, and its words as alternatives of a pattern.

    Raises ModelError naming file and line for a sense that is there twice or has no words.
    """
    body = read_yaml(path)
    check_keys(path, (), body, ("element", "name", "of", "senses"), ())
    bottlenecks = check_list(path, ("of",), body["of"])
    rows: list[dict[str, Any]] = []
    for number, entry in enumerate(check_list(path, ("senses",), body["senses"])):
        place = ("senses", number)
        check_keys(path, place, entry, ("sense", "terms"), ())
        terms = check_list(path, (*place, "terms"), entry["terms"])
        if entry["sense"] in {row["sense"] for row in rows}:
            raise wrong(path, place, f"the sense {entry['sense']!r} is already defined")
        if not terms:
            raise wrong(path, place, f"the sense {entry['sense']!r} has no words")
        pattern = "|".join(re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term)))
        rows.append({"sense": entry["sense"], "place": number, "bottlenecks": bottlenecks, "pattern": pattern})
    return rows
