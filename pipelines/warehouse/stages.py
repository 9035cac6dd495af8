"""The stages after raw, as plain functions that assets and commands call. What belongs here: what is due, and doing it.

What does not: how a document is read (``parse``), a claim found (``nlp``) or a table made (``sql``). Each stage compares
names of parts with what it should have, so that unchanged input is zero work and a killed run is finished by the next.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from graph.errors import InputRefusedError, ModelError
from graph.model import load_ontology, load_registry
from pipelines.fetch.archive import Archive, Fetch
from pipelines.ids import stable_id
from pipelines.nlp.pool import SECONDS_A_DOCUMENT, extract_all, guarded
from pipelines.nlp.version import extractor_version
from pipelines.parse.read import PARSER_VERSION, read_document
from pipelines.records import MINED_LANGUAGES, Given
from pipelines.resolve import judgements, model_tables, reviews
from pipelines.settings import Settings
from pipelines.warehouse import analyses, gates, increment, store
from pipelines.warehouse.parts import SCHEMAS, Parts, claim_row, document_row, read_document_part
from pipelines.warehouse.publications import ID_LENGTH, Publication, Publications

GRAPH = Path(__file__).parent.parent.parent / "graph"
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class StageReport:
    """What a stage did: parts written, parts that were there, inputs refused with their reasons.

    ``not_covered`` counts documents that were kept and not read further, because their language is not.
    """

    written: int = 0
    unchanged: int = 0
    not_covered: int = 0
    refused: list[InputRefusedError] = field(default_factory=list)


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""


def given_of(fetch: Fetch) -> Given:
    """Return what the fetch log knows of a document."""
    published = date.fromisoformat(fetch.published) if fetch.published else None
    return Given(url=fetch.url, publisher=fetch.publisher, published=published, title=fetch.title)


def current_fetches(settings: Settings) -> dict[str, Fetch]:
    """Return one fetch for each document ever archived, by hash: the first address that brought it names it.

    First is by day, then by address, so that it does not hang on which answer came sooner. What is known of a document from
    outside of its bytes is what the last line of that address says.
    """
    chosen: dict[str, Fetch] = {}
    brought = (f for f in Archive(settings.archive).fetches() if f.role == "document" and f.sha256)
    for fetch in sorted(brought, key=lambda f: (f.fetched_at[:10], f.url, f.fetched_at)):
        known = chosen.get(fetch.sha256)
        if known is None or known.url == fetch.url:
            chosen[fetch.sha256] = fetch
    return dict(sorted(chosen.items()))


def _document_key(fetch: Fetch) -> str:
    return stable_id("", PARSER_VERSION, fetch.url, fetch.name, fetch.publisher, fetch.published, fetch.title)


def write_document(archive: Path, parts: Path, fetch: Fetch, key: str) -> None:
    """Read the document that ``fetch`` brought and write its part; raise InputRefusedError with the reason."""
    document = read_document(Archive(archive).read(fetch.sha256), fetch.name, given_of(fetch))
    came = date.fromisoformat(fetch.fetched_at[:10])
    # A day of grace: it is already tomorrow where some publish.
    if document.published and document.published > came + timedelta(days=1):
        raise InputRefusedError(
            fetch.name, f"published on {document.published}, but it came on {came}; add it again with --published DATE"
        )
    Parts(parts, "documents").write(fetch.sha256, key, [document_row(document)])


def read_documents(
    settings: Settings, progress: Progress = no_progress, limit: float = SECONDS_A_DOCUMENT
) -> StageReport:
    """Read every archived document that is not read yet; refused ones leave a row with the reason.

    Each is read in a child process and gets ``limit`` seconds, with one job too: a page or a PDF can hang in native code.
    """
    report = StageReport()
    documents, refusals = Parts(settings.parts, "documents"), Parts(settings.parts, "refusals")
    due: list[tuple[Fetch, str]] = []
    wanted: set[Path] = set()
    for sha256, fetch in current_fetches(settings).items():
        key = _document_key(fetch)
        paths = documents.path(sha256, key), refusals.path(sha256, key)
        wanted.update(paths)
        if any(path.exists() for path in paths):
            report.unchanged += 1
        else:
            due.append((fetch, key))
    tasks = [(fetch.name, (settings.archive, settings.parts, fetch, key)) for fetch, key in due]
    results = guarded(write_document, tasks, settings.jobs, limit)
    for done, ((fetch, key), error) in enumerate(zip(due, results, strict=True), 1):
        if error:
            report.refused.append(error)
            row = {"sha256": fetch.sha256, "name": fetch.name, "stage": "documents", "reason": error.reason}
            refusals.write(fetch.sha256, key, [row])
        report.written += 1
        progress("documents", done, len(due))
    documents.keep_only(wanted)
    refusals.keep_only(wanted)
    return report


def read_claims(settings: Settings, progress: Progress = no_progress, limit: float = SECONDS_A_DOCUMENT) -> StageReport:
    """Find the claims of every document that has none under this version of the extractor.

    A document gets ``limit`` seconds. One that was refused leaves a row with the reason, and is tried again when document or
    extractor change.
    """
    report = StageReport()
    documents, claims = Parts(settings.parts, "documents"), Parts(settings.parts, "claims")
    refusals = Parts(settings.parts, "claim_refusals")
    due: dict[Path, tuple[str, str]] = {}
    wanted: set[Path] = set()
    version = extractor_version(settings.spacy_model)
    for name in documents.names():
        if name.startswith("_"):
            continue
        sha256, document_key = name.split(".")[:2]
        key = stable_id("", document_key, version)
        paths = claims.path(sha256, key), refusals.path(sha256, key)
        wanted.update(paths)
        if any(path.exists() for path in paths):
            report.unchanged += 1
        elif documents.language(name) not in MINED_LANGUAGES:
            # An empty part, so that the next run finds nothing to do.
            claims.write(sha256, key, [])
            report.not_covered += 1
        else:
            due[documents.folder / name] = (sha256, key)
    names = current_fetches(settings) if due else {}
    results = extract_all(list(due), read_document_part, settings.jobs, settings.spacy_model, limit)
    for done, each in enumerate(results, 1):
        sha256, key = due[each.path]
        if isinstance(each.found, InputRefusedError):
            name = names[sha256].name if sha256 in names else sha256
            report.refused.append(InputRefusedError(name, each.found.reason))
            row = {"sha256": sha256, "name": name, "stage": "claims", "reason": each.found.reason}
            refusals.write(sha256, key, [row])
        else:
            claims.write(sha256, key, [claim_row(claim) for claim in each.found])
        report.written += 1
        progress("claims", done, len(due))
    claims.keep_only(wanted)
    refusals.keep_only(wanted)
    return report


@dataclass(slots=True)
class Outcome:
    """What a build gave: rows by table (none where there was nothing to do), and what the gates say of what is live now."""

    rows: dict[str, int]
    verdicts: list[gates.Verdict]

    def warnings(self) -> list[str]:
        """Return what is published with a warning, and what only because it was accepted, in words."""
        said = [f"warning: {verdict}" for verdict in self.verdicts if verdict.outcome == "warned"]
        return said + [f"accepted: {verdict}" for verdict in self.verdicts if verdict.outcome == "accepted"]


def fingerprint(settings: Settings) -> str:
    """Return a hash over all that the warehouse is made from: fetch log, parts, model, judgements, decisions and SQL."""
    stages = [Parts(settings.parts, stage).names() for stage in sorted(SCHEMAS)]
    log = settings.archive / "fetches.jsonl"
    own = sorted(settings.home.glob("*.csv"))
    files = [
        *sorted(path for path in store.SQL.rglob("*") if path.suffix in (".sql", ".yml")),
        *sorted(Path(model_tables.__file__).parent.glob("*.py")),
        *sorted(GRAPH.glob("*.csv")),
        *(path for folder in ("analysis", "court") for path in sorted((GRAPH / folder).glob("*.*"))),
        Path(analyses.__file__),
    ]
    texts = [(path.parent.name, path.name, path.read_text(encoding="utf-8")) for path in files]
    # As bytes: what a person keeps there may be no text, which is for its reader to say.
    texts += [("home", path.name, path.read_bytes().hex()) for path in own]
    lines = log.read_text(encoding="utf-8") if log.exists() else ""
    return stable_id("", stages, lines, texts, extractor_version(settings.spacy_model))


def published_fingerprint(settings: Settings) -> str:
    """Return the fingerprint of the published warehouse, or nothing where there is none."""
    if not settings.warehouse.exists():
        return ""
    with store.connection(settings.warehouse) as con:
        return _fingerprint_in(con)


def _fingerprint_in(con: duckdb.DuckDBPyConnection) -> str:
    return str(store.rows(con, "SELECT fingerprint FROM raw.build")[0]["fingerprint"])


def building(settings: Settings) -> Path:
    """Return where the next warehouse is built."""
    return settings.home / "warehouse.building.duckdb"


def build_core(settings: Settings) -> dict[str, int]:
    """Build raw, doc, nlp and core tables beside the published warehouse; return rows by table, empty when unchanged.

    What an earlier build left there is removed; the file appears under its name when all of it is there. Raises ModelError naming
    file and line for a decision that cannot be followed; what is published stays as it is.
    """
    gates.load()
    judged, reviewed = judgements.read(settings.home), reviews.read(settings.home)
    path = building(settings)
    partial = path.with_suffix(".partial")
    for left in (path, partial):
        store.clear(left)
    published = published_fingerprint(settings)
    Publications(settings.home).settle(published)
    wanted = fingerprint(settings)
    if wanted == published:
        return {}
    model_tables.write(settings.parts / "model", load_ontology(), load_registry())
    judgements.write(settings.parts / "model", judged)
    reviews.write(settings.parts / "model", reviewed)
    counts = increment.build(settings.warehouse, partial, settings.parts, variables(settings, wanted))
    try:
        with store.connection(partial) as con:
            judgements.refuse_unknown(con, judged)
    except ModelError:
        store.clear(partial)
        raise
    partial.replace(path)
    return counts


def variables(settings: Settings, wanted: str) -> dict[str, str]:
    """Return what the SQL files read by ``getvariable``."""
    log = settings.archive / "fetches.jsonl"
    if not log.exists():
        log.parent.mkdir(parents=True, exist_ok=True)
        log.touch()
    return {
        "fingerprint": wanted,
        "reading": increment.reading(),
        "fetch_log": str(log),
        "documents": str(settings.parts / "documents" / "*.parquet"),
        "refusals": str(settings.parts / "*refusals" / "*.parquet"),
        "claims": str(settings.parts / "claims" / "*.parquet"),
        "model": str(settings.parts / "model"),
    }


def build_marts(settings: Settings, accept: Sequence[str] = ()) -> Outcome:
    """Build the marts, pass the gates and publish. Nothing is built when core had nothing to build.

    ``accept`` names gates of bounds whose minimum may be missed this time. Raises GateError naming gates, figures and bounds
    where any other fails; what was live stays, and the built file is kept to be looked at.
    """
    known = gates.load()
    gates.check_names(accept, known)
    path, log = building(settings), Publications(settings.home)
    if not path.exists():
        return Outcome({}, standing(settings))
    rows = store.build_layers(path, ("mart",), {}) | analyses.write(path)
    last = log.last()
    with store.connection(path) as con:
        figures = gates.measure(con, known)
        verdicts = gates.assert_all(con) + gates.judge(known, figures, last.figures if last else None, accept)
        made_from = _fingerprint_in(con)
        tables = store.counts(con)
    _refuse_failed(verdicts, path)
    outcome = Outcome(rows, verdicts)
    publication = Publication(
        number=last.number + 1 if last else 1,
        id=made_from[:ID_LENGTH],
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
        fingerprint=made_from,
        rows=tables,
        warnings=[str(verdict) for verdict in verdicts if verdict.outcome == "warned"],
        accepted=[str(verdict) for verdict in verdicts if verdict.outcome == "accepted"],
        figures=figures,
    )
    log.prepare(publication, settings.warehouse, path)
    os.replace(path, settings.warehouse)  # noqa: PTH105 (the atomic rename is the point)
    log.settle(made_from)
    return outcome


def _refuse_failed(verdicts: list[gates.Verdict], path: Path) -> None:
    failed = [verdict for verdict in verdicts if verdict.outcome == "failed"]
    if not failed:
        return
    refused = path.with_name("warehouse.refused.duckdb")
    path.replace(refused)
    named = list(dict.fromkeys(v.gate for v in failed if not v.gate.startswith("assert_")))
    meant = f"; if this is meant: loadpath refresh {' '.join(f'--accept {name}' for name in named)}" if named else ""
    more = f"; and {len(failed) - 10} more" if len(failed) > 10 else ""
    raise gates.PublicationRefusedError(
        f"not published: {'; '.join(map(str, failed[:10]))}{more}; what was live stays, the new file is kept at {refused}{meant}",
        verdicts,
    )


def standing(settings: Settings) -> list[gates.Verdict]:
    """Return what the gates say of the published warehouse against the publication before it; nothing where there is none."""
    if not settings.warehouse.exists():
        return []
    published = Publications(settings.home).all()
    last = published[-2].figures if len(published) > 1 else None
    accepted = [line.split(":")[0].split(" (")[0] for line in published[-1].accepted] if published else []
    known = gates.load()
    with store.connection(settings.warehouse) as con:
        return gates.assert_all(con) + gates.judge(known, gates.measure(con, known), last, accepted)


def refusals_of(settings: Settings, sha256s: list[str]) -> list[InputRefusedError]:
    """Return the refusals on record for these documents, for the report of an ``add``."""
    with store.connection(settings.warehouse) as con:
        found = store.rows(con, "SELECT sha256, name, reason FROM doc.refusal ORDER BY name")
    return [InputRefusedError(r["name"], r["reason"]) for r in found if r["sha256"] in set(sha256s)]
