"""What changed between two publications. What belongs here: adding up kept changes, and their rows for people and programs.

What does not: keeping changes (``publications``). Changes add up: what was added and deleted in between is no change, and what
was deleted and came back as it was is none either. From a later to an earlier publication all is turned round.
"""

from typing import Any

from graph.errors import NothingFoundError, UsageError
from pipelines.settings import Settings
from pipelines.warehouse.publications import Publication, Publications, read_changes

KINDS = {"ADD": "added", "MOD": "modified", "DEL": "deleted"}
OF = ("claim", "relationship")
Row = dict[str, Any]
# Before and after; None where there is no such row.
Change = tuple[Row | None, Row | None]


def listed(settings: Settings) -> list[Row]:
    """Return the publications as rows, the newest first; raise NothingFoundError where there is none."""
    found = Publications(settings.home).all()
    if not found:
        raise NothingFoundError(f"{settings.home}: nothing published yet; run `loadpath demo` or `loadpath add` first")
    return [
        {
            "publication": p.id,
            "number": p.number,
            "published_at": p.published_at,
            "claims": p.rows.get("mart.fct_claim", 0),
            "relationships": p.rows.get("mart.fct_relationship", 0),
            "warnings": p.warnings,
            "accepted": p.accepted,
        }
        for p in reversed(found)
    ]


def delta(settings: Settings, start: str = "", end: str = "") -> list[Row]:
    """Return what changed from publication ``start`` to ``end`` (default: the last one, and the one before it), one row a change.

    A publication is named by its id, the beginning of it, or its number. Raises UsageError for one that is not there or whose
    changes are no longer kept, NothingFoundError when there are not two.
    """
    log = Publications(settings.home)
    published = log.all()
    if len(published) < 2 and not (start and end):
        raise NothingFoundError(
            f"one publication needs another to be compared with; there {'is one' if published else 'is none'} so far"
        )
    last = _named(published, end) if end else published[-1]
    first = _named(published, start) if start else published[max(published.index(last) - 1, 0)]
    early, late = sorted((first, last), key=lambda p: p.number)
    total: dict[tuple[str, str], Change] = {}
    for number in range(early.number + 1, late.number + 1):
        found = next((path for p in published if p.number == number and (path := log.changes_of(p)).exists()), None)
        if found is None:
            raise UsageError(
                f"{early.id}: changes after it (publication number {number}) are no longer kept; name a later one"
            )
        for key, change in read_changes(found).items():
            total[key] = (total[key][0] if key in total else change[0], change[1])
    turned = first.number > last.number
    return [
        _row(*key, *(reversed(change) if turned else change))
        for key, change in sorted(total.items())
        if _is_one(*change)
    ]


def _is_one(before: Row | None, after: Row | None) -> bool:
    if before is None or after is None:
        return before is not after
    return bool(_differ(before, after))


def _named(published: list[Publication], name: str) -> Publication:
    """Return the publication of that id, beginning of an id, or number; the latest where an id was published twice."""
    found = [p for p in published if p.id.startswith(name) or str(p.number) == name]
    if len({p.id for p in found}) > 1:
        found = [p for p in found if str(p.number) == name] or found
    if not found:
        raise UsageError(f"{name}: no such publication; `loadpath delta --list` shows them")
    if len({p.id for p in found}) > 1:
        raise UsageError(f"{name}: could be {' or '.join(sorted({p.id for p in found}))}; write more of it")
    return found[-1]


def _differ(before: Row, after: Row) -> list[str]:
    """Return the columns that differ; one that only one version of the tables has is no change."""
    return [name for name in before if name in after and before[name] != after[name]]


def _row(kind: str, key: str, before: Row | None, after: Row | None) -> Row:
    whole = after or before or {}
    differ = _differ(before, after) if before and after else []
    return {
        "change": "ADD" if before is None else "DEL" if after is None else "MOD",
        "of": kind,
        "id": key,
        "subject": whole.get("subject_name") or whole.get("subject_id"),
        "predicate": whole.get("predicate"),
        "object": whole.get("object_name") or whole.get("object_id"),
        "modified": [f"{name}: {_short((before or {})[name])} → {_short((after or {})[name])}" for name in differ],
        "claim_ids": whole.get("claim_ids") or [key],
        "quote": whole.get("quote") or whole.get("best_quote"),
    }


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} of them"
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
