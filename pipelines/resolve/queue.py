"""What is worth a decision, and what is known of its two sides. What belongs here: reading it from the published warehouse.

What does not: writing a decision (``deciding``), showing it (``pipelines.cli``). Which questions there are is SQL: ``sql/review/*.sql``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from graph.errors import NothingFoundError, UsageError
from pipelines.resolve.decisions import Line
from pipelines.resolve.judgements import Judged
from pipelines.warehouse import store

KINDS = ("candidate", "weak fact", "names")
QUOTES = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One question: a claim to accept or reject, or two parties that are one or not. ``claims`` hang on the answer."""

    kind: str
    claim_id: str
    left_id: str
    left_name: str
    predicate: str
    right_id: str
    right_name: str
    claims: int
    confidence: float | None
    reason: str
    quote: str

    @property
    def is_claim(self) -> bool:
        """Return whether the answer is accept or reject."""
        return bool(self.claim_id)


@dataclass(frozen=True, slots=True)
class Side:
    """What the store knows of a party: how it came to its id, how it is written, where, and what is said of it."""

    party_id: str
    name: str
    kind: str
    registered: bool
    resolved_by: str
    claims: int
    written_as: tuple[str, ...]
    documents: tuple[str, ...]
    quotes: tuple[str, ...]


def questions(con: duckdb.DuckDBPyConnection, judged: Sequence[Line], reviewed: Sequence[Line]) -> list[Item]:
    """Return all questions that no line answers, those on which most claims hang first."""
    said = Judged(judged)
    answered = {line.values["claim_id"] for line in reviewed}
    found = [Item(**_plain(row)) for path in _files() for row in store.rows(con, path.read_text(encoding="utf-8"))]
    waiting = [
        item
        for item in found
        if (item.claim_id not in answered if item.is_claim else not said.of(item.left_id, item.right_id))
    ]
    return sorted(waiting, key=lambda i: (-i.claims, KINDS.index(i.kind), i.claim_id, i.left_id, i.right_id))


def on_claim(con: duckdb.DuckDBPyConnection, claim_id: str) -> Item:
    """Return the question that any claim of the store is; raise NothingFoundError where it has none of this id."""
    sql = """
        SELECT 'claim' AS kind, c.claim_id, c.subject_id AS left_id, l.name AS left_name, c.predicate,
            coalesce(c.object_id, '') AS right_id, coalesce(r.name, c.object_text) AS right_name, 1 AS claims,
            round(c.confidence, 2) AS confidence,
            c.polarity || ', ' || c.modality || ', ' || c.tier || ' (found as ' || c.extracted_tier || '), review ' || c.review AS reason,
            c.quote
        FROM core.claim c
        JOIN core.party l ON l.party_id = c.subject_id
        LEFT JOIN core.party r ON r.party_id = c.object_id
        WHERE c.claim_id = $claim_id
    """
    rows = store.rows(con, sql, {"claim_id": claim_id})
    if not rows:
        raise NothingFoundError(f"{claim_id}: no claim of the store has this id; `loadpath claims` lists them")
    return Item(**_plain(rows[0]))


def on_parties(con: duckdb.DuckDBPyConnection, left_id: str, right_id: str) -> Item:
    """Return the question whether two parties of the store are one."""
    left, right = side(con, left_id), side(con, right_id)
    return Item("names", "", left_id, left.name, "", right_id, right.name, right.claims, None, "asked for", "")


def party_id(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """Return the id of the party that ``text`` is the id or the one name of.

    Raises UsageError listing the parties of a name that several have, and NothingFoundError where there is none.
    """
    from pipelines.resolve.judgements import known_kinds

    if text in known_kinds(con, [text]):
        return text
    sql = "SELECT party_id FROM core.party WHERE lower(name) = lower($text) ORDER BY party_id"
    found = [row["party_id"] for row in store.rows(con, sql, {"text": text})]
    if len(found) > 1:
        raise UsageError(f"{text}: {len(found)} parties have this name, give an id: {', '.join(found[:10])}")
    if found:
        return str(found[0])
    sql = """
        SELECT party_id FROM core.party
        ORDER BY greatest(jaro_winkler_similarity(lower(name), lower($text)), jaro_winkler_similarity(party_id, lower($text))) DESC, party_id
        LIMIT 3
    """
    near = ", ".join(row["party_id"] for row in store.rows(con, sql, {"text": text}))
    raise NothingFoundError(f"{text}: neither the registry nor any claim has this party; near: {near}")


def side(con: duckdb.DuckDBPyConnection, party: str) -> Side:
    """Return what the store knows of ``party``, which may be one that was merged into another."""
    sql = """
        WITH own AS (
            -- A document's own party that context or a judgement made part of another one.
            SELECT DISTINCT claim_id FROM core.claim_party WHERE $party IN (party_id, raw_party_id)
        )
        SELECT coalesce(max(p.name), max(n.name)) AS name, coalesce(max(p.kind), max(n.kind)) AS kind,
            coalesce(bool_or(p.registered), false) AS registered, coalesce(max(p.resolved_by), max(n.resolved_by), '') AS resolved_by,
            (SELECT count(*) FROM own) AS claims,
            list_sort(list(DISTINCT n.surface) FILTER (n.surface IS NOT NULL)) AS written_as,
            list_sort(list(DISTINCT d.title || ' (' || d.known_from || ')') FILTER (d.title IS NOT NULL)) AS documents
        FROM (SELECT $party AS party_id)
        LEFT JOIN core.party p USING (party_id)
        LEFT JOIN core.claim_party n ON $party IN (n.party_id, n.raw_party_id)
        LEFT JOIN core.document d ON d.document_id = n.document_id
    """
    (row,) = store.rows(con, sql, {"party": party})
    quotes = """
        SELECT quote FROM (
            SELECT c.quote, max(c.confidence) AS confidence
            FROM core.claim c
            JOIN core.claim_party n ON n.claim_id = c.claim_id AND $party IN (n.party_id, n.raw_party_id)
            WHERE c.review <> 'rejected'
            GROUP BY c.quote
        )
        ORDER BY confidence DESC, quote
        LIMIT $limit
    """
    said = tuple(r["quote"] for r in store.rows(con, quotes, {"party": party, "limit": QUOTES}))
    return Side(
        party,
        row["name"] or party,
        row["kind"] or "",
        row["registered"],
        row["resolved_by"],
        row["claims"],
        tuple(row["written_as"] or ()),
        tuple(row["documents"] or ()),
        said,
    )


def _files() -> list[Any]:
    return sorted((store.SQL / "review").glob("*.sql"))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with empty text for what the question has not."""
    return {key: "" if value is None and key != "confidence" else value for key, value in row.items()}
