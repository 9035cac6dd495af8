"""``make score``: the extractor over the annotated documents and over the project's own gold, as tables and as JSON.

What belongs here: the command and its order of tables. Comparison is in ``matching``, counting in ``figures``.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from pipelines.nlp.pipeline import load_pipeline
from pipelines.settings import load_settings
from tests.resolve import mentions
from tests.score import own
from tests.score.extraction import records_of
from tests.score.figures import Figures, as_json, by_method, by_predicate, figures, joined, only, table
from tests.score.gold import KINDS, SHARED, is_here, parts
from tests.score.judging import Record, Verdicts, judge


def main() -> None:
    """Print all tables; with ``--json`` write the same figures to a file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    options.add_argument("--jobs", type=int, default=1, help="processes that extract")
    chosen = options.parse_args()
    tables = own_gold()
    if is_here():
        tables |= annotated(chosen.jobs)
    else:
        print(f"annotated documents: skipped, {SHARED} does not hold gold and corpus")
    for title, rows in tables.items():
        print(f"\n{table(title, rows)}")
    print(f"\n{name_pairs()}")
    if chosen.json:
        data = {title: as_json(rows) for title, rows in tables.items()}
        chosen.json.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def name_pairs() -> str:
    """Return the figures of the labelled pairs of names (``tests/resolve/pairs.yml``) as one line."""
    with tempfile.TemporaryDirectory() as home:
        pairs, _ = mentions.judged(load_settings(Path(home), {"LOADPATH_JOBS": "1"}))
    precision, recall = mentions.figures(pairs)
    homonyms = sum(pair.left.homonyms and pair.merged and not pair.same for pair in pairs)
    return (
        f"name pairs: {len(pairs)}, of them one company {sum(pair.same for pair in pairs)}; "
        f"precision {precision:.3f}, recall {recall:.3f}, homonyms merged {homonyms}"
    )


def own_gold() -> dict[str, dict[str, Figures]]:
    """Score the own gold; print how many texts it has and which are known gaps."""
    nlp = load_pipeline()
    counted = own.counts()
    positive, negative = (sum(pair[side] for pair in counted.values()) for side in (0, 1))
    print(f"own gold: {positive + negative} texts, {positive} positive and {negative} negative")
    print("  " + ", ".join(f"{family} {plus}+{minus}" for family, (plus, minus) in counted.items()))
    print("  claims: " + ", ".join(f"{word} {count}" for word, count in sorted(own.variety().items())))
    listed = own.cases()
    for case in listed:
        if case.gap:
            print(f"  known gap ({case.gap}): {case.text!r}")
    whole = own.verdicts(listed, nlp)
    return {
        "own gold": by_predicate(whole) | {"all": figures(whole)},
        "own gold, surface": {"all": figures(own.surface_verdicts(nlp))},
    }


def annotated(jobs: int) -> dict[str, dict[str, Figures]]:
    """Score the annotated documents, each kind and half, by tier, predicate and method."""
    listed = parts()
    records = records_of([d for part in listed for d in part.documents], jobs=jobs)
    judged = {part.name: judge(part.gold, records, part.documents) for part in listed}
    tables: dict[str, dict[str, Figures]] = {"tier": {}}
    for name, verdicts in judged.items():
        tables["tier"] |= {f"{name}, facts": figures(facts(verdicts)), f"{name}, both": figures(verdicts)}
    for kind in KINDS:
        both = joined(v for name, v in judged.items() if name.startswith(kind))
        tables[f"{kind}, facts"] = by_predicate(facts(both))
        tables[f"{kind}, both tiers"] = by_predicate(both)
        tables[f"{kind}, by method"] = by_method(both)
    for name, verdicts in judged.items():
        tables[f"{name}, both tiers"] = by_predicate(verdicts)
    return tables


def facts(verdicts: Verdicts) -> Verdicts:
    """Return the verdicts on the claims of tier fact alone."""
    return only(verdicts, is_fact)


def is_fact(claim: Record | dict[str, Any]) -> bool:
    """Return whether a claim is of tier fact."""
    return bool(claim["tier"] == "fact")


if __name__ == "__main__":
    main()
