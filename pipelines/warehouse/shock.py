"""A shock replayed on the published warehouse. What belongs here: what a name means, what is hit at once, what texts tell of those hit.

What does not: how the shock spreads (``graph.analysis.shock``), or who a place hits (``queries/trace_outage``).
"""

import difflib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from graph.analysis.shock import STEPS
from graph.analysis.shock import rows as spread
from graph.completeness import Completeness, complete
from graph.errors import UsageError
from graph.model import load_registry
from graph.query import LATEST, find, run
from pipelines.settings import Settings
from pipelines.warehouse import analyses, store
from pipelines.warehouse.claims import day_of

PREDICATES = ("DEPENDS_ON", "EXPOSED_TO", "OPERATES", "SUPPLIES")
# What a shock can take away, in the order in which a name is looked up.
KINDS = ("Organization", "Offering", "Bottleneck", "Place", "Facility")
_NAMED = """
SELECT party_id, name, kind, coalesce(segment, '') AS segment FROM mart.dim_party
WHERE party_id = $name OR party_id = 'place:' || lower($name) OR lower(name) = lower($name)
"""
_DAYS = {"days": 1, "months": 30}


@dataclass(frozen=True, slots=True)
class Missing:
    """What is taken away: its ``kind`` is a node label, or Technology for words that only sentences name."""

    name: str
    kind: str
    party_id: str


@dataclass(frozen=True, slots=True)
class Shock:
    """What is missing, who is hit in order, the layers reached, what the graph cannot know in sentences, and what it rests on."""

    missing: Missing
    days: int
    hit: list[dict[str, Any]]
    layers: list[str]
    not_known: list[str]
    complete: Completeness


def shock(settings: Settings, what: str, days: int, as_of: str, known_on: str, steps: int = STEPS) -> Shock:
    """Return who is hit when ``what`` (a company, offering, technology, site, bottleneck's relief or place) is missing.

    ``days`` choose facts only: those about any day of the outage, from ``as_of`` on; without it all count. Raises UsageError
    with the closest names for what no text names, for a date that is none, and for days or ``steps`` below 1.
    """
    for option, value in (("days", days), ("steps", steps)):
        if value < 1:
            raise UsageError(f"--{option} {value}: at least 1")
    day, known = day_of("--as-of", as_of), day_of("--known-on", known_on) or LATEST
    until = day + timedelta(days=days) if day else None
    asked = {key: value for key, value in (("as_of", as_of), ("known_on", known_on)) if value}
    with store.connection(settings.warehouse) as con:
        missing = _missing(con, what)
        times = {"since": day, "until": until, "known_on": known}
        hits = _named(con, _hits(con, missing, days, times))
        links = store.rows(con, "SELECT * FROM mart.dependencies_between($since, $until, $known_on)", times)
        found = spread(links, hits, missing.name, steps)
        found = _with_told(con, found, known, days)
        layers = _layers(con, [row["party_id"] for row in found])
        organizations = [missing.party_id] if missing.kind == "Organization" else []
        rests_on = complete("sql", lambda text, values: store.rows(con, text, values), PREDICATES, organizations, asked)
        relief = _relief(con, missing, known)
    return Shock(
        missing, days, found, layers, [*relief, *_ends(found, steps), *_not_known(missing, found, days, day)], rests_on
    )


def _missing(con: duckdb.DuckDBPyConnection, what: str) -> Missing:
    organization = load_registry().find(what)
    if organization:
        return Missing(organization.name, "Organization", organization.id)
    named = [row for row in store.rows(con, _NAMED, {"name": what}) if row["kind"] in KINDS]
    first = min(named, key=lambda row: (KINDS.index(row["kind"]), row["party_id"]), default=None)
    if first and (first["kind"] != "Facility" or not _is_place(con, what)):
        return Missing(first["name"], first["kind"], first["party_id"])
    if _is_place(con, what):
        return Missing(what, "Place", "")
    missing = Missing(what, "Technology", "")
    if len(what) > 1 and _answer(
        con, "shock_technology", {"party": "", "words": what, "since": None, "until": None, "known_on": LATEST}
    ):
        return missing
    raise UsageError(f"{what}: no text names such a company, place, technology or bottleneck{_closest(con, what)}")


def _is_place(con: duckdb.DuckDBPyConnection, what: str) -> bool:
    """Return whether ``what`` is a place of the ontology, or one where a site is."""
    text = "SELECT 1 FROM core.place WHERE lower(name) = lower($name) UNION ALL SELECT 1 FROM mart.fct_facility WHERE lower(place) = lower($name) LIMIT 1"
    return bool(store.rows(con, text, {"name": what}))


def _closest(con: duckdb.DuckDBPyConnection, what: str) -> str:
    """Return the names closest to ``what`` as the end of a sentence."""
    rows = store.rows(
        con,
        "SELECT name FROM mart.dim_party WHERE kind IN ('Organization', 'Offering', 'Bottleneck', 'Place') UNION SELECT name FROM core.place ORDER BY 1",
    )
    names = {row["name"].casefold(): row["name"] for row in rows}
    near = difflib.get_close_matches(what.casefold(), names, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(names[name] for name in near)}?" if near else "; see `loadpath claims`"


def _answer(con: duckdb.DuckDBPyConnection, name: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    text = (store.SQL / "answers" / f"{name}.sql").read_text(encoding="utf-8")
    return store.rows(con, text, {key: value for key, value in values.items() if f"${key}" in text})


def _hits(con: duckdb.DuckDBPyConnection, missing: Missing, days: int, times: dict[str, Any]) -> list[dict[str, Any]]:
    """Return who is hit at once, each with its reason; a company is itself what is missing."""
    if missing.kind == "Organization":
        gone = {"party_id": missing.party_id, "basis": "is_missing", "claim_id": None, "confidence": 1.0}
        return [gone | {"relation": "", "sources": []}]
    if missing.kind == "Place":
        return _hit_by_place(con, missing, days, times)
    name = "shock_bottleneck" if missing.kind == "Bottleneck" else "shock_technology"
    return _answer(con, name, {"party": missing.party_id, "words": missing.name, **times})


def _hit_by_place(
    con: duckdb.DuckDBPyConnection, missing: Missing, days: int, times: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return who question 9 says is hit at once."""
    given = {"place": missing.name, "days": str(days), "hops": "0", "known_on": times["known_on"].isoformat()}
    given |= {"as_of": times["since"].isoformat()} if times["since"] else {}
    found = run(find("trace_outage"), "sql", lambda text, values: store.rows(con, text, values), given)
    claims = {row["steps"][0]: row for row in found}
    told = store.rows(
        con,
        "SELECT claim_id, subject_id AS party_id, confidence, [source_group] AS sources FROM mart.fct_claim WHERE list_contains($claims, claim_id)",
        {"claims": sorted(claims)},
    )
    return [
        row | {"basis": claims[row["claim_id"]]["basis"], "relation": claims[row["claim_id"]]["relations"][0]}
        for row in told
    ]


def _named(con: duckdb.DuckDBPyConnection, hits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    text = "SELECT party_id, name AS party, coalesce(segment, '') AS segment FROM mart.dim_party WHERE list_contains($parties, party_id)"
    names = {row["party_id"]: row for row in store.rows(con, text, {"parties": [hit["party_id"] for hit in hits]})}
    return [hit | names.get(hit["party_id"], {"party": hit["party_id"], "segment": ""}) for hit in hits]


def _with_told(
    con: duckdb.DuckDBPyConnection, found: list[dict[str, Any]], known: date, days: int
) -> list[dict[str, Any]]:
    """Return the rows with quotes, and with lead times, second sources and unnamed suppliers that texts tell of."""
    told = {
        row["party_id"]: row
        for row in _answer(con, "shock_told", {"parties": [row["party_id"] for row in found], "known_on": known})
    }
    nothing: dict[str, Any] = {"lead_times": [], "second_sources": [], "n_unnamed": 0}
    rows = []
    for row in found:
        of = told.get(row["party_id"], nothing)
        rows.append(row | {
            "lead_times": sorted({_lead_time(each, days) for each in of["lead_times"]}),
            "second_sources": sorted(of["second_sources"]),
            "n_unnamed": of["n_unnamed"],
        })  # fmt: skip
    claims = {claim for row in rows for claim in (*row["claim_ids"], *row["second_sources"])}
    quotes, sources = analyses.quotes_of(con, claims), _sources(con, [row["weakest_claim_id"] for row in rows])
    return [
        row | {
            "weakest_quote": quotes.get(row["weakest_claim_id"], ""),
            "weakest_source": sources.get(row["weakest_claim_id"], ""),
            "second_source_quotes": [quotes[claim] for claim in row["second_sources"]],
            "quotes": [quotes[claim] for claim in row["claim_ids"]],
        }
        for row in rows
    ]  # fmt: skip


def _sources(con: duckdb.DuckDBPyConnection, claims: list[str]) -> dict[str, str]:
    """Return who says a claim, where and when, by its id."""
    text = (
        "SELECT claim_id, concat_ws(', ', publisher, coalesce(nullif(document_title, ''), url), known_from) AS source "
        "FROM mart.fct_claim WHERE claim_id IN (SELECT unnest($claims::VARCHAR[]))"
    )
    return {
        row["claim_id"]: row["source"] for row in store.rows(con, text, {"claims": sorted({c for c in claims if c})})
    }


def _lead_time(told: dict[str, Any], days: int) -> str:
    """Return a lead time as written, and whether the outage is longer."""
    if told["unit"] not in _DAYS or told["low"] is None:
        return str(told["text"])
    longer = told["low"] * _DAYS[told["unit"]] > days
    return f"{told['text']} ({'longer' if longer else 'not longer'} than {days} days)"


def _layers(con: duckdb.DuckDBPyConnection, parties: list[str]) -> list[str]:
    text = (
        "SELECT DISTINCT l.name, l.rank FROM (SELECT unnest(layers) AS code FROM mart.dim_party WHERE list_contains($parties, party_id)) "
        "JOIN mart.dim_layer l USING (code) ORDER BY l.rank"
    )
    return [row["name"] for row in store.rows(con, text, {"parties": parties})]


def _relief(con: duckdb.DuckDBPyConnection, missing: Missing, known: date) -> list[str]:
    """Return in a sentence who relieves the bottleneck whose relief is missing; nothing for anything else."""
    if missing.kind != "Bottleneck":
        return []
    text = (
        "SELECT tier, list(DISTINCT subject_name ORDER BY subject_name) AS names FROM mart.claims_at(NULL::DATE, $known_on) "
        "WHERE predicate = 'RELIEVES' AND object_id = $party AND polarity = 'positive' AND review IS DISTINCT FROM 'rejected' GROUP BY tier"
    )
    names = {row["tier"]: row["names"] for row in store.rows(con, text, {"known_on": known, "party": missing.party_id})}
    sure, unsure = names.get("fact", []), len(names.get("candidate", []))
    relieved = f"Said to relieve it: {', '.join(sure)}" if sure else "No text says surely who relieves it"
    return [f"{relieved}; {unsure} more named by claims that are not sure enough."]


def _ends(found: list[dict[str, Any]], steps: int) -> list[str]:
    """Return in a sentence that the spread was cut, where it was."""
    return (
        [f"It may go on: only {steps} steps were followed (--steps)."] if found and found[-1]["step"] == steps else []
    )


def _not_known(missing: Missing, found: list[dict[str, Any]], days: int, day: date | None) -> list[str]:
    """Return in sentences what the graph cannot tell of this shock."""
    told = sum(1 for row in found if row["lead_times"])
    unnamed = [row for row in found if row["n_unnamed"]]
    said = [
        f"Order is by steps, not by time: no text tells how long stocks last; lead times are told of {told} of {len(found)} hit.",
        f"{days} days choose facts about the days from {day} on." if day else f"Without --as-of the {days} days choose nothing: facts about any time count.",
        "Substitutes are those that texts name for the same role; whether they have room is not told.",
    ]  # fmt: skip
    if missing.kind == "Place":
        said.append(f"A company in {missing.name} of which no text that was read says so is not hit.")
    if unnamed:
        count = sum(row["n_unnamed"] for row in unnamed)
        said.append(
            f"{len(unnamed)} of those hit have {count} suppliers without a name, which may be hit, or may help."
        )
    alone = sum(1 for row in found if row["claim_ids"] and row["n_publishers"] == 1)
    if alone:
        said.append(f"Of those hit, {alone} by a way that one publisher alone tells.")
    return said
