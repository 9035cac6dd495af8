"""The process of free SQL, run as a program. What belongs here: a DuckDB that can read the warehouse and do nothing else.

The argument names the warehouse. Standard output carries one byte when it is open, standard input orders (pickled: text, seconds, rows) and
standard output an outcome for each (pickled: column names, rows and whether they were cut, or what is wrong). DuckDB itself keeps the
limits: the file is open read-only, access to other files and to the network is off, extensions cannot be loaded, and
the configuration is locked. What it cannot keep (memory outside of its buffers, one function that runs for ever) a process
of its own does: the caller ends it.
"""

import json
import pickle
import resource
import sys
import threading
from typing import Any

import duckdb

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "access_mode": "READ_ONLY",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    "threads": "2",
    "temp_directory": "",
}
ADDRESS_SPACE = 4 << 30
READING = ("SELECT", "EXPLAIN")


def main() -> None:
    """Answer orders until the input closes."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    con = duckdb.connect(sys.argv[1], config=CONFIG)
    for setting in ("TimeZone = 'UTC'", "enable_progress_bar = false", "errors_as_json = true"):
        con.execute(f"SET {setting}")
    con.execute("SET lock_configuration = true")
    out = sys.stdout.buffer
    out.write(b".")
    out.flush()
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(_outcome(con, order), out)
        out.flush()


def _outcome(con: duckdb.DuckDBPyConnection, order: dict[str, Any]) -> dict[str, Any]:
    try:
        return _read(con, order)
    except duckdb.InterruptException:
        return {"error": "too long"}
    except (duckdb.OutOfMemoryException, MemoryError):
        return {"error": "too much"}
    except duckdb.PermissionException:
        return {"error": "outside"}
    except duckdb.Error as error:
        return {"error": "wrong", **_told(str(error))}


def _read(con: duckdb.DuckDBPyConnection, order: dict[str, Any]) -> dict[str, Any]:
    statements = con.extract_statements(order["text"])
    if len(statements) != 1:
        return {"error": "statements", "count": len(statements)}
    if statements[0].type.name not in READING:
        return {"error": "writes", "kind": statements[0].type.name}
    timer = threading.Timer(order["seconds"], con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        cursor = con.execute(statements[0])
        names = [column[0] for column in cursor.description or ()]
        found = cursor.fetchmany(order["rows"] + 1)
    finally:
        timer.cancel()
    return {"names": names, "rows": found[: order["rows"]], "cut": len(found) > order["rows"]}


def _told(message: str) -> dict[str, Any]:
    """Return what DuckDB says, and where, from its message: ``Kind: {JSON}``."""
    try:
        told = json.loads(message[message.index("{") :])
        return {"message": told["exception_message"], "position": told.get("position")}
    except ValueError:
        return {"message": message, "position": None}


if __name__ == "__main__":
    main()
