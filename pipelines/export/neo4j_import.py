"""CSV for ``neo4j-admin database import``: the whole graph. What belongs here: headers, files, and the arguments that name them.

What does not: loading a running database (``loadpath neo4j load``). One file a label, and one for each type and pair of labels that it
joins; ids are those of the graph, in one id space a label. Lists are parted by a character that no
text has; a list of one empty text cannot be told from an empty list.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.properties import LIST, Property
from graph.rows import Row
from pipelines.export.marts import Marts

# ASCII's unit separator.
SEPARATOR = "\x1f"
ARGUMENTS = "import.args"
_TYPES = {"text": "string", "integer": "long", "number": "double", "flag": "boolean", "date": "date"}
_README = """neo4j-admin database import full neo4j @import.args

Run it in this folder, with the server stopped; it writes a new database. Then start the server and run `loadpath neo4j load`
once: it makes constraints and indexes, and puts right what this form cannot hold (a list of one empty text).
"""


class Neo4jImport:
    """``neo4j/*.csv``, ``neo4j/import.args``, ``neo4j/README.txt``."""

    def write(self, marts: Marts, folder: Path) -> None:
        """Write one file a label, one for each type and pair of labels."""
        to = folder / "neo4j"
        to.mkdir()
        graph = marts.graph
        options = []
        for label, rows in graph.nodes.items():
            carried = graph.carried(label)
            header = [f"id:ID({label})", *map(_header, carried.values())]
            _write(to / f"{label}.csv", header, ([row["id"], *_values(row, carried)] for row in rows))
            options.append(f"--nodes={label}={label}.csv")
        for kind, rows in graph.edges.items():
            carried = graph.carried(kind)
            for source, target in sorted({(row["from_label"], row["to_label"]) for row in rows}):
                header = [f":START_ID({source})", f":END_ID({target})", "id:string", *map(_header, carried.values())]
                pair = (row for row in rows if (row["from_label"], row["to_label"]) == (source, target))
                name = f"{kind}.{source}.{target}.csv"
                lines = ([row["from_id"], row["to_id"], row["id"], *_values(row, carried)] for row in pair)
                _write(to / name, header, lines)
                options.append(f"--relationships={kind}={name}")
        options += [f"--array-delimiter=U+{ord(SEPARATOR):04X}", "--multiline-fields=true", "--id-type=string"]
        (to / ARGUMENTS).write_text("\n".join(options) + "\n", encoding="utf-8", newline="\n")
        (to / "README.txt").write_text(_README, encoding="utf-8", newline="\n")


def _header(column: Property) -> str:
    inner = _TYPES[column.type.removeprefix(LIST)]
    return f"{column.name}:{inner}{'[]' if column.type.startswith(LIST) else ''}"


def _values(row: Row, carried: dict[str, Property]) -> list[Any]:
    return [row.get(name) for name in carried]


def _field(value: Any) -> str:
    """Return a value as a field: a text is quoted, so that an empty one is told from none."""
    if value is None:
        return ""
    return '"' + _plain(value).replace('"', '""') + '"' if isinstance(value, str | list) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(map(_plain, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write(path: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(header) + "\n")
        file.writelines(",".join(map(_field, row)) + "\n" for row in rows)
