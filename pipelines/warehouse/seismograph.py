"""The bottleneck seismograph, read from the marts. What belongs here: its filters, and which names and days they take.

What does not: what an event is (``sql/mart/fct_bottleneck_event.sql``), how it is printed (``pipelines.cli.seismograph``).
"""

import difflib
import re
from dataclasses import dataclass
from typing import Any

import duckdb

from graph import companies
from graph.errors import NothingFoundError, UsageError
from pipelines.settings import Settings
from pipelines.warehouse import store
from pipelines.warehouse.claims import day_of
from pipelines.warehouse.differences import Moment, Shape, moment

_EVENTS = """
SELECT company, bottleneck, sense, event, via, tier, day, form, period_end, document_title, before_form, before_period_end,
    before_document_title, item, severity, before_severity, figures, quote, before_quote, source_group, known_from, known_to,
    claim_ids, before_claim_ids, bottleneck_code, company_id, document_id, before_document_id, share, event_id
FROM mart.bottleneck_events_at($as_of::DATE, $known_on::DATE)
WHERE ($bottleneck IS NULL OR bottleneck_code = $bottleneck) AND ($company IS NULL OR company_id = $company)
    AND ($since IS NULL OR day >= $since::DATE)
"""
_MOMENTUM = """
SELECT m.bottleneck_code, b.name AS bottleneck, m.quarter, m.sources, m.more, m.less, m.claim_ids
FROM mart.bottleneck_momentum_at($as_of::DATE, $known_on::DATE, $candidates) m
JOIN mart.dim_bottleneck b ON b.code = m.bottleneck_code
WHERE ($bottleneck IS NULL OR m.bottleneck_code = $bottleneck) AND ($since IS NULL OR m.quarter >= date_trunc('quarter', $since::DATE))
ORDER BY b.name, m.quarter
"""
SHAPE = Shape(
    key=("company", "bottleneck", "day", "event", "event_id"),
    columns=("severity", "before_severity"),
    claims=("claim_ids", "before_claim_ids"),
)


@dataclass(frozen=True, slots=True)
class Seismograph:
    """Events in order of company, bottleneck, sense and day; how many more rest on candidates; quarters of each bottleneck."""

    events: list[dict[str, Any]]
    set_aside: int
    momentum: list[dict[str, Any]]


def seismograph(
    settings: Settings, bottleneck: str, company: str, since: str, as_of: str, known_on: str, candidates: bool
) -> Seismograph:
    """Return what changed in how bottlenecks are spoken of; empty filters pass everything.

    ``since`` and ``as_of`` are the first and the last day of events, ``known_on`` keeps those that were known then. Events that
    rest on a candidate are counted, and given only with ``candidates``. Momentum is over all companies. Raises UsageError for an
    unknown name or a wrong day, NothingFoundError with the reason where no event fits.
    """
    at = moment(as_of, known_on)
    with store.connection(settings.warehouse) as con:
        values = _asked(con, bottleneck, company, since, at)
        found = store.rows(con, _EVENTS, values)
        shown = [row for row in found if candidates or row["tier"] == "fact"]
        if not shown:
            raise NothingFoundError(_why(con, values, len(found)))
        quarters = {name: values[name] for name in ("bottleneck", "since", "as_of", "known_on")}
        momentum = store.rows(con, _MOMENTUM, {**quarters, "candidates": candidates})
    return Seismograph(shown, len(found) - len(shown), momentum)


def events(
    con: duckdb.DuckDBPyConnection, bottleneck: str, company: str, since: str, at: Moment, candidates: bool
) -> list[dict[str, Any]]:
    """Return the events at a moment, as ``seismograph`` gives them; none where none fits."""
    found = store.rows(con, _EVENTS, _asked(con, bottleneck, company, since, at))
    return [row for row in found if candidates or row["tier"] == "fact"]


def _asked(con: duckdb.DuckDBPyConnection, bottleneck: str, company: str, since: str, at: Moment) -> dict[str, Any]:
    """Return what the statements take; raise UsageError for an unknown name or a wrong day."""
    first = day_of("--since", since)
    if first and at.as_of and first > at.as_of:
        raise UsageError(f"--since {since}: it is later than --as-of {at.as_of}")
    party = companies.company_id(company, "sql", lambda sql, given: store.rows(con, sql, given)) if company else None
    code = _code(con, bottleneck) if bottleneck else None
    return {"bottleneck": code, "company": party, "since": first, "as_of": at.as_of, "known_on": at.known_on}


def _code(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return the code of the bottleneck of this code or name; raise UsageError with the closest ones."""
    known = store.rows(con, "SELECT code, name FROM mart.dim_bottleneck ORDER BY code")
    codes = {row["name"].casefold(): row["code"] for row in known} | {
        row["code"].casefold(): row["code"] for row in known
    }
    if name.casefold() in codes:
        return str(codes[name.casefold()])
    # A name is known by any of its words: "powr" is near to "power availability".
    words = {word: code for key, code in codes.items() for word in (key, *re.split("[^a-z]+", key)) if word}
    near = difflib.get_close_matches(name.casefold(), words, n=6, cutoff=0.6)
    chosen = list(dict.fromkeys(words[word] for word in near))[:3]
    hint = f"did you mean {' or '.join(chosen)}?" if chosen else "`loadpath query rank_bottlenecks` lists them"
    raise UsageError(f"{name}: no such bottleneck; {hint}")


def _why(con: duckdb.DuckDBPyConnection, values: dict[str, Any], on_candidates: int) -> str:
    if on_candidates:
        return f"no event rests on facts alone; {on_candidates} rest on candidates (--candidates shows them)"
    sql = "SELECT count(DISTINCT document_id) AS n FROM core.filing_item WHERE filer_id = $company AND known_from <= $known_on::DATE"
    if values["company"]:
        n = store.rows(con, sql, {"company": values["company"], "known_on": values["known_on"]})[0]["n"]
        if n < 2:
            return f"no event: {n or 'no'} periodic report of the company is held, and two are needed to compare; add more of its filings"
    return "no event fits; leave a filter out, or give other dates"
