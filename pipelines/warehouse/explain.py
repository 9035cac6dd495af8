"""One claim or relationship with all that it rests on. What belongs here: finding it by the beginning of its id, and what is told of it.

What does not: how it looks (``pipelines.cli.pages``), cutting quotes again from the archived bytes (``verify``): the words around a
quote come from the canonical text that was read from them.
"""

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from graph.errors import NothingFoundError, UsageError
from pipelines.settings import Settings
from pipelines.warehouse import store

# Characters of context on each side of a quote.
AROUND = 320
LISTED = 5
_FIND = """
SELECT id, kind FROM (
    SELECT claim_id AS id, 'claim' AS kind FROM mart.fct_claim
    UNION ALL SELECT relationship_id, 'relationship' FROM mart.fct_relationship
)
WHERE id = $id OR starts_with(id, $id) OR starts_with(id, 'c_' || $id)
ORDER BY id <> $id, id
"""
_CLAIMS = """
SELECT f.*, c.frame, c.confidence_parts, c.extractor_version, d.text, d.form, d.period_end, d.author
FROM mart.fct_claim f
JOIN core.claim c USING (claim_id)
JOIN doc.document d ON d.document_id = f.document_id
WHERE list_contains($claims, f.claim_id)
ORDER BY f.confidence DESC, f.known_from, f.claim_id
LIMIT $top
"""
_LINKS = """
SELECT l.type, l.direction, l.rule, l.meaning, l.detail, l.known_from, c.claim_id, c.subject_name, c.predicate, c.object_name, c.polarity,
    c.publisher, c.document_title AS document, c.url, coalesce(c.published, c.known_from) AS day, c.quote
FROM (
    SELECT *, from_claim_id AS claim_id, to_claim_id AS other_id, 'this' AS direction FROM mart.bridge_claim_link
    UNION ALL
    SELECT *, to_claim_id, from_claim_id, 'other' FROM mart.bridge_claim_link
) l
JOIN mart.fct_claim c ON c.claim_id = l.other_id
WHERE l.claim_id = $claim
ORDER BY l.type, l.direction, l.known_from, c.claim_id
"""
_DECIDED = """
SELECT decision, who, decided_on, why, file, line FROM core.claim_review WHERE claim_id = $claim
UNION ALL
SELECT left_id || ' and ' || right_id || ' are ' || CASE judgement WHEN 'unsure' THEN 'perhaps the same' WHEN 'same' THEN 'the same' ELSE judgement END,
    who, decided_on, why, file, line
FROM core.judgement WHERE left_id IN ($subject, $object) OR right_id IN ($subject, $object)
ORDER BY ALL
"""
_RELATIONSHIP = "SELECT * FROM mart.fct_relationship WHERE relationship_id = $id"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document where they stand: ``before`` and ``after`` are their context. ``slot`` and ``source`` are a frame's."""

    text: str
    before: str
    after: str
    slot: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim's row with its quote in context, the spans of its frame, its trust part by part, links and decisions."""

    claim: dict[str, Any]
    quote: Span
    frame: tuple[Span, ...]
    trust: dict[str, float]
    links: list[dict[str, Any]]
    decisions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an id means: a relationship (None for a claim) and its claims, the surest first; ``more`` are not given."""

    id: str
    relationship: dict[str, Any] | None
    claims: list[Explained]
    more: int


def explain(settings: Settings, wanted: str, top: int) -> Explanation:
    """Return what stands behind the claim or relationship whose id is, or begins with, ``wanted``; at most ``top`` claims.

    Raises NothingFoundError where none does, and UsageError with the ids where several do.
    """
    if top < 1:
        raise UsageError(f"--top {top}: at least 1")
    with store.connection(settings.warehouse) as con:
        found, kind = _found(con, wanted.strip())
        relationship = store.rows(con, _RELATIONSHIP, {"id": found})[0] if kind == "relationship" else None
        claims = relationship["claim_ids"] if relationship else [found]
        rows = store.rows(con, _CLAIMS, {"claims": claims, "top": top})
        return Explanation(found, relationship, [_explained(con, row) for row in rows], len(claims) - len(rows))


def _found(con: duckdb.DuckDBPyConnection, wanted: str) -> tuple[str, str]:
    rows = store.rows(con, _FIND, {"id": wanted}) if wanted else []
    if not rows:
        raise NothingFoundError(
            f"{wanted or 'nothing'}: no claim or relationship has this id; every answer's claim_ids are such ids"
        )
    if len(rows) > 1 and rows[0]["id"] != wanted:
        more = f" and {len(rows) - LISTED} more" if len(rows) > LISTED else ""
        raise UsageError(f"{wanted}: {len(rows)} ids begin so: {', '.join(row['id'] for row in rows[:LISTED])}{more}")
    return rows[0]["id"], rows[0]["kind"]


def _explained(con: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> Explained:
    text = row.pop("text")
    frame = row.pop("frame")
    parts = json.loads(row.pop("confidence_parts") or "{}")
    parties = {"claim": row["claim_id"], "subject": row["subject_id"], "object": row["object_id"]}
    return Explained(
        claim=row,
        quote=span_of(text, row["char_start"], row["char_end"]),
        frame=tuple(span_of(text, s["start"], s["end"], s["slot"], s["source"]) for s in frame),
        trust=dict(sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))),
        links=store.rows(con, _LINKS, {"claim": row["claim_id"]}),
        decisions=store.rows(con, _DECIDED, parties),
    )


def span_of(text: str, start: int, end: int, slot: str = "", source: str = "") -> Span:
    """Return the words from ``start`` to ``end`` (code points) with up to AROUND characters of context, cut between words."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Span(text[start:end], before, after, slot, source)
