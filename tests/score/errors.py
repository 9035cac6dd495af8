"""``python -m tests.score.errors``: the most frequent errors of the held-out documents, by cause, as counts alone.

What belongs here: grouping and the table. No quote is shown, so that nobody tunes to what is held out.
"""

import argparse
from collections import Counter

from pipelines.cli.extracting import load_file
from pipelines.records import Document
from tests.score.causes import cause_of_miss, cause_of_wrong
from tests.score.extraction import records_of
from tests.score.gold import HALVES, SHARED, Part, corpus_path, is_here, parts
from tests.score.judging import Record, judge
from tests.score.matching import Stated, stated

Row = tuple[str, ...]


def main() -> None:
    """Print the most frequent wrong claims and misses of one half."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", choices=HALVES, default=HALVES[-1])
    options.add_argument("--top", type=int, default=20)
    chosen = options.parse_args()
    if not is_here():
        print(f"no errors counted: {SHARED} does not hold gold and corpus")
        return
    listed = [part for part in parts() if part.half == chosen.half]
    records = records_of([d for part in listed for d in part.documents])
    wrong, missed = Counter[Row](), Counter[Row]()
    for part in listed:
        one, other = errors(part, records)
        wrong.update(one)
        missed.update(other)
    _print("wrong", ("kind", "predicate", "tier", "method", "slots", "block", "cause"), wrong, chosen.top)
    _print("missed", ("kind", "predicate", "block", "cause"), missed, chosen.top)


def errors(part: Part, records: list[Record]) -> tuple[Counter[Row], Counter[Row]]:
    """Return the counts of wrong claims and of missed gold claims of a part, by group."""
    verdicts = judge(part.gold, records, part.documents)
    golds: dict[str, list[Stated]] = {document: [] for document in part.documents}
    claims: dict[str, list[Stated]] = {document: [] for document in part.documents}
    for record in part.gold:
        golds[record["doc"]].append(stated(record))
    for record in records:
        if record["doc"] in claims:
            claims[record["doc"]].append(stated(record))
    read = {d: load_file(corpus_path(d), SHARED / "corpus") for d in part.documents}
    wrong, missed = Counter[Row](), Counter[Row]()
    for judged in verdicts.judged:
        if judged.verdict == "wrong":
            claim = judged.claim
            cause = cause_of_wrong(stated(claim), golds[claim["doc"]])
            block = read[claim["doc"]].blocks[claim["para"]].kind
            method = claim["method"].split(":")[0]
            wrong[part.kind, claim["predicate"], claim["tier"], method, _slots(claim), block, cause] += 1
    for sought in verdicts.sought:
        if not sought.found:
            gold = stated(sought.gold)
            cause = cause_of_miss(gold, claims[sought.gold["doc"]])
            missed[part.kind, gold.predicate, _block_kind(gold, read[sought.gold["doc"]]), cause] += 1
    return wrong, missed


def _slots(claim: Record) -> str:
    return " ".join(f"{slot['slot']}:{slot['source']}" for slot in claim["frame"]) or "–"


def _block_kind(gold: Stated, document: Document) -> str:
    """Return the kind of the block that holds most of the quoted words."""
    best, kind = 0.5, "elsewhere"
    for block in document.blocks:
        words = stated({**gold.record, "quote": document.text_of(block)}).words
        shared = (words & gold.words).total() / max(1, gold.words.total())
        if shared > best:
            best, kind = shared, block.kind
    return kind


def _print(title: str, names: Row, counted: Counter[Row], top: int) -> None:
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    print(f"\n{title}: {counted.total()} in {len(counted)} groups, the {min(top, len(rows))} largest")
    table = [("count", *names), *((str(count), *row) for row, count in rows[:top])]
    widths = [max(len(row[column]) for row in table) for column in range(len(names) + 1)]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
