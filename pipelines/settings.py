"""Settings, and the only reader of the environment. What belongs here: names, defaults, checks. What does not: use of them.

Sources, later ones win: defaults, a ``.env`` file in the working folder, the environment, arguments of the command line.
An unknown ``LOADPATH_*`` name is refused with the nearest known one.
"""

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from graph.errors import UsageError

# name → what it does; .env.example and the documentation are checked against this.
KNOWN = {
    "LOADPATH_HOME": "where state lives (archive, warehouse, graph, exports); default: var",
    "LOADPATH_CONTACT": "contact address in the user agent of fetches",
    "LOADPATH_ALLOW_HOSTS": "loopback or private hosts that may be fetched, separated by commas; none by default",
    "LOADPATH_SPACY_MODEL": "spaCy model to use before en_core_web_sm and its packaged copy",
    "LOADPATH_SCHEDULE": "on: the daily schedule runs; off (default): it waits",
    "LOADPATH_JOBS": "worker processes for reading documents; default: 2",
    "LOADPATH_REQUIRE_NEO4J": "1: tests fail, instead of skipping, where no Neo4j can be started",
}
NEO4J = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run; ``home`` is absolute."""

    home: Path
    contact: str = ""
    allow_hosts: frozenset[str] = frozenset()
    spacy_model: str = ""
    schedule_on: bool = False
    jobs: int = 2
    neo4j_uri: str = ""
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = "neo4j"

    @property
    def archive(self) -> Path:
        """Return the folder of archived bytes and the fetch log."""
        return self.home / "archive"

    @property
    def parts(self) -> Path:
        """Return the folder of Parquet parts, one a document and stage."""
        return self.home / "parts"

    @property
    def warehouse(self) -> Path:
        """Return the published DuckDB file."""
        return self.home / "warehouse.duckdb"


def load_settings(home: Path | None = None, environment: dict[str, str] | None = None) -> Settings:
    """Return the settings from ``environment`` (default: ``.env`` below the process's); ``home`` wins over both.

    Raises UsageError naming the setting for an unknown name or a value that does not fit.
    """
    values = environment if environment is not None else _environment()
    _refuse_unknown(values)
    return Settings(
        home=(home or Path(values.get("LOADPATH_HOME") or "var")).expanduser().absolute(),
        contact=values.get("LOADPATH_CONTACT", ""),
        allow_hosts=frozenset(h.strip() for h in values.get("LOADPATH_ALLOW_HOSTS", "").split(",") if h.strip()),
        spacy_model=values.get("LOADPATH_SPACY_MODEL", ""),
        schedule_on=_switch("LOADPATH_SCHEDULE", values.get("LOADPATH_SCHEDULE") or "off"),
        jobs=_positive("LOADPATH_JOBS", values.get("LOADPATH_JOBS") or "2"),
        neo4j_uri=values.get("NEO4J_URI", ""),
        neo4j_username=values.get("NEO4J_USERNAME") or "neo4j",
        neo4j_password=values.get("NEO4J_PASSWORD", ""),
        neo4j_database=values.get("NEO4J_DATABASE") or "neo4j",
    )


def _environment() -> dict[str, str]:
    from_file = {k: v for k, v in dotenv_values(Path(".env")).items() if v is not None}
    return {k: v for k, v in {**from_file, **os.environ}.items() if k.startswith("LOADPATH_") or k in NEO4J}


def _refuse_unknown(values: dict[str, str]) -> None:
    for name in sorted(values):
        if name.startswith("LOADPATH_") and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0)[0]
            raise UsageError(f"{name}: unknown setting; did you mean {near}?")


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise UsageError(f"{name}: {value!r} is neither on nor off")
    return value == "on"


def _positive(name: str, value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise UsageError(f"{name}: {value!r} is no whole number from 1 up")
    return int(value)
