"""What a database holds before a load: which server it is, whose nodes, and the hash of each of ours.

What belongs here: looking, and refusing what Loadpath must not write into. What does not: writing (``graph.load``).
Ours is what carries the marker ``loadpath``; under our labels and types nothing else may stand, since questions would count it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from graph.errors import UsageError
from graph.model import Ontology
from graph.stores.bolt import GraphStore

# The first Neo4j that keeps the ids of relationships unique.
OLDEST = (5, 7)


@dataclass(slots=True)
class Holdings:
    """The hash of each of our nodes and relationships, by label or type, then by id."""

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: dict[str, dict[str, str]] = field(default_factory=dict)


def look(store: GraphStore, ontology: Ontology) -> Holdings:
    """Return what the database holds of ours.

    Raises UsageError where the server is none that Loadpath writes to, or where others' nodes or relationships stand under our labels or types.
    """
    if not store.embedded:
        query = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions, edition"
        if reason := unfit(store.rows(query)):
            raise UsageError(f"{store.uri}: {reason}")
    held = Holdings()
    for label in sorted(ontology.labels):
        held.nodes[label] = _ours(store, label, f"(n:{label})", "node")
    for kind in ontology.types:
        held.edges[kind] = _ours(store, kind, f"()-[n:{kind}]->()", "relationship")
    return held


def unfit(components: list[dict[str, Any]]) -> str:
    """Return why a server with these ``dbms.components`` cannot be used, nothing where it can.

    Editions do not matter: nothing beyond Community is asked for.
    """
    kernel = next((c for c in components if c["name"] == "Neo4j Kernel"), None)
    version = str(kernel["versions"][0]) if kernel and kernel["versions"] else "an unknown server"
    numbers = re.match(r"(\d+)\.(\d+)", version)
    if numbers and (int(numbers[1]), int(numbers[2])) >= OLDEST:
        return ""
    wanted = ".".join(map(str, OLDEST))
    return f"this is {'Neo4j ' if numbers else ''}{version}; Loadpath needs Neo4j {wanted} or newer, or no NEO4J_URI for its own engine"


def _ours(store: GraphStore, name: str, pattern: str, what: str) -> dict[str, str]:
    query = f"MATCH {pattern} RETURN n.id AS id, n.row_hash AS row_hash, n.loadpath AS ours"
    found: dict[str, str] = {}
    others = []
    for row in store.rows(query):
        if row["ours"] is True:
            found[row["id"]] = row["row_hash"]
        else:
            others.append(str(row["id"]))
    if others:
        raise UsageError(
            f"{store.uri}, database {store.database}: {len(others)} {what}{'s' * (len(others) > 1)} :{name} there "
            f"(id {min(others)}) are not Loadpath's; nothing was written: use another database by NEO4J_DATABASE"
        )
    return found
