"""Which publication each graph was loaded from. What belongs here: the note beside the home's graph, and whether it is behind.

What does not: loading (``graph_load``). A graph that another home loaded has no note here, and nothing is said of it.
"""

import json
from pathlib import Path

from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.publications import Publications


def note_load(settings: Settings) -> None:
    """Note that the graph of ``settings`` now holds the published warehouse."""
    with store.connection(settings.warehouse) as con:
        (row,) = store.rows(con, "SELECT publication_id FROM raw.build")
    notes = _notes(settings) | {_graph(settings): row["publication_id"]}
    path = _path(settings)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(notes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(path)


def behind(settings: Settings) -> str:
    """Return one line for people where the graph was loaded from an older publication than the last, else nothing."""
    loaded = _notes(settings).get(_graph(settings))
    last = Publications(settings.home).last()
    if loaded is None or last is None or loaded == last.id:
        return ""
    return f"the graph holds publication {loaded}, the warehouse {last.id} of {last.published_at[:10]}: `loadpath neo4j load` brings it up"


def _graph(settings: Settings) -> str:
    return f"{settings.neo4j_uri} {settings.neo4j_database}" if settings.neo4j_uri else "embedded"


def _path(settings: Settings) -> Path:
    return settings.home / "graph_loads.json"


def _notes(settings: Settings) -> dict[str, str]:
    path = _path(settings)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
