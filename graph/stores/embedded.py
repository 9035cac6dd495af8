"""The embedded default: ArcadeDB in this process, reached over Bolt like any Neo4j. What belongs here: its start and lock.

One process owns the files at a time; others wait for it. Free queries run through the engine's own read-only call,
since its Bolt READ sessions do not refuse writes.
"""

import fcntl
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from graph.errors import GraphUnreachableError, UsageError
from graph.stores.bolt import GraphStore

DATABASE = "loadpath"


def open_embedded(folder: Path) -> GraphStore:
    """Start the engine on the files below ``folder`` and return a store; raise GraphUnreachableError where it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = _lock(folder / "lock")
    # The engine reads these when it is imported: its log belongs beside its files, not on the terminal.
    os.environ["ARCADEDB_LOG_DIR"] = str(folder / "log")
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    import arcadedb

    password = _password(folder / "password")
    bolt, http = _free_ports()
    config = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": bolt,
        "http_port": http,
        "mode": "production",
    }
    server = arcadedb.create_server(root_path=str(folder), root_password=password, config=config)
    try:
        server.start()
        with suppress(Exception):
            server.create_database(DATABASE)
        database = server.get_database(DATABASE)
    except Exception as error:
        lock.close()
        raise GraphUnreachableError(
            f"{folder}: the embedded graph cannot start ({error}); remove the folder and load again"
        ) from None

    def read_only(cypher: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        return _query(database, store, cypher, params)

    def close() -> None:
        server.stop()
        lock.close()

    store = GraphStore(f"bolt://127.0.0.1:{bolt}", "root", password, DATABASE, read_only, close)
    return store


def _query(database: Any, store: GraphStore, cypher: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Return rows over Bolt after the engine's read-only call has taken the query: it refuses writes, Bolt does not."""
    try:
        database.query("opencypher", cypher, _plain_params(params))
    except Exception as error:
        lines = str(error).splitlines() or [type(error).__name__]
        if "dempotent" in str(error):
            raise UsageError("Cypher: free queries only read; nothing was written") from None
        raise UsageError(f"Cypher: {lines[0][:300]}") from None
    try:
        return store.rows(cypher, params)
    except Exception as error:
        raise UsageError(f"Cypher: {(str(error).splitlines() or ['failed'])[0][:300]}") from None


def _plain_params(params: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if hasattr(value, "isoformat") else value for key, value in params.items()}


def _lock(path: Path) -> IO[str]:
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise GraphUnreachableError(
            f"{path.parent}: another Loadpath has the embedded graph open; wait for it, or use a Neo4j by NEO4J_URI"
        ) from None
    return file


def _password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(18), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        for s in (one, two):
            s.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]
