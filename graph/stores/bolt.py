"""A graph database over Bolt. What belongs here: reading within limits, batched writing, plain values, clear errors.

Reading: one statement in READ access mode, once, with a time limit that the database keeps; where it does not answer in time all the
same, the caller stops waiting. Writes go through managed transactions only: auto-commit is not atomic in the embedded engine.
"""

import datetime as dt
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.errors import GraphUnreachableError, LoadpathError
from graph.stores.limits import Answer, Limits, cypher_error, too_long, too_much

BATCH = 5000
# How much longer than its limit a query is waited for: the database ends it by itself, and says so.
GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Login:
    """Where a database answers, and as whom."""

    uri: str
    username: str
    password: str
    database: str


class Server(Protocol):
    """What stands behind a store: a Neo4j that runs anyway, or the engine that this program starts."""

    embedded: bool

    @property
    def name(self) -> str:
        """Return what to call it in messages."""

    def start(self) -> tuple[Login, Login | None]:
        """Return the login for reading and the one for writing, None where it is for reading only."""

    def why(self, _cypher: str) -> str:
        """Return what is wrong with a refused query, in more words than Bolt had, or nothing."""

    def kill(self) -> None:
        """End it at once, if it is this program's; ``start`` begins anew."""

    def close(self) -> None:
        """End it, if it is this program's."""


class Remote:
    """A Neo4j that somebody runs: nothing to start or end."""

    embedded = False

    def __init__(self, login: Login) -> None:
        self._login = login

    @property
    def name(self) -> str:
        """Return its address."""
        return self._login.uri

    def start(self) -> tuple[Login, Login | None]:
        """Return the one login, for both."""
        return self._login, self._login

    def why(self, _cypher: str) -> str:
        """Return nothing: Neo4j's own message says all."""
        return ""

    def kill(self) -> None:
        """Leave it: it ends what was asked by its own time limit."""

    def close(self) -> None:
        """Leave it."""


class GraphStore:
    """An open connection. ``embedded`` tells that the engine behind is the one this program started."""

    def __init__(self, server: Server, limits: Limits) -> None:
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)
        self._server = server
        self._limits = limits
        self._open()

    def _open(self) -> None:
        reading, writing = self._server.start()
        self._database = reading.database
        self._reader = _driver(reading)
        self._driver = self._reader if writing in (None, reading) else _driver(writing)

    @property
    def embedded(self) -> bool:
        """Return whether this is the embedded engine."""
        return self._server.embedded

    @property
    def uri(self) -> str:
        """Return the server's address, or the folder of the embedded engine."""
        return self._server.name

    @property
    def database(self) -> str:
        """Return the database's name on that server."""
        return self._database

    def read(self, cypher: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return all rows of one of Loadpath's own queries; a write is refused by the database with a UsageError.

        Raises QueryLimitError when it takes more time or memory than it may have.
        """
        return self._within_limits(cypher, params or {}, None).rows

    def ask(self, cypher: str) -> Answer:
        """Return the rows of free Cypher, up to the limit; it can read the graph and do nothing else.

        Raises UsageError for what is wrong or not allowed, QueryLimitError when it takes more time or memory than it may have.
        """
        if not self.embedded:
            self._within_limits(cypher, {}, None, explain=True)
        return self._within_limits(cypher, {}, self._limits.rows)

    def _within_limits(self, cypher: str, params: dict[str, Any], most: int | None, explain: bool = False) -> Answer:
        """Run the query in a thread of its own, so that the caller need not wait for a server that does not stop it."""
        outcome: list[Answer | BaseException] = []

        def run() -> None:
            try:
                outcome.append(self._explained(cypher) if explain else self._run(cypher, params, most))
            except BaseException as error:
                outcome.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(self._limits.seconds + GRACE_SECONDS)
        if not outcome:
            self._renew()
            raise too_long("Cypher", self._limits.seconds)
        if isinstance(outcome[0], BaseException):
            raise self._said(cypher, outcome[0]) from None
        return outcome[0]

    def _run(self, cypher: str, params: dict[str, Any], most: int | None) -> Answer:
        import neo4j

        query = neo4j.Query(cypher, timeout=self._limits.seconds)
        with self._reader.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session:
            result = session.run(query, params)
            rows: list[dict[str, Any]] = []
            for record in result:
                if most is not None and len(rows) == most:
                    return Answer(rows, cut=True)
                rows.append(dict(zip(record.keys(), map(plain, record.values()), strict=True)))
        return Answer(rows, cut=False)

    def _explained(self, cypher: str) -> Answer:
        import neo4j

        from graph.stores import plans

        query = neo4j.Query(f"EXPLAIN {cypher}", timeout=self._limits.seconds)
        with self._reader.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session:
            summary = session.run(query).consume()
        plans.refuse(summary.plan, summary.query_type)
        return Answer([], cut=False)

    def _said(self, cypher: str, error: BaseException) -> BaseException:
        """Return the error as a user should read it."""
        import neo4j

        if isinstance(error, neo4j.exceptions.DriverError):
            if not self.embedded:
                return GraphUnreachableError(f"{self.uri}: {_first_line(error)}")
            # The engine drops the connection of a query that runs out of memory.
            self._renew()
            return too_much("Cypher")
        if not isinstance(error, neo4j.exceptions.Neo4jError):
            return error
        said = cypher_error(error.code or "", error.message or "", self._limits.seconds)
        why = self._server.why(cypher) if "read only database" in (error.message or "") else ""
        return cypher_error("", why, self._limits.seconds) if why else said

    def _renew(self) -> None:
        if self.embedded:
            self._server.kill()
            self._close_drivers()
            self._open()

    def rows(self, cypher: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return rows without limits, by the writer's login: for the loader's own statements."""
        result = self._driver.execute_query(cypher, params or {}, database_=self._database)
        return [dict(zip(record.keys(), map(plain, record.values()), strict=True)) for record in result.records]

    def write(self, cypher: str, rows: Sequence[dict[str, Any]]) -> None:
        """Run ``cypher`` once a batch of ``rows`` (its ``$rows``), each batch in one managed transaction."""
        for at in range(0, len(rows), BATCH):
            batch = list(rows[at : at + BATCH])
            self._driver.execute_query(cypher, {"rows": batch}, database_=self._database)

    def schema(self, cypher: str) -> None:
        """Run a schema statement, which takes a transaction of its own."""
        with self._driver.session(database=self._database) as session:
            session.run(cypher).consume()

    def close(self) -> None:
        """Close the connection, and the engine where this program started it; what was written is published then."""
        self._close_drivers()
        self._server.close()

    def _close_drivers(self) -> None:
        self._driver.close()
        self._reader.close()


def _driver(login: Login) -> Any:
    import neo4j

    auth = (login.username, login.password)
    try:
        driver = neo4j.GraphDatabase.driver(
            login.uri, auth=auth, notifications_min_severity="OFF", connection_timeout=5.0
        )
    except (neo4j.exceptions.ConfigurationError, ValueError) as error:
        raise _unreachable(login, error) from None
    try:
        # The first call fails at once where nothing answers; the second tells whether the database exists.
        driver.verify_connectivity()
        with driver.session(database=login.database) as session:
            session.run("RETURN 1").consume()
    except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError) as error:
        driver.close()
        raise _unreachable(login, error) from None
    return driver


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


def _unreachable(login: Login, error: Exception) -> LoadpathError:
    text = _first_line(error)
    if (
        "nauthorized" in type(error).__name__ + text
        or "authentication" in text.lower()
        or "AuthError" in type(error).__name__
    ):
        return GraphUnreachableError(
            f"{login.uri}: user {login.username} and NEO4J_PASSWORD are not accepted; set the right ones"
        )
    if "atabase" in text and "exist" in text:
        return GraphUnreachableError(f"{login.uri}: {text}; set NEO4J_DATABASE")
    return GraphUnreachableError(f"{login.uri}: no Neo4j answers there ({text}); start it or correct NEO4J_URI")


def _first_line(error: BaseException) -> str:
    lines = (getattr(error, "message", None) or str(error)).splitlines()
    return lines[0][:200] if lines else type(error).__name__
