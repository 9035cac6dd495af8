"""Gates: what must hold before a warehouse is published. What belongs here: running ``sql/checks`` and judging figures.

What does not: the assertions and bounds themselves (``sql/checks``), or what follows from them (``store``, ``stages``).
An assertion (``assert_<what>.sql``) returns offending rows, of which there may be none; so do the tests of tables
(``tables.table_tests``). A gate of ``bounds.yml`` is a query
whose rows have a figure each; below the minimum nothing is published, above the maximum a warning is kept with the
publication. A gate that is ``compared`` judges the figure as a multiple of the last publication's.
"""

import difflib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import GateError, UsageError
from graph.model_files import check_keys, read_yaml, wrong
from pipelines.warehouse.tables import table_tests

CHECKS = Path(__file__).parent.parent.parent / "sql" / "checks"
_COLUMNS = ["item", "figure", "rows"]
# The assertion that holds what the pages of the tables promise: keys, required columns, closed lists, references.
TABLES = "assert_tables"

# By gate and item: the figure, and the number of rows that it rests on.
Figures = dict[str, dict[str, tuple[float, int]]]


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate of ``bounds.yml``. Items that rest on fewer than ``rows`` rows are shown and not judged."""

    name: str
    says: str
    measure: str
    minimum: float | None = None
    maximum: float | None = None
    compared: bool = False
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its bounds; ``outcome`` is passed, warned, failed, accepted or not judged.

    ``figure`` of an assertion is the number of offending rows. ``before`` is set where a figure is a multiple of that.
    """

    gate: str
    item: str
    figure: float
    minimum: float | None
    maximum: float | None
    outcome: str
    before: float | None = None
    example: str = ""

    def __str__(self) -> str:
        """Return the assertion, the figure and the bound in words."""
        name = f"{self.gate} ({self.item})" if self.item else self.gate
        if self.gate.startswith("assert_"):
            return f"{name}: {self.figure:.0f} rows where none may be, such as {self.example}"
        figure = f"{self.figure:.4g}" + (" times the last version's" if self.before is not None else "")
        below = self.minimum is not None and self.figure < self.minimum
        bound = f"below the minimum of {self.minimum:g}" if below else f"above the maximum of {self.maximum or 0:g}"
        was = f" ({self.before:g} before)" if self.before is not None else ""
        return f"{name}: {figure}{was} is {bound}"


class PublicationRefusedError(GateError):
    """A gate failed and nothing was published; ``verdicts`` are those of all gates."""

    def __init__(self, message: str, verdicts: Sequence[Verdict] = ()) -> None:
        super().__init__(message)
        self.verdicts = verdicts


def load(path: Path = CHECKS / "bounds.yml") -> dict[str, Gate]:
    """Return the gates of ``path`` by name; raise ModelError naming file and line for what cannot be one."""
    entries = read_yaml(path)
    if not isinstance(entries, dict):
        raise wrong(path, (), "gates by name are expected here")
    return {str(name): _gate(path, str(name), entry) for name, entry in entries.items()}


def _gate(path: Path, name: str, entry: Any) -> Gate:
    check_keys(path, (name,), entry, ("says", "measure"), ("minimum", "maximum", "compared", "rows"))
    kinds: dict[str, type | tuple[type, ...]] = {
        "says": str,
        "measure": str,
        "minimum": (int, float),
        "maximum": (int, float),
        "compared": bool,
        "rows": int,
    }
    for key, value in entry.items():
        if not isinstance(value, kinds[key]) or (isinstance(value, bool) and key != "compared"):
            raise wrong(path, (name, key), f"{name}: {key} cannot be {value!r:.60}")
    low, high = entry.get("minimum"), entry.get("maximum")
    if low is None and high is None:
        raise wrong(path, (name,), f"{name}: a minimum or a maximum is missing; it would judge nothing")
    if low is not None and high is not None and low > high:
        raise wrong(path, (name, "minimum"), f"{name}: the minimum {low} is above the maximum {high}")
    return Gate(name=name, **entry)


def assertions(folder: Path = CHECKS) -> dict[str, str]:
    """Return the SQL of each assertion by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("assert_*.sql"))}


def comment(sql: str) -> str:
    """Return what an assertion says of itself: the comment that it begins with."""
    lines = itertools.takewhile(lambda line: line.startswith("--"), sql.splitlines())
    return " ".join(line.removeprefix("--").strip() for line in lines)


def check_names(names: Iterable[str], known: Mapping[str, Gate]) -> None:
    """Raise UsageError for a name that can be no acceptance: unknown, or an assertion, which holds always."""
    for name in names:
        if name in (*assertions(), TABLES):
            raise UsageError(f"--accept {name}: an assertion cannot be accepted; what it finds must be mended")
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)
            raise UsageError(f"--accept {name}: no such gate; did you mean {near[0] if near else 'none'}?")


def assert_all(con: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Run every assertion, and the tests of all tables; return their verdicts."""
    found = []
    for name, sql in assertions().items():
        cursor = _run(con, CHECKS / f"{name}.sql", (), name, sql)
        offending = cursor.fetchall()
        example = ", ".join(map(str, offending[0])) if offending else ""
        found.append(Verdict(name, "", len(offending), None, 0, "failed" if offending else "passed", None, example))
    return found + _assert_tables(con)


def _assert_tables(con: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Run what the tables' ``.yml`` promise; return a verdict for each promise that is broken, or the one that none is."""
    broken = [(name, rows) for name, sql in table_tests() if (rows := con.execute(sql).fetchall())]
    verdicts = [
        Verdict(TABLES, name, len(rows), None, 0, "failed", None, ", ".join(map(str, rows[0]))) for name, rows in broken
    ]
    return verdicts or [Verdict(TABLES, "", 0, None, 0, "passed")]


def measure(con: duckdb.DuckDBPyConnection, gates: Mapping[str, Gate], path: Path = CHECKS / "bounds.yml") -> Figures:
    """Return the figures of all gates; raise ModelError naming file and line where a measure is no such query."""
    figures = {}
    for gate in gates.values():
        cursor = _run(con, path, (gate.name, "measure"), gate.name, gate.measure)
        if (names := [column[0] for column in cursor.description or ()]) != _COLUMNS:
            says = f"{gate.name}: its columns are {', '.join(names)}; they must be {', '.join(_COLUMNS)}"
            raise wrong(path, (gate.name, "measure"), says)
        figures[gate.name] = {
            str(item or ""): (float(figure), int(rows))
            for item, figure, rows in cursor.fetchall()
            if figure is not None
        }
    return figures


def _run(
    con: duckdb.DuckDBPyConnection, path: Path, place: tuple[str, ...], name: str, sql: str
) -> duckdb.DuckDBPyConnection:
    try:
        return con.execute(sql)
    except duckdb.Error as error:
        says = f"{name}: DuckDB says: {str(error).splitlines()[0]}"
        if path.suffix == ".sql":
            raise GateError(f"{path.name}: {says}") from None
        raise wrong(path, place, says) from None


def judge(
    gates: Mapping[str, Gate], figures: Figures, last: Figures | None, accepted: Sequence[str] = ()
) -> list[Verdict]:
    """Return a verdict on each figure; ``last`` are those of the last publication, None where there is none."""
    found = []
    for gate in gates.values():
        now, before = figures[gate.name], (last or {}).get(gate.name, {})
        for item in sorted({*now, *(before if gate.compared else ())}):
            verdict = _verdict(gate, item, now.get(item, (0.0, 0)), before.get(item))
            if verdict.outcome == "failed" and gate.name in accepted:
                verdict = replace(verdict, outcome="accepted")
            found.append(verdict)
    return found


def _verdict(gate: Gate, item: str, now: tuple[float, int], before: tuple[float, int] | None) -> Verdict:
    figure, rows = now
    was = None
    if gate.compared:
        if before is None or before[0] == 0:
            # What the last version did not have cannot have drifted.
            return Verdict(gate.name, item, figure, gate.minimum, gate.maximum, "not judged")
        was, rows = before[0], max(rows, before[1])
        figure /= was
    outcome = "passed"
    if rows < gate.rows:
        outcome = "not judged"
    elif gate.minimum is not None and figure < gate.minimum:
        outcome = "failed"
    elif gate.maximum is not None and figure > gate.maximum:
        outcome = "warned"
    return Verdict(gate.name, item, figure, gate.minimum, gate.maximum, outcome, was)
