"""Files of people's decisions: one line a decision, versioned with the rest. What belongs here: reading, adding, taking back, and
the lines as a table.

What does not: what a line means (``judgements``, ``reviews``). A shipped file lies in ``graph/``, a user's own of the same name
in the home folder; both are read, and the order of lines means nothing. Whoever writes holds the lock of the home.
"""

import csv
import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from graph.errors import ModelError
from pipelines.warehouse.parts import write_table

SHIPPED = Path(__file__).parent.parent.parent / "graph"
SHARED_COLUMNS = ("who", "decided_on", "why")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its file as tables name it (``graph/…`` or the bare name), where it lies, its number, and its values."""

    file: str
    path: Path
    number: int
    values: dict[str, str]

    @property
    def place(self) -> str:
        """Return file and line for a message."""
        return f"{self.file if self.file.startswith('graph/') else self.path}:{self.number}"

    @property
    def decided_on(self) -> date:
        """Return the day of the decision."""
        return date.fromisoformat(self.values["decided_on"])

    def wrong(self, says: str) -> ModelError:
        """Return the error that names this line."""
        return ModelError(f"{self.place}: {says}")


def today() -> date:
    """Return the day of today, in UTC, by which a decision is dated and a date counts as future."""
    return datetime.now(UTC).date()


def read(name: str, columns: Sequence[str], home: Path, day: date) -> list[Line]:
    """Return the lines of the shipped file ``name`` and then of that in ``home``.

    Raises ModelError naming file and line for a file that is not of these columns, an empty value (``why`` may be empty),
    and a date that is none or lies after ``day``.
    """
    found = _read_file(SHIPPED / name, f"graph/{name}", columns)
    found += _read_file(home / name, name, columns)
    for line in found:
        _check(line, day)
    return found


def add(path: Path, columns: Sequence[str], values: dict[str, str]) -> int:
    """Add a line at the end of ``path`` (made where it is missing), whole or not at all; return its number."""
    text = path.read_text(encoding="utf-8") if path.exists() else _packed(columns)
    text = text if text.endswith("\n") else f"{text}\n"
    _replace(path, text + _packed([values[column] for column in columns]))
    return len(text.splitlines()) + 1


def take_back(path: Path, columns: Sequence[str], fits: Callable[[Line], bool]) -> Line | None:
    """Take the last line that ``fits`` out of ``path`` and return it, or None; all other lines stay byte for byte.

    With its last line goes the file, so that the home is as it was before the first decision.
    """
    lines = _read_file(path, path.name, columns)
    chosen = next((line for line in reversed(lines) if fits(line)), None)
    if chosen is None:
        return None
    if len(lines) == 1:
        path.unlink()
        return chosen
    with path.open(encoding="utf-8", newline="") as file:
        physical = file.readlines()
    after = min((line.number for line in lines if line.number > chosen.number), default=len(physical) + 1)
    _replace(path, "".join(physical[: chosen.number - 1] + physical[after - 1 :]))
    return chosen


def write(path: Path, lines: Sequence[Line], names: Mapping[str, str]) -> None:
    """Write ``lines`` as the Parquet table at ``path``; ``names`` maps its own columns to those of the file."""
    texts = {**names, "who": "who", "why": "why"}
    rows = [
        {
            **{column: line.values[value] for column, value in texts.items()},
            "decided_on": line.decided_on,
            "file": line.file,
            "line": line.number,
        }
        for line in lines
    ]
    order = [*names, "who", "decided_on", "why", "file", "line"]
    types = {"decided_on": pa.date32(), "line": pa.int32()}
    schema = pa.schema([(column, types.get(column, pa.string())) for column in order])
    write_table(pa.Table.from_pylist(rows, schema=schema), path)


def _packed(values: Sequence[str]) -> str:
    packed = io.StringIO()
    csv.writer(packed, lineterminator="\n").writerow(values)
    return packed.getvalue()


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f"{path.name}.writing")
    with building.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    building.replace(path)


def _read_file(path: Path, label: str, columns: Sequence[str]) -> list[Line]:
    if not path.exists():
        return []
    found: list[Line] = []
    shown = label if label.startswith("graph/") else str(path)
    number = 0
    try:
        # A byte order mark is what spreadsheets put before the first column's name.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for row in reader:
                start, number = number + 1, reader.line_num
                if start == 1 and row != list(columns):
                    raise ModelError(f"{shown}:1: the columns must be {','.join(columns)}")
                if start == 1 or not row:
                    continue
                if len(row) != len(columns):
                    raise ModelError(f"{shown}:{start}: {len(row)} values where {len(columns)} columns are")
                values = {column: value.strip() for column, value in zip(columns, row, strict=True)}
                found.append(Line(label, path, start, values))
    except (csv.Error, UnicodeDecodeError) as error:
        raise ModelError(f"{shown}:{number + 1}: not readable as CSV in UTF-8: {error}") from None
    if not number:
        raise ModelError(f"{shown}:1: the columns must be {','.join(columns)}")
    return found


def _check(line: Line, day: date) -> None:
    for column, value in line.values.items():
        if not value and column != "why":
            raise line.wrong(f"{column} is empty")
    written = line.values["decided_on"]
    try:
        decided = date.fromisoformat(written)
    except ValueError:
        decided = None
    # A date in another of ISO 8601's forms is refused too: the file has one way to write a day.
    if decided is None or decided.isoformat() != written:
        raise line.wrong(f"decided_on {written!r} is no day; write it as YYYY-MM-DD")
    if decided > day:
        raise line.wrong(f"decided_on {written} lies in the future (today is {day})")
