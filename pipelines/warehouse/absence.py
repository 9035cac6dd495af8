"""Three kinds of absence: denied, not disclosed, not covered. What belongs here: the answer to ``loadpath absence COMPANY PREDICATE``.

What does not: what a filing says of a predicate (``sql/mart/views/absence_at.sql``), which items would tell it (``graph/analysis/told_in.yml``).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import duckdb

from graph.analysis.telling import SIDES, tellings
from graph.companies import company_id
from graph.errors import UsageError
from graph.model import load_ontology
from pipelines.warehouse import store
from pipelines.warehouse.differences import Moment, Shape

SHAPE = Shape(("company", "predicate", "side", "where"), ("verdict",))
ALL = "all documents"
VERDICTS = ("stated", "denied", "unsure", "not disclosed", "not covered")
_FILINGS = """
SELECT company_name AS company, predicate, side, form || ' ' || coalesce(period_end::VARCHAR, '') AS "where", verdict, n_stated, n_denied, n_unsure,
    items_read, items_unread, claim_ids, quotes, document_id
FROM mart.absence_at($as_of, $known_on)
WHERE company_id = $company AND predicate = $predicate AND ($side IS NULL OR side = $side)
ORDER BY side DESC, period_end, document_id
"""
# What is said in any document, the company's own or others'; a claim of its offering is one of the company.
_SAID = """
SELECT c.claim_id, c.polarity, c.tier, c.disclosed_by, c.quote
FROM mart.claims_at($as_of, $known_on) c
JOIN mart.dim_party s ON s.party_id = c.subject_id
LEFT JOIN mart.dim_party o ON o.party_id = c.object_id
WHERE c.predicate = $predicate
    AND (($side <> 'object' AND $company IN (s.party_id, s.owner_id)) OR ($side <> 'subject' AND $company IN (o.party_id, o.owner_id)))
ORDER BY c.claim_id
"""
_NAME = "SELECT name FROM mart.dim_party WHERE party_id = $company"


def absence(
    con: duckdb.DuckDBPyConnection, company: str, predicate: str, side: str, at: Moment
) -> list[dict[str, Any]]:
    """Return one row over all documents for each side of ``predicate`` on which ``company`` may stand, then one a filing of its own.

    Raises UsageError for an unknown company, predicate or side, and for a side on which no company stands.
    """
    sides = _sides(predicate, side)
    of = company_id(company, "sql", lambda text, given: store.rows(con, text, given))
    times = {"as_of": at.as_of, "known_on": at.known_on, "company": of, "predicate": predicate}
    names = store.rows(con, _NAME, {"company": of})
    filings = store.rows(con, _FILINGS, times | {"side": side or None})
    found = []
    for each in sides:
        own = [row for row in filings if row["side"] == each]
        both = load_ontology().predicates[predicate].symmetric
        said = store.rows(con, _SAID, times | {"side": "either" if both else each})
        row = {"company": names[0]["name"] if names else company, "predicate": predicate, "side": each}
        found += [row | _over_all(predicate, each, own, said), *own]
    return found


def _sides(predicate: str, side: str) -> list[str]:
    predicates = load_ontology().predicates
    if predicate not in predicates:
        raise UsageError(f"{predicate}: it is one of {', '.join(predicates)}")
    if side not in ("", *SIDES):
        raise UsageError(f"--side {side}: it is subject or object")
    known = predicates[predicate]
    possible = [name for name, kinds in (("subject", known.domain), ("object", known.range)) if "Organization" in kinds]
    if known.symmetric:
        possible = possible[:1]
    if side and side not in possible:
        raise UsageError(f"--side {side}: a company stands on the side {' or '.join(possible)} of {predicate}")
    return [side] if side else possible


def _over_all(
    predicate: str, side: str, filings: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return the row over all documents: the verdict, and in ``why`` what it rests on."""
    facts = [row for row in said if row["tier"] == "fact"]
    stated = [row for row in facts if row["polarity"] == "positive"]
    count = Counter(row["verdict"] for row in filings)
    if stated or len(facts) > len(stated):
        verdict = "stated" if stated else "denied"
    elif len(said) > len(facts):
        verdict = "unsure"
    else:
        verdict = "not disclosed" if count["not disclosed"] else "not covered"
    return {
        "where": ALL,
        "verdict": verdict,
        "n_stated": len(stated),
        "n_denied": len(facts) - len(stated),
        "n_unsure": len(said) - len(facts),
        "items_read": [],
        "items_unread": [],
        "claim_ids": [row["claim_id"] for row in facts],
        "quotes": [row["quote"] for row in facts],
        "document_id": None,
        "why": _why(predicate, side, filings, count, facts),
    }


def _why(
    predicate: str, side: str, filings: Sequence[dict[str, Any]], count: Counter[str], facts: Sequence[dict[str, Any]]
) -> str:
    others = sum(row["disclosed_by"] not in SIDES for row in facts)
    parts = [f"{others} of {len(facts)} facts are others'"] if facts else []
    if not any(each.predicate == predicate and each.side == side for each in tellings()):
        return "; ".join([*parts, f"no item of a periodic report would tell it from the side of the {side}"])
    if not filings:
        return "; ".join([*parts, "no periodic filing of its own of that time was read"])
    own = ", ".join(f"{verdict} in {count[verdict]}" for verdict in VERDICTS if count[verdict])
    return "; ".join([*parts, f"of {len(filings)} periodic filings: {own}"])
