"""Free SQL over the published warehouse. What belongs here: asking the reading process, and one line for what went wrong.

What does not: Loadpath's own SQL, which is trusted and runs in this process (``store``).
"""

import pickle
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.errors import LoadpathError, NothingFoundError, UsageError
from graph.stores.limits import Answer, Limits, too_long, too_much

PROGRAM = Path(__file__).with_name("sql_reader.py")
# DuckDB stops a query by itself when its time is over; a single function that runs on does not notice, and is ended after this.
GRACE_SECONDS = 1.0


class FreeSql:
    """A reading process on the warehouse, started at the first question; use it by ``with``, or ``close`` it."""

    def __init__(self, warehouse: Path, limits: Limits) -> None:
        self._warehouse = warehouse
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, text: str) -> Answer:
        """Return the rows of one statement that only reads, up to the limit.

        Raises UsageError naming what is wrong, where, and the nearest name; QueryLimitError when it takes more time or memory
        than it may have; NothingFoundError where nothing is published.
        """
        if not self._warehouse.exists():
            raise NothingFoundError(
                f"{self._warehouse}: nothing published yet; run `loadpath demo` or `loadpath add` first"
            )
        found = self._outcome({"text": text, "seconds": self._limits.seconds, "rows": self._limits.rows})
        if found.get("error") in ("too long", "too much"):
            # What it still holds, or still does, goes with its process.
            self.close()
        if "error" in found:
            raise _said(text, found, self._limits.seconds)
        return Answer([dict(zip(found["names"], row, strict=True)) for row in found["rows"]], found["cut"])

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def __enter__(self) -> "FreeSql":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _outcome(self, order: dict[str, Any]) -> dict[str, Any]:
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(pickle.dumps(order))
            process.stdin.flush()
            if not select.select([process.stdout], [], [], self._limits.seconds + GRACE_SECONDS)[0]:
                return {"error": "too long"}
            return dict(pickle.load(process.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            # A process that ends without a word was ended by the system: for want of memory.
            return {"error": "too much"}

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            # -P: what lies beside that file is no library of its.
            [sys.executable, "-P", str(PROGRAM), str(self._warehouse)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        if not process.stdout.read(1):
            lines = process.stderr.read().decode(errors="replace").splitlines()
            raise UsageError(f"{self._warehouse}: DuckDB cannot open it ({lines[-1] if lines else 'no reason given'})")
        process.stderr.close()
        return process


def _said(text: str, found: dict[str, Any], seconds: float) -> LoadpathError:
    kind = found["error"]
    if kind == "too long":
        return too_long("SQL", seconds)
    if kind == "too much":
        return too_much("SQL")
    if kind == "outside":
        return UsageError("SQL: free queries read the warehouse alone: no files, addresses or extensions")
    if kind == "writes":
        return UsageError(f"SQL: free queries only read, by SELECT, DESCRIBE, SHOW or EXPLAIN; this is {found['kind']}")
    if kind == "statements":
        hint = " (PIVOT counts as two without its IN list)" if found["count"] > 1 else ""
        return UsageError(f"SQL: one statement at a time; this text has {found['count']}{hint}")
    return UsageError(f"SQL{_place(text, found['position'])}: {_one_line(found['message'])}")


def _place(text: str, position: str | None) -> str:
    if position is None:
        return ""
    before = text.encode()[: int(position)].decode(errors="ignore")
    return f", line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"


def _one_line(message: str) -> str:
    """Return DuckDB's message, the nearest names with it, as one line."""
    return " ".join(message.replace("bindings: :", "bindings:").split())
