"""The load: rows into the graph, by delta. What belongs here: what differs, and writing just that, in batches.

What does not: whether rows are fit (``graph.rows``), what the database holds (``graph.holdings``), constraints and indexes
(``graph.schema``). Afterwards the graph holds exactly the rows, as if it had been made anew from them: what a source stopped
saying is a row that says so (``known_to``, status closed); what is no row any longer is removed. Every batch is one
transaction, and what is written is told by what the database holds: a killed load is finished by the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graph import schema
from graph.errors import GraphUnreachableError
from graph.holdings import look
from graph.model import Ontology
from graph.rows import ENDS, Row, Rows, check_rows, ends_hash, in_order, properties, row_hash
from graph.stores.bolt import GraphStore


@dataclass(slots=True)
class LoadReport:
    """How many nodes and relationships were created, updated (``closed`` of them: with the status closed), removed, and left
    as they were; ``kept`` are no row any longer, but somebody tied relationships of his own to them.
    """

    created: int = 0
    updated: int = 0
    closed: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0


def load(store: GraphStore, ontology: Ontology, nodes: dict[str, Rows], edges: dict[str, Rows]) -> LoadReport:
    """Make the graph hold exactly ``nodes`` (label → rows with ``id``) and ``edges`` (type → rows with ``id`` and both ends).

    Raises, before anything is written, ModelError for rows that the ontology does not allow and UsageError for a server of
    another kind or one that holds others' nodes under our labels; GraphUnreachableError where the database fails midway.
    """
    check_rows(ontology, nodes, edges)
    report = LoadReport()
    with _told(store):
        held = look(store, ontology)
        schema.create(store, ontology)
        for label in sorted(nodes):
            _write_nodes(store, label, nodes[label], held.nodes[label], report)
        for kind in ontology.types:
            _write_edges(store, kind, edges.get(kind, []), held.edges[kind], report)
        for label, known in held.nodes.items():
            _remove_nodes(store, label, known.keys() - {row["id"] for row in nodes.get(label, [])}, report)
    return report


@contextmanager
def _told(store: GraphStore) -> Iterator[None]:
    """Turn the driver's errors into one line."""
    import neo4j

    try:
        yield
    except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
        text = (getattr(error, "message", None) or str(error)).splitlines()[0][:200]
        says = "the load stopped midway; run it again and it goes on from there"
        raise GraphUnreachableError(f"{store.uri}: {text}: {says}") from None


def _changed(rows: Rows, known: dict[str, str], report: LoadReport) -> Iterator[tuple[Row, str]]:
    """Yield each row that the graph does not hold as it is, with its hash, in the order of ids."""
    for row in in_order(rows):
        marked = row_hash(row)
        before = known.get(row["id"])
        if before == marked:
            report.unchanged += 1
            continue
        report.created += before is None
        report.updated += before is not None
        report.closed += before is not None and row.get("status") == "closed"
        yield row, marked


def _parameters(row: Row, marked: str) -> Row:
    ends = {key: row[key] for key in ENDS if key in row}
    return {"id": row["id"], **ends, "properties": {**properties(row), "row_hash": marked, "loadpath": True}}


def _write_nodes(store: GraphStore, label: str, rows: Rows, known: dict[str, str], report: LoadReport) -> None:
    changed = [_parameters(*pair) for pair in _changed(rows, known, report)]
    # SET = replaces: a property that a row no longer has must go.
    store.write(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties", changed)


def _write_edges(store: GraphStore, kind: str, rows: Rows, known: dict[str, str], report: LoadReport) -> None:
    """Remove what is gone or now joins others, change what stays between its two nodes, create what is new."""
    created: dict[tuple[str, str], Rows] = {}
    updated: Rows = []
    gone = known.keys() - {row["id"] for row in rows}
    report.removed += len(gone)
    for row, marked in _changed(rows, known, report):
        if known.get(row["id"], "").startswith(ends_hash(row)):
            updated.append(_parameters(row, marked))
            continue
        gone |= known.keys() & {row["id"]}
        created.setdefault((row["from_label"], row["to_label"]), []).append(_parameters(row, marked))
    found = f"UNWIND $rows AS row MATCH ()-[r:{kind} {{id: row.id}}]->() "
    store.write(found + "DELETE r", [{"id": id_} for id_ in sorted(gone)])
    store.write(found + "SET r = row.properties", updated)
    for (left, right), batch in sorted(created.items()):
        # By their start: the writer walks along the nodes instead of jumping between them.
        batch.sort(key=lambda row: (row["from_id"], row["to_id"], row["id"]))
        store.write(
            f"UNWIND $rows AS row MATCH (a:{left} {{id: row.from_id}}) MATCH (b:{right} {{id: row.to_id}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties",
            batch,
        )


def _remove_nodes(store: GraphStore, label: str, gone: set[str], report: LoadReport) -> None:
    rows = [{"id": id_} for id_ in sorted(gone)]
    ties = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) OPTIONAL MATCH (n)-[r]-() WITH n, count(r) AS ties "
    store.write(ties + "WHERE ties = 0 DELETE n", rows)
    kept = len(store.rows(ties + "RETURN n.id AS id", {"rows": rows})) if rows else 0
    report.kept += kept
    report.removed += len(rows) - kept
