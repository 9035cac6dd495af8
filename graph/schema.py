"""What the database keeps about our labels and types: constraints and indexes, made from the ontology.

What belongs here: their names and statements, and making those that are missing. What does not: rows (``graph.load``).
Every ``id`` is unique by a constraint, of nodes and of relationships: two loads at a time cannot double anything, and a row
finds its relationship without a search. Full-text indexes are Neo4j's; the embedded engine has no statement for them.
"""

from collections.abc import Iterator

from graph.model import Ontology
from graph.stores.bolt import GraphStore

INDEX_SECONDS = 300


def statements(ontology: Ontology, fulltext: bool) -> dict[str, str]:
    """Return the statement of each constraint and index by its name, in order; those of full text where ``fulltext``."""
    found = dict(_constraints(ontology))
    for label, body in sorted(ontology.labels.items()):
        for name in body.get("indexes", []):
            index = f"{label.lower()}_{name}"
            found[index] = f"CREATE INDEX {index} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
    return found | dict(_fulltext(ontology)) if fulltext else found


def _constraints(ontology: Ontology) -> Iterator[tuple[str, str]]:
    for label in sorted(ontology.labels):
        name = f"{label.lower()}_id"
        yield name, f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for kind in ontology.types:
        name = f"{kind.lower()}_relationship_id"
        yield name, f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.id IS UNIQUE"


def _fulltext(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Yield the statements of full-text indexes: labels whose files name one index share it."""
    shared: dict[str, tuple[list[str], list[str]]] = {}
    for label, body in sorted(ontology.labels.items()):
        for index, names in body.get("fulltext", {}).items():
            labels, properties = shared.setdefault(index, ([], []))
            labels.append(label)
            properties.extend(name for name in names if name not in properties)
    for index, (labels, properties) in sorted(shared.items()):
        each = ", ".join(f"n.{name}" for name in properties)
        yield index, f"CREATE FULLTEXT INDEX {index} IF NOT EXISTS FOR (n:{'|'.join(labels)}) ON EACH [{each}]"


def create(store: GraphStore, ontology: Ontology) -> int:
    """Make the constraints and indexes that are missing, wait until they serve, and return how many were made."""
    held = {row["name"] for row in store.rows("SHOW CONSTRAINTS YIELD name RETURN name")}
    held |= {row["name"] for row in store.rows("SHOW INDEXES YIELD name RETURN name")}
    missing = [text for name, text in statements(ontology, not store.embedded).items() if name not in held]
    for text in missing:
        store.schema(text)
    if missing and not store.embedded:
        store.rows(f"CALL db.awaitIndexes({INDEX_SECONDS})")
    return len(missing)
