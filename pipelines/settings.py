"""Settings, and the only reader of the environment. What belongs here: names, defaults, checks. What does not: use of them.

Sources, later ones win: defaults, a ``.env`` file in the working folder, the environment, arguments of the command line.
An unknown ``LOADPATH_*`` name is refused with the nearest known one.
"""

import difflib
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dotenv import dotenv_values

from graph.errors import UsageError
from graph.stores.limits import Limits

# name → what it does; .env.example and the documentation are checked against this.
KNOWN = {
    "LOADPATH_HOME": "where state lives (archive, warehouse, graph, exports); default: var",
    "LOADPATH_CONTACT": "contact address in the user agent of fetches; EDGAR needs it",
    "LOADPATH_COMPANIES": "tickers or CIKs whose filings are fetched, separated by commas; default: the registry's filers",
    "LOADPATH_SINCE": "first day of filings and pages that are wanted, YYYY-MM-DD; default: as each source says",
    "LOADPATH_EDGAR_INDEX": "how filings are found: submissions (default), daily or current",
    "LOADPATH_EDGAR_URL": "base address of EDGAR's archives; default: https://www.sec.gov",
    "LOADPATH_EDGAR_DATA_URL": "base address of EDGAR's lists of filings; default: https://data.sec.gov",
    "LOADPATH_FEEDS": "RSS or Atom feeds to read: names of the shipped list or addresses, separated by commas",
    "LOADPATH_SITEMAPS": "sitemaps to read, each with #/path/ to keep, separated by commas",
    "LOADPATH_INBOX": "folder whose files are documents; default: inbox below LOADPATH_HOME",
    "LOADPATH_ALLOW_HOSTS": "loopback or private hosts that may be fetched, separated by commas; none by default",
    "LOADPATH_SPACY_MODEL": "spaCy model to use before en_core_web_sm and its packaged copy",
    "LOADPATH_SCHEDULE": "on: the daily schedule runs; off (default): it waits",
    "LOADPATH_JOBS": "worker processes for reading documents; default: 2",
    "LOADPATH_EXPORTS": "formats that each publication writes into exports below LOADPATH_HOME, separated by commas; default: all",
    "LOADPATH_QUERY_SECONDS": "how long a query of the graph, or free SQL, may run; default: 30",
    "LOADPATH_QUERY_ROWS": "how many rows free Cypher or SQL returns at most; default: 10000",
    "LOADPATH_REQUIRE_NEO4J": "1: tests fail, instead of skipping, where no Neo4j can be started",
    "LOADPATH_REQUIRE_BROWSER": "1: tests fail, instead of skipping, where there is no Chromium",
}
NEO4J = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run; ``home`` is absolute."""

    home: Path
    contact: str = ""
    companies: tuple[str, ...] = ()
    since: date | None = None
    edgar_index: str = "submissions"
    edgar_url: str = "https://www.sec.gov"
    edgar_data_url: str = "https://data.sec.gov"
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    inbox: Path = Path("inbox")
    allow_hosts: frozenset[str] = frozenset()
    spacy_model: str = ""
    schedule_on: bool = False
    jobs: int = 2
    exports: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    neo4j_uri: str = ""
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = "neo4j"

    # The LOADPATH_* settings that were given a value: some turn a source on.
    given: frozenset[str] = frozenset()

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
    home = (home or Path(values.get("LOADPATH_HOME") or "var")).expanduser().absolute()
    return Settings(
        home=home,
        contact=values.get("LOADPATH_CONTACT", ""),
        companies=_list(values, "LOADPATH_COMPANIES"),
        since=_day("LOADPATH_SINCE", values.get("LOADPATH_SINCE", "")),
        edgar_index=_one_of(
            "LOADPATH_EDGAR_INDEX",
            values.get("LOADPATH_EDGAR_INDEX") or "submissions",
            ("submissions", "daily", "current"),
        ),
        edgar_url=_address("LOADPATH_EDGAR_URL", values.get("LOADPATH_EDGAR_URL") or "https://www.sec.gov").rstrip("/"),
        edgar_data_url=_address(
            "LOADPATH_EDGAR_DATA_URL", values.get("LOADPATH_EDGAR_DATA_URL") or "https://data.sec.gov"
        ).rstrip("/"),
        feeds=_list(values, "LOADPATH_FEEDS"),
        sitemaps=_addresses("LOADPATH_SITEMAPS", values),
        inbox=Path(values.get("LOADPATH_INBOX") or home / "inbox").expanduser().absolute(),
        given=frozenset(name for name, value in values.items() if value),
        allow_hosts=frozenset(_list(values, "LOADPATH_ALLOW_HOSTS")),
        spacy_model=values.get("LOADPATH_SPACY_MODEL", ""),
        schedule_on=_switch("LOADPATH_SCHEDULE", values.get("LOADPATH_SCHEDULE") or "off"),
        jobs=_positive("LOADPATH_JOBS", values.get("LOADPATH_JOBS") or "2"),
        exports=_list(values, "LOADPATH_EXPORTS"),
        limits=Limits(
            _positive("LOADPATH_QUERY_SECONDS", values.get("LOADPATH_QUERY_SECONDS") or "30"),
            _positive("LOADPATH_QUERY_ROWS", values.get("LOADPATH_QUERY_ROWS") or "10000"),
        ),
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


def _list(values: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in values.get(name, "").split(",") if part.strip())


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise UsageError(f"{name}: {value!r} is neither on nor off")
    return value == "on"


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"{name}: {value!r} is none of {', '.join(known)}")
    return value


def _address(name: str, value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise UsageError(f"{name}: {value!r} is no address; it begins with https:// or http://")
    return value


def _addresses(name: str, values: dict[str, str]) -> tuple[str, ...]:
    return tuple(_address(name, text) for text in _list(values, name))


def _day(name: str, value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise UsageError(f"{name}: {value!r} is no day; write it as YYYY-MM-DD") from None


def _positive(name: str, value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise UsageError(f"{name}: {value!r} is no whole number from 1 up")
    return int(value)
