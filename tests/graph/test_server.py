"""The local Neo4j's start. What belongs here: what it refuses before a process is begun."""

import socket

import pytest

from graph import server
from graph.errors import UsageError


def test_a_port_that_another_program_has_is_named(tmp_path):
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / "lib").mkdir()
    (tmp_path / "neo4j" / "lib" / ".complete").touch()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is in use"):
            server.start(tmp_path, port=port)
    assert server.status(tmp_path) is None
