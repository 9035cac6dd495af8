"""``make trust``: fits the confidence of claims and writes graph/ontology/trust.yml and docs/reliability.md.

What belongs here: the two files and their tables. Weights are fitted on the documents that nobody read while writing rules
(their verdicts are what a new document's will be like); the other half only shows how they hold.
"""

from itertools import pairwise
from pathlib import Path

import yaml

from graph.model import load_ontology
from pipelines.nlp.trust import GRADES
from tests.score.extraction import records_of
from tests.score.figures import Figures, figures, only
from tests.score.fit import Example, Weights, crossed, examples, fit, is_held, predicted, threshold
from tests.score.gold import HALVES, SHARED, Part, is_here, parts
from tests.score.judging import Record, Verdicts, judge

ROOT = Path(__file__).parents[2]
DATA = ROOT / "graph" / "ontology" / "trust.yml"
PAGE = ROOT / "docs" / "reliability.md"
PARTS = ("method", "names", "document", "modality")
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)

HEAD = """element: lexicon
name: trust
# Written by `make trust`; only the two rules below are kept as they stand. See pipelines/nlp/trust.py and docs/reliability.md.
# A reader's own estimate below this, or names of one of these grades, keep a claim a candidate whatever its confidence.
"""
WEIGHTS = (
    "# Log odds that each visible part adds; estimate is multiplied by the log odds of the reader's own estimate.\n"
)
INTRO = """# Reliability of confidence

Written by `make trust`; figures only. A claim's confidence is the sum of its visible parts (`confidence_parts`, in log odds;
weights in `graph/ontology/trust.yml`). The weights are fitted on annotated documents that nobody read while rules were written
("held out" in `tests/nlp/split.yml`). *Stated* is the mean confidence of the claims of a row, *right* the share of them that the annotation holds.
"""


def main() -> None:
    """Fit, choose the threshold, write both files."""
    if not is_here():
        print(f"make trust needs gold and corpus at {SHARED}; nothing fitted")
        return
    listed = parts()
    records = records_of([d for part in listed for d in part.documents])
    verdicts = [(part, judge(part.gold, records, part.documents)) for part in listed]
    taught, shown = (
        [e for part, v in verdicts if part.half == half for e in examples(v.judged, part.kind)]
        for half in reversed(HALVES)
    )
    weights = fit(taught)
    scored = list(crossed(taught))
    fact_from = threshold(scored)
    DATA.write_text(data(weights, fact_from), encoding="utf-8")
    other = [(e, predicted(weights, e)) for e in shown]
    PAGE.write_text(page(scored, other, facts(verdicts, scored, other, fact_from), fact_from), encoding="utf-8")
    print(f"facts from {fact_from}; wrote {DATA.relative_to(ROOT)} and {PAGE.relative_to(ROOT)}")


def data(weights: Weights, fact_from: float) -> str:
    """Return the text of trust.yml."""
    rules = load_ontology().lexicons["trust"]
    kept = {"candidate_below": rules["candidate_below"], "candidate_names": rules["candidate_names"]}
    assert set(kept["candidate_names"]) <= set(GRADES)
    grouped = {part: _group(weights, part) for part in PARTS}
    single = {name: weight for name, weight in weights.items() if ":" not in name}
    return f"{HEAD}{_dump(kept)}fact_from: {fact_from}\n{WEIGHTS}{_dump({'weights': single | grouped})}"


def _group(weights: Weights, part: str) -> dict[str, float]:
    return {name.split(":")[1]: weight for name, weight in weights.items() if name.startswith(f"{part}:")}


def _dump(body: dict[str, object]) -> str:
    text: str = yaml.safe_dump(body, sort_keys=False, default_flow_style=None, width=140)
    return text


def facts(
    verdicts: list[tuple[Part, Verdicts]],
    scored: list[tuple[Example, float]],
    other: list[tuple[Example, float]],
    least: float,
) -> dict[str, Figures]:
    """Return precision and recall of tier fact by part; in the half that taught, by the other documents' weights."""
    chosen = {id(e.claim) for e, sure in (*scored, *other) if sure >= least and not is_held(e)}

    def is_chosen(claim: Record) -> bool:
        return id(claim) in chosen

    return {part.name: figures(only(v, is_chosen)) for part, v in verdicts}


def page(
    scored: list[tuple[Example, float]], other: list[tuple[Example, float]], rows: dict[str, Figures], least: float
) -> str:
    """Return the page: both reliability tables and the facts that the threshold gives."""
    lines = [
        INTRO,
        f"## Facts: confidence of at least {least}\n",
        "| part | claims | precision | recall |",
        "|---|---|---|---|",
    ]
    for name, row in rows.items():
        lines.append(f"| {name} | {row.right + row.wrong} | {row.precision or 0:.2f} | {row.recall or 0:.2f} |")
    lines += ["", "## The other half: documents that were read while rules were written\n"]
    lines += [
        "Rules fit these documents better than new ones, so more is right here than is stated.\n",
        *reliability(other),
    ]
    lines += ["", "## Held-out documents, each by the weights that all the others give\n", *reliability(scored)]
    return "\n".join(lines) + "\n"


def reliability(scored: list[tuple[Example, float]]) -> list[str]:
    """Return the lines of a reliability table."""
    lines = ["| confidence | claims | stated | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        inside = [(sure, e.right) for e, sure in scored if low <= sure < high]
        if inside:
            stated = sum(sure for sure, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            lines.append(f"| {low:.2f} to {min(high, 1):.2f} | {len(inside)} | {stated:.2f} | {right:.2f} |")
    loss = sum((sure - e.right) ** 2 for e, sure in scored) / len(scored)
    return [*lines, "", f"Brier score {loss:.3f}."]


if __name__ == "__main__":
    main()
