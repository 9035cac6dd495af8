"""Weights of the parts of confidence, fitted on verdicts. What belongs here: the regression and the choice of the threshold.

Logistic regression with a prior that keeps every weight near nothing until many claims say otherwise, so that a rare value
weighs little. The same verdicts give the same weights. Nothing is read or written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.nlp.trust import BASE, ESTIMATE, confidence, log_odds
from tests.score.judging import Judged, Record

# How strongly a weight is held at 0: as if one claim of each value had been seen on either side.
PRIOR = 1.0
ROUNDS = 50
THRESHOLDS = (0.6, 0.7, 0.8, 0.9)
# What facts must reach on documents that taught nothing: the floors of the product (0.90, 0.85) with room for chance.
TARGETS = {"filings": 0.92, "commentary": 0.88}

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One claim with a verdict: what is seen of it, and whether it is right."""

    claim: Record
    kind: str
    seen: dict[str, float]
    right: bool


def examples(judged: list[Judged], kind: str) -> list[Example]:
    """Return the claims that are right or wrong; those left open teach nothing."""
    return [Example(j.claim, kind, seen(j.claim), j.verdict == "right") for j in judged if j.verdict != "open"]


def seen(claim: Record) -> dict[str, float]:
    """Return the parts of a claim with their measure: log odds of the estimate, 1 for all others."""
    found = {}
    for key in claim["parts"]:
        part, _, value = key.partition(":")
        found[part if part == ESTIMATE else key] = log_odds(float(value)) if part == ESTIMATE else 1.0
    return found


def fit(listed: list[Example]) -> Weights:
    """Return the weights (log odds, two digits) under which ``listed`` is likeliest, held by the prior."""
    names = sorted({name for example in listed for name in example.seen})
    table = np.array([[example.seen.get(name, 0.0) for name in names] for example in listed])
    right = np.array([float(example.right) for example in listed])
    held = np.array([PRIOR * (0.01 if name == BASE else 1.0) for name in names])
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (sure - right) + held * weights
        curve = (table * (sure * (1 - sure))[:, None]).T @ table + np.diag(held)
        weights -= np.linalg.solve(curve, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def predicted(weights: Weights, example: Example) -> float:
    """Return the confidence that ``weights`` give an example."""
    return confidence({name: weights.get(name, 0.0) * measure for name, measure in example.seen.items()})


def crossed(listed: list[Example]) -> Iterator[tuple[Example, float]]:
    """Yield each example with the confidence that the other documents' verdicts give it."""
    for document in sorted({example.claim["doc"] for example in listed}):
        weights = fit([example for example in listed if example.claim["doc"] != document])
        yield from ((e, predicted(weights, e)) for e in listed if e.claim["doc"] == document)


def threshold(scored: list[tuple[Example, float]]) -> float:
    """Return the least threshold at which what is not held back is as precise as the targets, or the highest one."""
    for least in THRESHOLDS:
        chosen = [(e.kind, e.right) for e, sure in scored if sure >= least and not is_held(e)]
        shares = [
            (sum(right for kind, right in chosen if kind == wanted), sum(kind == wanted for kind, _ in chosen))
            for wanted in TARGETS
        ]
        if all(right >= target * count for (right, count), target in zip(shares, TARGETS.values(), strict=True)):
            return least
    return THRESHOLDS[-1]


def is_held(example: Example) -> bool:
    """Return whether the rules of trust.yml keep the claim a candidate whatever its confidence."""
    from graph.model import load_ontology

    rules = load_ontology().lexicons["trust"]
    names = {f"names:{grade}" for grade in rules["candidate_names"]}
    return bool(example.seen[ESTIMATE] < log_odds(rules["candidate_below"]) or names & set(example.seen))
