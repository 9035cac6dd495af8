"""The graph's rows as the graph formats write them. What belongs here: nodes and relationships with their types, out of ``sql/graph``.

What does not: a format's own form (``network``, ``neo4j_import``, ``rdf``). Types are those that the ontology's files declare.
"""

from dataclasses import dataclass

import duckdb

from graph.model import Ontology, load_ontology
from graph.properties import Property
from graph.rows import Rows, in_order, properties
from pipelines.warehouse import projection


@dataclass(frozen=True)
class MarketGraph:
    """Nodes by label and relationships by type, both sorted; :meth:`carried` says what their rows carry."""

    nodes: dict[str, Rows]
    edges: dict[str, Rows]
    ontology: Ontology

    def carried(self, name: str) -> dict[str, Property]:
        """Return the properties of a label or type that any of its rows has, in the order of the ontology."""
        rows = self.nodes[name] if name in self.nodes else self.edges[name]
        present = {key for row in rows for key in properties(row)}
        return {key: kind for key, kind in self.ontology.properties[name].items() if key in present}


def read(con: duckdb.DuckDBPyConnection) -> MarketGraph:
    """Return the whole graph of the warehouse that ``con`` has open."""
    nodes, edges = (
        {name: list(in_order(rows)) for name, rows in sorted(found.items())}
        for found in (projection.nodes(con), projection.edges(con))
    )
    return MarketGraph(nodes, edges, load_ontology())
