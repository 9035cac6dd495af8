"""The load: rows into the graph, by delta. What belongs here: keys, hashes, MERGE, closing what is gone.

Every node and relationship of ours carries ``row_hash`` and the marker ``loadpath``; what carries no marker is never
touched. Only what differs is written, in the order of ids; a killed load is finished by the next one.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from graph.errors import ModelError
from graph.model import Ontology
from graph.stores.bolt import GraphStore

Rows = list[dict[str, Any]]
PROVENANCE = ("SUBJECT", "OBJECT", "SUPPORTED_BY", "IN_DOCUMENT", "CONFIRMS", "CONTRADICTS", "SUPERSEDES")
# What is gone without a trace when its reason is: it says nothing that a claim does not say.
REMOVED = ("CONFIRMS", "CONTRADICTS", "SUPERSEDES", "IN_LAYER", "OFFERS", "CONSTRAINS", "SAME_AS", "NOT_SAME_AS")


@dataclass(slots=True)
class LoadReport:
    """How many nodes and relationships were created, updated, closed, removed, and left as they were."""

    created: int = 0
    updated: int = 0
    closed: int = 0
    removed: int = 0
    unchanged: int = 0


def load(
    store: GraphStore, ontology: Ontology, nodes: dict[str, Rows], edges: dict[str, Rows], known_on: dt.date
) -> LoadReport:
    """Make the graph hold exactly ``nodes`` (label → rows with ``id``) and ``edges`` (type → rows with both ends).

    Relationships of predicates and claims that are gone get ``status`` closed and ``closed_on``; others are removed.
    """
    _check(ontology, nodes, edges)
    report = LoadReport()
    for label in sorted(ontology.labels):
        store.schema(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    for label in ("Organization", "Offering", "Bottleneck"):
        store.schema(f"CREATE INDEX {label.lower()}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)")
    gone = {label: _load_nodes(store, label, nodes.get(label, []), report) for label in sorted(ontology.labels)}
    types = {*edges, *ontology.predicates, *ontology.structural, *PROVENANCE}
    for kind in sorted(types):
        _load_edges(store, kind, edges.get(kind, []), kind in ontology.predicates, known_on, report)
    for label, ids in gone.items():
        _retire_nodes(store, label, ids, known_on, report)
    return report


def _check(ontology: Ontology, nodes: dict[str, Rows], edges: dict[str, Rows]) -> None:
    if unknown := set(nodes) - set(ontology.labels):
        raise ModelError(f"graph rows: {sorted(unknown)[0]} is no node label of the ontology")
    if unknown := set(edges) - {*ontology.predicates, *ontology.structural, *PROVENANCE}:
        raise ModelError(f"graph rows: {sorted(unknown)[0]} is no relationship type of the ontology")


def row_hash(row: dict[str, Any]) -> str:
    """Return a hash of a row's values, the same in every process."""
    return hashlib.sha256(json.dumps(row, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()[:16]


def _properties(row: dict[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key not in without and value is not None}
    return {**kept, "row_hash": row_hash(row), "loadpath": True}


def _load_nodes(store: GraphStore, label: str, rows: Rows, report: LoadReport) -> list[str]:
    """Write new and changed nodes; return the ids of ours that are gone and not yet closed."""
    query = f"MATCH (n:{label}) WHERE n.loadpath = true RETURN n.id AS id, n.row_hash AS row_hash, n.status AS status"
    known = {r["id"]: r for r in store.rows(query)}
    changed = [
        {"id": row["id"], "properties": _properties(row)}
        for row in sorted(rows, key=lambda r: str(r["id"]))
        if known.get(row["id"], {}).get("row_hash") != row_hash(row)
    ]
    # SET = replaces: a property that a row no longer has must go.
    store.write(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties", changed)
    _count(report, changed, known, len(rows))
    wanted = {row["id"] for row in rows}
    return sorted(id_ for id_, r in known.items() if id_ not in wanted and r["status"] != "closed")


def _count(report: LoadReport, changed: Rows, known: dict[str, Any], total: int) -> None:
    updated = sum(row["id"] in known for row in changed)
    report.updated += updated
    report.created += len(changed) - updated
    report.unchanged += total - len(changed)


def _retire_nodes(store: GraphStore, label: str, ids: list[str], known_on: dt.date, report: LoadReport) -> None:
    if label == "Claim":
        rows = [{"id": id_, "day": known_on} for id_ in ids]
        query = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n.status = 'closed', n.closed_on = row.day, n.row_hash = 'closed'"
        store.write(query, rows)
        report.closed += len(ids)
        return
    # Evidence and documents of a closed claim stay with it; anything else that nothing holds is removed.
    held = {r["id"] for r in store.rows(f"MATCH (n:{label})--(m) WHERE n.loadpath = true RETURN DISTINCT n.id AS id")}
    loose = [{"id": id_} for id_ in ids if id_ not in held]
    store.write(f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) WHERE n.loadpath = true DELETE n", loose)
    report.removed += len(loose)


def _load_edges(store: GraphStore, kind: str, rows: Rows, closes: bool, known_on: dt.date, report: LoadReport) -> None:
    query = (
        f"MATCH ()-[r:{kind}]->() WHERE r.loadpath = true RETURN r.id AS id, r.row_hash AS row_hash, r.status AS status"
    )
    known = {r["id"]: r for r in store.rows(query)}
    changed: dict[tuple[str, str], Rows] = {}
    for row in sorted(rows, key=lambda r: str(r["id"])):
        if known.get(row["id"], {}).get("row_hash") == row_hash(row):
            report.unchanged += 1
            continue
        ends = {"id": row["id"], "from": row["from_id"], "to": row["to_id"]}
        properties = _properties(row, ("from_label", "from_id", "to_label", "to_id"))
        changed.setdefault((row["from_label"], row["to_label"]), []).append({**ends, "properties": properties})
        report.updated += row["id"] in known
        report.created += row["id"] not in known
    for (left, right), batch in sorted(changed.items()):
        store.write(
            f"UNWIND $rows AS row MATCH (a:{left} {{id: row.from}}) MATCH (b:{right} {{id: row.to}}) "
            f"MERGE (a)-[r:{kind} {{id: row.id}}]->(b) SET r = row.properties",
            batch,
        )
    wanted = {row["id"] for row in rows}
    gone = sorted(id_ for id_, r in known.items() if id_ not in wanted and r["status"] != "closed")
    _retire_edges(store, kind, gone, closes, known_on, report)


def _retire_edges(
    store: GraphStore, kind: str, gone: list[str], closes: bool, known_on: dt.date, report: LoadReport
) -> None:
    match = f"UNWIND $rows AS row MATCH ()-[r:{kind} {{id: row.id}}]->() WHERE r.loadpath = true "
    if closes:
        rows = [{"id": id_, "day": known_on} for id_ in gone]
        store.write(match + "SET r.status = 'closed', r.closed_on = row.day, r.row_hash = 'closed'", rows)
        report.closed += len(gone)
    elif kind in REMOVED:
        store.write(match + "DELETE r", [{"id": id_} for id_ in gone])
        report.removed += len(gone)
