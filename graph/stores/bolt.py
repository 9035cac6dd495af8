"""A graph database over Bolt. What belongs here: reading, batched writing, plain values, clear errors.

Writes go through managed transactions only: auto-commit is not atomic in the embedded engine.
"""

import datetime as dt
import logging
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from graph.errors import GraphUnreachableError, UsageError

BATCH = 5000


class GraphStore:
    """An open connection. ``embedded`` tells that the engine behind is the one this program started."""

    def __init__(
        self,
        uri: str,
        username: str,
        password: str,
        database: str,
        read_only: Callable[[str, dict[str, Any]], list[dict[str, Any]]] | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        import neo4j

        logging.getLogger("neo4j").setLevel(logging.CRITICAL)
        self.uri = uri
        self.database = database
        self._read_only = read_only
        self._on_close = on_close
        try:
            self._driver = neo4j.GraphDatabase.driver(
                uri, auth=(username, password), notifications_min_severity="OFF", connection_timeout=5.0
            )
        except (neo4j.exceptions.ConfigurationError, ValueError) as error:
            raise _unreachable(uri, username, error) from None
        try:
            # The first call fails at once where nothing answers; the second tells whether the database exists.
            self._driver.verify_connectivity()
            self._driver.execute_query("RETURN 1", database_=database)
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError) as error:
            self._driver.close()
            raise _unreachable(uri, username, error) from None

    @property
    def embedded(self) -> bool:
        """Return whether this is the embedded engine."""
        return self._read_only is not None

    def read(self, cypher: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query that only reads; a write is refused by the database with a UsageError."""
        import neo4j

        if self._read_only is not None:
            return self._read_only(cypher, params or {})
        try:
            result = self._driver.execute_query(
                cypher, params or {}, database_=self.database, routing_=neo4j.RoutingControl.READ
            )
        except neo4j.exceptions.DriverError as error:
            raise GraphUnreachableError(f"{self.uri}: {_first_line(error)}") from None
        except neo4j.exceptions.Neo4jError as error:
            raise UsageError(f"Cypher: {_first_line(error)}") from None
        return [dict(zip(record.keys(), map(plain, record.values()), strict=True)) for record in result.records]

    def rows(self, cypher: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return rows over Bolt without the read-only guard: for the loader's own statements."""
        result = self._driver.execute_query(cypher, params or {}, database_=self.database)
        return [dict(zip(record.keys(), map(plain, record.values()), strict=True)) for record in result.records]

    def write(self, cypher: str, rows: Sequence[dict[str, Any]]) -> None:
        """Run ``cypher`` once a batch of ``rows`` (its ``$rows``), each batch in one managed transaction."""
        for at in range(0, len(rows), BATCH):
            batch = list(rows[at : at + BATCH])
            self._driver.execute_query(cypher, {"rows": batch}, database_=self.database)

    def schema(self, cypher: str) -> None:
        """Run a schema statement, which takes a transaction of its own."""
        with self._driver.session(database=self.database) as session:
            session.run(cypher).consume()

    def close(self) -> None:
        """Close the connection, and the engine where this program started it."""
        self._driver.close()
        self._on_close()


def plain(value: Any) -> Any:
    """Return a driver's value as plain Python: dates as date, nodes and relationships as dicts, paths as lists."""
    if hasattr(value, "to_native"):
        return value.to_native()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if hasattr(value, "labels"):
        return {"labels": sorted(value.labels), **{k: plain(v) for k, v in sorted(value.items())}}
    if hasattr(value, "nodes") and hasattr(value, "relationships"):
        return [plain(part) for part in (*value.nodes, *value.relationships)]
    if hasattr(value, "type") and hasattr(value, "items"):
        return {"type": value.type, **{k: plain(v) for k, v in sorted(value.items())}}
    return value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value


def _unreachable(uri: str, username: str, error: Exception) -> GraphUnreachableError:
    text = _first_line(error)
    if (
        "nauthorized" in type(error).__name__ + text
        or "authentication" in text.lower()
        or "AuthError" in type(error).__name__
    ):
        return GraphUnreachableError(f"{uri}: user {username} and NEO4J_PASSWORD are not accepted; set the right ones")
    if ("atabase" in text and "exist" in text) or "raph not found" in text:
        return GraphUnreachableError(f"{uri}: {text}; set NEO4J_DATABASE")
    if _untrusted(error):
        says = "use +ssc instead of +s in NEO4J_URI for a self-signed one, or name its issuer by SSL_CERT_FILE"
        return GraphUnreachableError(f"{uri}: the server's certificate is not trusted; {says}")
    return GraphUnreachableError(f"{uri}: no Neo4j answers there ({text}); start it or correct NEO4J_URI")


def _untrusted(error: BaseException | None) -> bool:
    """Return whether ``error`` comes from a certificate that nobody known has signed."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _first_line(error: Exception) -> str:
    lines = (getattr(error, "message", None) or str(error)).splitlines()
    return lines[0][:200] if lines else type(error).__name__
