"""How long reading takes, as a ratio: bytes to document against lxml's own parse and text_content of the same bytes.

Run with ``make bench``; needs the shared corpus beside the checkout. CPU time, the best of three, both in one run, so that the
machine does not matter. Memory is a child's highest resident size over that of a child that reads nothing.
"""

import argparse
import gzip
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import lxml.html

from graph.errors import InputRefusedError
from pipelines.parse import html, ixbrl, main_text
from pipelines.parse.canonical import Canonical
from pipelines.parse.read import read_document

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GROUPS = {
    "filings": ("filings/**/*.htm*.gz", 2.5),
    "articles": ("commentary/raw_html_*/**/*.htm*.gz", 1.3),
}
MEMORY_LIMIT = 12.0


def main() -> int:
    """Print the table and the ratios; 1 where one is above its target."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth document")
    options.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.memory_of:
        print(resident(chosen.memory_of))
        return 0
    if not CORPUS.is_dir():
        print(f"make bench needs the shared corpus at {CORPUS}; nothing measured")
        return 0
    # A child starts with its parent's highest resident size, so memory is measured while the parent is small.
    memory = {name: peak(pattern) for name, (pattern, _) in GROUPS.items()}
    return max(group(name, pattern, target, chosen.every, memory[name]) for name, (pattern, target) in GROUPS.items())


def peak(pattern: str) -> float:
    """Return the peak memory of reading the largest document, as a multiple of its size."""
    largest = max(CORPUS.glob(pattern), key=lambda path: path.stat().st_size)
    with gzip.open(largest) as file:
        size = sum(len(chunk) for chunk in iter(lambda: file.read(1 << 16), b""))
    return (child(largest) - child(Path("-"))) * 1024 / size


def group(name: str, pattern: str, target: float, every: int, memory: float) -> int:
    """Measure the documents of one group and print what came out."""
    paths = sorted(CORPUS.glob(pattern))[::every]
    print(f"{'document':48} {'bytes':>9} {'lxml ms':>8} {'parse ms':>9} {'ratio':>6} {'whole':>6}")
    sums = [0.0, 0.0, 0.0]
    for path in paths:
        data = gzip.decompress(path.read_bytes())
        label = str(path.relative_to(CORPUS)).removesuffix(".gz")
        times = (
            best(lambda data=data: lxml.html.document_fromstring(data).text_content()),
            best(lambda data=data, label=label: parsed(data, label, name == "filings")),
            best(lambda data=data, label=label: document(data, label)),
        )
        sums = [total + each for total, each in zip(sums, times, strict=True)]
        row = f"{times[0] * 1e3:8.1f} {times[1] * 1e3:9.1f} {times[1] / times[0]:6.2f} {times[2] / times[0]:6.2f}"
        print(f"{label[-48:]:48} {len(data):9} {row}")
    ratio = sums[1] / sums[0]
    print(f"\n{name}: {len(paths)} documents, parse {ratio:.2f} times lxml (target {target}), ", end="")
    print(
        f"read_document {sums[2] / sums[0]:.2f}; peak memory {memory:.1f} times the largest file (target {MEMORY_LIMIT})\n"
    )
    return int(ratio > target or memory > MEMORY_LIMIT)


def parsed(data: bytes, label: str, filing: bool) -> int:
    """Read bytes to canonical text, blocks, tables and facts."""
    canonical = Canonical(filing)
    text = data.decode("utf-8", "replace")
    if filing:
        inline = html.read_filing(text, label, canonical)
        return len(ixbrl.facts(inline.header, inline.shown, canonical.text))
    tree = html.tree_of(text, label)
    html.read_html(tree, canonical, main_text.select(tree))
    return len(canonical.text)


def document(data: bytes, label: str) -> int:
    """Read bytes to the document as the pipeline keeps it, metadata and all."""
    try:
        return len(read_document(data, label).blocks)
    except InputRefusedError:
        return 0


# Read first by every process whose memory is measured, so that modules are no part of a document's cost.
TINY = b"<html><body><article><p>We and the company say that it is with us and from there.</p></article></body></html>"


def best(action: Callable[[], object]) -> float:
    """Return the least CPU time of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def child(path: Path) -> int:
    """Return the highest resident size, in KiB, of a process that reads the document at ``path`` ("-": none)."""
    command = [sys.executable, "-m", "tests.bench.parse", "--memory-of", str(path)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def resident(path: Path) -> int:
    """Read one document and return this process's highest resident size in KiB; what reading imports counts for none."""
    document(TINY, "tiny.html")
    if path != Path("-"):
        document(gzip.decompress(path.read_bytes()), str(path).removesuffix(".gz"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
