"""What is new since a day or a publication. What belongs here: which claims and relationships came and went, and their rows by section.

What does not: how it looks (``pipelines.export.digests``), what a change is (``sql/answers/digest.sql``).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import UsageError
from graph.query import LATEST
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.delta import delta
from pipelines.warehouse.publications import Publications
from pipelines.warehouse.watching import Watched

# In this order they are read.
SECTIONS = {
    "new_relations": "New relations",
    "closed_relations": "Closed relations",
    "bottlenecks": "Bottlenecks named first, strengthened or quantified",
    "new_numbers": "New numbers",
    "contradictions": "Contradictions",
    "unnamed_customers": "New unnamed customers",
    "stale": "What went stale",
}
_DAYS = """
SELECT list(claim_id ORDER BY claim_id) FILTER (known_from > $since AND known_to IS NULL) AS claims,
    list(claim_id ORDER BY claim_id) FILTER (known_from <= $since AND known_to > $since) AS gone,
    max(greatest(known_from, coalesce(known_to, known_from))) AS last
FROM mart.fct_claim WHERE tier = 'fact'
"""
_RELATIONSHIPS = """
WITH before AS (SELECT * FROM mart.relationships_at(NULL, $since) WHERE status <> 'closed'),
after AS (SELECT * FROM mart.relationships_at(NULL, $latest) WHERE status <> 'closed')
SELECT (SELECT coalesce(list(relationship_id ORDER BY relationship_id), []) FROM after WHERE relationship_id NOT IN (SELECT relationship_id FROM before)) AS new,
    (SELECT coalesce(list(relationship_id ORDER BY relationship_id), []) FROM before WHERE relationship_id NOT IN (SELECT relationship_id FROM after)) AS closed
"""
_NAMES = """
SELECT party_id, name FROM mart.dim_party
UNION SELECT organization_id, name FROM core.organization
ORDER BY ALL
"""
_CLOSED = """
SELECT 'closed_relations' AS section, r.subject_id, s.name AS subject, r.predicate, r.object_id, o.name AS object, 'no source says so any longer' AS detail,
    r.best_quote AS quote, '' AS publisher, '' AS document, '' AS url, r.last_known AS day, r.n_publishers AS publishers, r.claim_ids
FROM mart.relationships_at(NULL, $since) r
JOIN mart.dim_party s ON s.party_id = r.subject_id
JOIN mart.dim_party o ON o.party_id = r.object_id
WHERE list_contains($closed, r.relationship_id)
ORDER BY r.relationship_id
"""


@dataclass(frozen=True, slots=True)
class Digest:
    """Entries by section, in the order of reading; ``since`` and ``until`` say from where to where, ``day`` is the last day known.

    ``left_out`` counts entries that are not on the watchlist.
    """

    since: str
    until: str
    day: dt.date
    sections: dict[str, list[dict[str, Any]]]
    left_out: int

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(map(len, self.sections.values()))


@dataclass(frozen=True, slots=True)
class _Came:
    """Ids of claims and relationships that are new, of claims that are gone, and the rows of relationships that closed."""

    claims: list[str]
    gone: list[str]
    relationships: list[str]
    closed: list[dict[str, Any]]


def digest(settings: Settings, since: str, watched: Watched | None = None) -> Digest:
    """Return what is new since a day (YYYY-MM-DD) or a publication (its id, number or beginning; empty: the last but one).

    Raises UsageError where ``since`` is neither, NothingFoundError where a single publication has no other before it.
    """
    day = _day(since)
    with store.connection(settings.warehouse) as con:
        if day:
            since_name, came = since, _since_day(con, day)
        else:
            names = {row["party_id"]: row["name"] for row in store.rows(con, _NAMES)}
            since_name, came = _name(settings, since), _since_publication(delta(settings, since), names)
        values = {"claims": came.claims, "gone": came.gone, "relationships": came.relationships}
        rows = store.rows(con, (store.SQL / "answers" / "digest.sql").read_text(encoding="utf-8"), values)
        (last,) = store.rows(con, _DAYS, {"since": LATEST})
    found = [*came.closed, *rows]
    kept = [row for row in found if watched is None or watched.holds(row)]
    published = Publications(settings.home).all()
    return Digest(
        since_name,
        f"publication {published[-1].number} ({published[-1].id})" if published else last["last"].isoformat(),
        last["last"] or dt.date.min,
        {name: [row for row in kept if row["section"] == name] for name in SECTIONS},
        len(found) - len(kept),
    )


def _day(since: str) -> dt.date | None:
    if "-" not in since:
        return None
    try:
        return dt.date.fromisoformat(since)
    except ValueError:
        raise UsageError(
            f"--since {since}: write a day as YYYY-MM-DD, or a publication (`loadpath delta --list`)"
        ) from None


def _name(settings: Settings, since: str) -> str:
    published = Publications(settings.home).all()
    named = [p for p in published if since and (p.id.startswith(since) or str(p.number) == since)] or published[-2:-1]
    return f"publication {named[-1].number} ({named[-1].id})" if named else since


def _since_day(con: Any, day: dt.date) -> _Came:
    (claims,) = store.rows(con, _DAYS, {"since": day})
    (relations,) = store.rows(con, _RELATIONSHIPS, {"since": day, "latest": LATEST})
    closed = store.rows(con, _CLOSED, {"since": day, "closed": relations["closed"]})
    return _Came(claims["claims"] or [], claims["gone"] or [], relations["new"], closed)


def _since_publication(changes: Sequence[dict[str, Any]], names: Mapping[str, str]) -> _Came:
    """Return what a delta brought, with the ``names`` of parties by id: a claim that got a last known day is gone, a relationship that became closed is closed."""
    claims = [row for row in changes if row["of"] == "claim"]
    relations = [row for row in changes if row["of"] == "relationship"]
    closed = [row for row in relations if row["change"] == "DEL" or _became(row, "status", "closed")]
    return _Came(
        claims=[row["id"] for row in claims if row["change"] == "ADD" or _became(row, "tier", "fact")],
        gone=[row["id"] for row in claims if row["change"] == "MOD" and _was(row, "known_to", "nothing")],
        relationships=[row["id"] for row in relations if row["change"] == "ADD"],
        closed=[_closed(row, names) for row in closed],
    )


def _became(row: dict[str, Any], column: str, value: str) -> bool:
    return any(each.startswith(f"{column}: ") and each.endswith(f" → {value}") for each in row["modified"])


def _was(row: dict[str, Any], column: str, value: str) -> bool:
    return any(each.startswith(f"{column}: {value} → ") for each in row["modified"])


def _closed(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    subject_id, _, object_id = row["id"].split("|")
    return {
        "section": "closed_relations",
        "subject_id": subject_id,
        "subject": names.get(subject_id, subject_id),
        "predicate": row["predicate"],
        "object_id": object_id,
        "object": names.get(object_id, object_id),
        "detail": "no source says so any longer",
        "quote": row["quote"] or "",
        "publisher": "",
        "document": "",
        "url": "",
        "day": None,
        "publishers": 0,
        "claim_ids": row["claim_ids"],
    }
