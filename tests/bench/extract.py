"""How long a filing takes from bytes to claims: against the whole spaCy pipeline over the same text, and with the gate open.

Run with ``make bench``; needs the shared corpus beside the checkout. CPU time in one run, so that the machine does not matter.
``--jobs`` also reads all filings with one worker and with two, by wall time; it takes minutes and two idle cores.
"""

import argparse
import functools
import gzip
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.cli.extracting import load_file
from pipelines.nlp import gate
from pipelines.nlp.extract import extract_claims
from pipelines.nlp.pipeline import model_folder
from pipelines.nlp.pool import extract_all
from pipelines.nlp.tools import tools
from pipelines.nlp.version import extractor_version
from pipelines.parse.read import read_document
from pipelines.records import Claim

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
LONG = "filings/Archives/edgar/data/1045810/000104581025000023/nvda-20250126.htm"
START = "from pipelines.nlp.tools import tools; tools()"
Row = tuple[str, float, str, float]


def main() -> int:
    """Print one table of figures and targets; 1 where one is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", action="store_true", help="also all filings with one worker and with two")
    chosen = options.parse_args()
    if not CORPUS.is_dir():
        print(f"make bench needs the shared corpus at {CORPUS}; nothing measured")
        return 0
    rows = [*one_filing(), ("start-up, s CPU", start_up(), "<=", 1.5)]
    rows.append(("extractor version, s CPU", cpu(lambda: extractor_version.__wrapped__())[0], "<=", 0.05))
    if chosen.jobs:
        rows.append(("two workers, times one", two_workers(), ">=", 1.8))
    print(f"{'extraction':44} {'figure':>9}    target")
    for what, figure, sign, target in rows:
        print(f"{what:44} {figure:9.2f}    {sign} {target:g}{'' if met(figure, sign, target) else '   MISSED'}")
    return int(not all(met(*row[1:]) for row in rows))


def met(figure: float, sign: str, target: float) -> bool:
    """Return whether a figure meets its target."""
    return figure <= target if sign == "<=" else figure >= target


def one_filing() -> list[Row]:
    """Measure the long filing: the first reading in this process, a later one, the gate open, and spaCy alone."""
    import spacy

    data = gzip.decompress((CORPUS / f"{LONG}.gz").read_bytes())
    made = tools()

    def read() -> list[Claim]:
        return extract_claims(read_document(data, LONG), made.ontology, made.registry, made.nlp)

    first, claims = cpu(read)
    later = min(cpu(read)[0] for _ in range(3))
    document = read_document(data, LONG)
    whole = spacy.load(model_folder())
    texts = [document.text_of(block) for block in document.blocks]
    all_of_it, _ = cpu(lambda: sum(1 for _ in whole.pipe(texts)))
    kept = {claim.claim_id for claim in claims}
    open_gate = {claim.claim_id for claim in ungated(read)}
    print(
        f"{LONG}: {len(document.text.split())} words, {len(claims)} claims; the whole spaCy pipeline {all_of_it:.2f} s\n"
    )
    return [
        ("bytes to claims, first document, s CPU", first, "<=", 1.5),
        ("bytes to claims, later document, s CPU", later, "<=", 1.5),
        ("whole spaCy pipeline, times bytes to claims", all_of_it / later, ">=", 10),
        ("claims of the open gate that are found, %", 100 * len(kept & open_gate) / len(open_gate), ">=", 99),
    ]


def ungated(read: Callable[[], list[Claim]]) -> list[Claim]:
    """Return what ``read`` finds when every sentence is parsed."""
    closed = gate.Gate.passes
    gate.Gate.passes = lambda *_: True  # type: ignore[method-assign]
    try:
        return read()
    finally:
        gate.Gate.passes = closed  # type: ignore[method-assign]


def start_up() -> float:
    """Return the CPU seconds of a process that loads all that extraction needs and reads nothing."""
    code = START + "; import time; print(time.process_time())"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def two_workers() -> float:
    """Return how many times faster all filings are read by two workers than by one, their start included."""
    paths = sorted(CORPUS.glob("filings/Archives/**/*.htm.gz"))
    seconds = []
    for jobs in (1, 2):
        begun = time.perf_counter()
        found = sum(
            not isinstance(each.found, Exception)
            for each in extract_all(paths, functools.partial(load_file, root=CORPUS), jobs, "")
        )
        seconds.append(time.perf_counter() - begun)
        print(f"{found} filings with {jobs} workers: {seconds[-1]:.1f} s")
    return seconds[0] / seconds[1]


def cpu(action: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of ``action`` and what it gave."""
    begun = time.process_time()
    given = action()
    return time.process_time() - begun, given


if __name__ == "__main__":
    sys.exit(main())
