"""A market of any size as graph rows, the same for the same seed: for measuring loads and questions, not for their answers.

``rows(nodes, relationships)`` gives what ``graph.load.load`` takes. Parties deal with parties near them and with the larger ones of
their own neighbourhood, so that a market of a hundred times the size has as many neighbours within three hops as a small one.
From the shell, ``python -m tests.bench.synthetic_graph --times 100`` loads 200,000 nodes and 1,000,000 relationships into the
graph that NEO4J_URI names, or into the embedded one of --home.
"""

import argparse
import random
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from graph.load import load
from graph.model import load_ontology
from pipelines.settings import load_settings
from pipelines.warehouse.graph_load import open_graph

Rows = dict[str, list[dict[str, Any]]]
NODES, RELATIONSHIPS = 2_000, 10_000
# Of a hundred nodes so many are of each label; organizations take what is left.
SHARES = {"Claim": 30, "Evidence": 25, "AnonymousParty": 8, "Document": 5, "Offering": 2}
# Of ten relationships between parties so many are of each type.
PREDICATES = {"SUPPLIES": 4, "DEPENDS_ON": 2, "COMPETES_WITH": 2, "FINANCES": 1, "PARTNERS_WITH": 1}
LAYERS = ("compute", "data_storage", "models", "networking_systems", "orchestration")
# How far the parties of one relationship stand from one another, and how many share one large neighbour.
NEAR, NEIGHBOURHOOD = 60, 200
FIRST, OPEN = date(2020, 1, 1), date(9999, 12, 31)


def rows(nodes: int = NODES, relationships: int = RELATIONSHIPS, seed: int = 7) -> tuple[Rows, Rows]:
    """Return node and relationship rows of about that many nodes and exactly that many relationships."""
    chance = random.Random(seed)
    counts = {label: nodes * share // 100 for label, share in SHARES.items()}
    counts["Organization"] = nodes - sum(counts.values()) - len(LAYERS)
    found: Rows = {"StackLayer": [{"id": code, "name": code, "rank": at} for at, code in enumerate(LAYERS)]}
    for label in ("Organization", "AnonymousParty", "Offering"):
        found[label] = [_party(label, at) for at in range(counts[label])]
    found["Document"] = [_document(at) for at in range(counts["Document"])]
    found["Evidence"] = [_evidence(at, counts["Document"]) for at in range(counts["Evidence"])]
    found["Claim"] = [_claim(at, counts, chance) for at in range(counts["Claim"])]
    edges = _structure(found)
    left = relationships - sum(map(len, edges.values()))
    return found, edges | _between_parties(left, counts, found["Claim"], chance)


def _party(label: str, at: int) -> dict[str, Any]:
    return {"id": f"{label.lower()}-{at:07}", "name": f"{label} {at}", "layers": [], "tickers": [], "registered": True}


def _document(at: int) -> dict[str, Any]:
    day = FIRST + timedelta(days=at % 2000)
    return {"id": f"document-{at:07}", "name": f"Document {at}", "publisher": f"Publisher {at % 50}", "known_from": day}


def _evidence(at: int, documents: int) -> dict[str, Any]:
    quote = f"Party {at} said in its report that it buys what it needs from its neighbours and sells to others."
    place = {"char_start": at, "char_end": at + len(quote), "document_id": f"document-{at % documents:07}"}
    return {"id": f"evidence-{at:07}", "quote": quote, "section": "", **place}


def _claim(at: int, counts: dict[str, int], chance: random.Random) -> dict[str, Any]:
    left, right = _pair(counts["Organization"], chance)
    evidence = at % counts["Evidence"]
    return {
        "id": f"claim-{at:07}",
        "predicate": chance.choice(sorted(PREDICATES)),
        "polarity": "positive",
        "modality": "asserted",
        "tier": "fact",
        "sole_source": at % 20 == 0,
        "named": True,
        "confidence": round(0.5 + at % 50 / 100, 2),
        "subject_id": f"organization-{left:07}",
        "subject_name": f"Organization {left}",
        "object_id": f"organization-{right:07}",
        "object_name": f"Organization {right}",
        "object_kind": "Organization",
        "quote": f"Party {evidence} said in its report that it buys what it needs from its neighbours and sells to others.",
        "document_id": f"document-{evidence % counts['Document']:07}",
        "known_from": FIRST + timedelta(days=at % 2000),
    }


def _pair(organizations: int, chance: random.Random) -> tuple[int, int]:
    """Return two different organizations: near one another, each fourth time one of them the largest around."""
    left = chance.randrange(organizations)
    right = left - left % NEIGHBOURHOOD if chance.random() < 0.25 else left + chance.randint(1, NEAR)
    return left, (right if right != left else left + 1) % organizations


def _edge(kind: str, left: tuple[str, str], right: tuple[str, str], **values: Any) -> dict[str, Any]:
    ends = {"from_label": left[0], "from_id": left[1], "to_label": right[0], "to_id": right[1]}
    return {"id": f"{left[1]}|{kind}|{right[1]}", **ends, **values}


def _structure(found: Rows) -> Rows:
    """Return each claim's way to its parties and words, each run of words' way to its document, and layers."""
    claims, layers = found["Claim"], found["Organization"]
    evidence = [row["id"] for row in found["Evidence"]]
    return {
        "SUBJECT": [_edge("SUBJECT", ("Claim", c["id"]), ("Organization", c["subject_id"])) for c in claims],
        "OBJECT": [_edge("OBJECT", ("Claim", c["id"]), ("Organization", c["object_id"])) for c in claims],
        "SUPPORTED_BY": [
            _edge("SUPPORTED_BY", ("Claim", c["id"]), ("Evidence", evidence[at % len(evidence)]))
            for at, c in enumerate(claims)
        ],
        "IN_DOCUMENT": [
            _edge("IN_DOCUMENT", ("Evidence", e["id"]), ("Document", e["document_id"])) for e in found["Evidence"]
        ],
        "IN_LAYER": [
            _edge("IN_LAYER", ("Organization", o["id"]), ("StackLayer", LAYERS[at % len(LAYERS)]))
            for at, o in enumerate(layers)
        ],
    }


def _between_parties(wanted: int, counts: dict[str, int], claims: list[dict[str, Any]], chance: random.Random) -> Rows:
    """Return ``wanted`` different relationships of the predicates, each carried by one to three claims."""
    kinds = [kind for kind, share in sorted(PREDICATES.items()) for _ in range(share)]
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in PREDICATES}
    made = 0
    while made < wanted:
        kind = chance.choice(kinds)
        left, right = _pair(counts["Organization"], chance)
        ends = ("Organization", f"organization-{left:07}"), ("Organization", f"organization-{right:07}")
        row = _edge(kind, *ends)
        if row["id"] in found[kind]:
            continue
        first = made % len(claims)
        found[kind][row["id"]] = row | _carried(claims[first : first + 1 + made % 3])
        made += 1
    return {kind: list(each.values()) for kind, each in found.items()}


def _carried(claims: list[dict[str, Any]]) -> dict[str, Any]:
    days = [claim["known_from"] for claim in claims]
    return {
        "claim_ids": [claim["id"] for claim in claims],
        "claim_known_from": days,
        "claim_known_to": [OPEN] * len(claims),
        "claim_valid_from": [date(1, 1, 1)] * len(claims),
        "claim_valid_to": [OPEN] * len(claims),
        "claim_modalities": ["asserted"] * len(claims),
        "n_claims": len(claims),
        "n_documents": len(claims),
        "n_publishers": 1,
        "publishers": ["Publisher 1"],
        "first_known": min(days),
        "last_known": max(days),
        "best_quote": claims[0]["quote"],
        "confidence": max(claim["confidence"] for claim in claims),
        "tier": "fact",
        "status": "supported",
        "sole_source": any(claim["sole_source"] for claim in claims),
        "kind": "technical",
    }


def main() -> None:
    """Load a synthetic market into the graph of the settings."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--times", type=int, default=1, help=f"how many times {NODES} nodes, {RELATIONSHIPS} relationships"
    )
    options.add_argument(
        "--home", type=Path, required=True, help="where the embedded graph lies when NEO4J_URI is unset"
    )
    chosen = options.parse_args()
    graph = open_graph(load_settings(chosen.home))
    try:
        begun = time.monotonic()
        report = load(graph, load_ontology(), *rows(NODES * chosen.times, RELATIONSHIPS * chosen.times))
        print(f"{report} in {time.monotonic() - begun:.1f} s")
    finally:
        graph.close()


if __name__ == "__main__":
    main()
