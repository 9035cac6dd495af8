"""What a free query would do on a Neo4j, read from the server's own plan. What belongs here: which plans are refused.

Neo4j's READ access mode refuses every write. It lets pass what leaves the database (LOAD CSV), what speaks to the server (administration,
procedures on connections, caches and settings) and ending other people's transactions; its Community edition has no roles
against that. So a free query is planned first (EXPLAIN runs nothing), and its plan must hold none of these.
"""

import re
from collections.abc import Iterator
from typing import Any

from graph.errors import UsageError
from graph.stores.limits import NOT_OUTSIDE, ONLY_READS

PROCEDURES = frozenset(
    [
        "db.info",
        "db.labels",
        "db.ping",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
        "db.index.fulltext.listAvailableAnalyzers",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
        "db.index.vector.queryRelationships",
        "dbms.components",
    ]
)
OPERATORS = frozenset(["LoadCSV", "TerminateTransactions", "AdministrationCommand", "ShowTransactions", "ShowSettings"])
# A subquery inside a list comprehension, CASE or reduce has no operators of its own: the plan holds its text, as the planner
# writes it, with literals taken out and names resolved.
_CALL = re.compile(r"ResolvedCall\(([\w.`]+)\(|UnresolvedCall|LOAD CSV")


def refuse(plan: dict[str, Any] | None, query_type: str | None) -> None:
    """Raise UsageError where the plan of a free query writes, leaves the database or speaks to the server."""
    if query_type not in ("r", "s"):
        raise UsageError(f"Cypher: {ONLY_READS}")
    called = False
    for operator, details in _operators(plan or {}):
        if operator in OPERATORS:
            raise UsageError(f"Cypher: {NOT_OUTSIDE}")
        if operator == "ProcedureCall":
            called = True
            _refuse_procedure(details.partition("(")[0])
        for found in _CALL.finditer(details):
            called = True
            _refuse_procedure(found.group(1) or "")
    if query_type == "s" and not called:
        raise UsageError(f"Cypher: {ONLY_READS}")


def _refuse_procedure(name: str) -> None:
    if name not in PROCEDURES:
        raise UsageError(f"Cypher: {NOT_OUTSIDE}" + (f" (procedure {name})" if name else ""))


def _operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    stack = [plan]
    while stack:
        node = stack.pop()
        yield str(node.get("operatorType", "")).partition("@")[0], str(node.get("args", {}).get("Details") or "")
        stack.extend(node.get("children", ()))
