"""The patterns by which a relation is read, in its file under ``reading``. What belongs here: checking their form.

What does not: reading with them (``pipelines.nlp``). Which lists and keys there are is data: ``patterns.yml``.
"""

from functools import cache
from pathlib import Path
from typing import Any

from graph.model_files import check_keys, read_yaml, wrong


def check_reading(path: Path, reading: Any) -> None:
    """Raise ModelError for a list of patterns that no reader knows, a wrong key in a pattern, or an id given twice."""
    check_keys(path, ("reading",), reading, (), reading)
    patterns = _pattern_keys()
    for key, entries in reading.items():
        seen: set[str] = set()
        for at, entry in enumerate(entries if isinstance(entries, list) else ()):
            if not isinstance(entry, dict):
                continue
            if key not in patterns:
                raise wrong(path, ("reading", key), f"unknown list of patterns {key!r}")
            check_keys(path, ("reading", key, at), entry, (), patterns[key])
            if entry.get("id") in seen:
                raise wrong(path, ("reading", key, at), f"id {entry['id']!r} is used twice")
            seen.update([entry["id"]] if "id" in entry else ())


@cache
def _pattern_keys() -> dict[str, list[str]]:
    found: dict[str, list[str]] = read_yaml(Path(__file__).parent / "patterns.yml")
    return found
