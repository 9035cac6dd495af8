"""The embedded engine's own process, run as a program. What belongs here: starting ArcadeDB, and nothing that reads rows.

A process of its own can be stopped when a query outlives its time, and its memory is bounded: neither takes the caller along.
It is spoken to over Bolt; standard input and output carry only the start (one JSON line in, one out), a request
to say what is wrong with a query, and the end (input closes). A reader opens the files read-only, so that any number of
readers share them, and logs in as a user who may do nothing but read; only the writer knows the other login.
"""

import base64
import hashlib
import json
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

DATABASE = "loadpath"
READER = "reader"
WRITER = "root"
HEAP = {False: "512m", True: "2g"}
# A password that lives as long as this process and is 18 random bytes needs no slow hash.
HASH_ROUNDS = 1000


def main() -> None:
    """Read the order, start the engine, say where it listens, answer until the input closes."""
    order = json.loads(sys.stdin.readline())
    try:
        server, started = _start(Path(order["root"]), Path(order["databases"]), order["writing"], order["seconds"])
    except Exception as error:
        _answer({"error": _first_line(error)})
        return
    _answer(started)
    database = server.get_database(DATABASE)
    for line in sys.stdin:
        _answer({"error": _wrong(database, json.loads(line)["cypher"])})
    if order["writing"]:
        server.stop()
        _answer({"stopped": True})
    # A reader has nothing to put away, and its threads may still be busy with what was asked.
    os._exit(0)


def _start(root: Path, databases: Path, writing: bool, seconds: float) -> tuple[Any, dict[str, Any]]:
    # The engine takes these when it is imported. Its log belongs beside its files, not on the terminal.
    os.environ["ARCADEDB_LOG_DIR"] = str(root / "log")
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    limits = "" if writing else f" -Darcadedb.command.timeout={max(1, round(seconds * 1000))}"
    os.environ["ARCADEDB_NATIVE_ISOLATE_ARGS"] = f"-Xmx{HEAP[writing]}{limits}"
    import arcadedb

    passwords = {WRITER: secrets.token_urlsafe(18), READER: secrets.token_urlsafe(18)}
    _write_users(root / "config", passwords)
    bolt, http = _free_ports()
    config = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server_databaseDirectory": str(databases),
        "server_defaultDatabaseMode": "READ_WRITE" if writing else "READ_ONLY",
        "bolt_port": bolt,
        "http_port": http,
        # Its production mode would hide from the caller what is wrong with a query.
        "mode": "development",
        "opencypher_loadCsv_allowFileUrls": False,
        "opencypher_loadCsv_allowRemoteUrls": False,
    }
    server = arcadedb.create_server(root_path=str(root), root_password=passwords[WRITER], config=config)
    server.start()
    if writing and not (databases / DATABASE).exists():
        server.create_database(DATABASE)
    server.get_database(DATABASE)
    told = passwords if writing else {READER: passwords[READER]}
    return server, {"uri": f"bolt://127.0.0.1:{bolt}", "passwords": told}


def _wrong(database: Any, cypher: str) -> str:
    """Return what the engine's parser says of a query that was refused: over Bolt a read-only database names no place in it."""
    try:
        database.query("opencypher", cypher)
    except Exception as error:
        return str(error)
    return ""


def _write_users(config: Path, passwords: dict[str, str]) -> None:
    config.mkdir(parents=True)
    users = [
        {"name": name, "databases": {"*": [name]}, "password": _hashed(password)}
        for name, password in sorted(passwords.items())
    ]
    records = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    rights = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]
    groups = {WRITER: _group(rights, records), READER: _group([], ["readRecord"]), "*": _group([], [])}
    (config / "server-users.jsonl").write_text("".join(f"{json.dumps(user)}\n" for user in users), encoding="utf-8")
    text = json.dumps({"databases": {"*": {"groups": groups}}, "version": 2})
    (config / "server-groups.json").write_text(text, encoding="utf-8")


def _group(rights: list[str], records: list[str]) -> dict[str, Any]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": rights, "types": {"*": {"access": records}}}


def _hashed(password: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), HASH_ROUNDS, 32)
    return f"PBKDF2WithHmacSHA256${HASH_ROUNDS}${salt}${base64.b64encode(key).decode()}"


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        for s in (one, two):
            s.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def _answer(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


if __name__ == "__main__":
    main()
