"""Main text of articles beside trafilatura's: which phrases that belong to it were kept, which that do not leaked in.

Run as ``python tests/bench/compare_articles.py REFERENCE CORPUS``. REFERENCE is a JSON file: a page's path below CORPUS (the
page may be gzipped there) to ``{"type": …, "keep": [phrases], "drop": [phrases]}``, chosen by hand. Prints a table by type and
exits 1 where trafilatura is better in either figure. Without trafilatura, which Loadpath does not need, it says so and exits 0.
"""

import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from pipelines.parse.read import read_document

Counts = dict[str, list[int]]


def main(reference: str, corpus: str) -> int:
    """Print the table; return the exit status."""
    try:
        import trafilatura
    except ImportError:
        sys.stderr.write("skipped: trafilatura is not installed\n")
        return 0
    table: dict[str, Counts] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for path, wanted in sorted(json.loads(Path(reference).read_text("utf-8")).items()):
        data = page(Path(corpus) / path)
        texts = {
            "loadpath": read_document(data, path).text,
            "trafilatura": trafilatura.extract(data.decode("utf-8", "replace"), include_tables=True) or "",
        }
        for reader, text in texts.items():
            for side in ("keep", "drop"):
                found = [phrase for phrase in wanted[side] if squeezed(phrase) in squeezed(text)]
                counts = table[wanted["type"]][f"{reader} {side}"]
                counts[0] += len(found)
                counts[1] += len(wanted[side])
                report(reader, side, path, wanted[side], found)
    return printed(table)


def page(path: Path) -> bytes:
    """Return the bytes of a page, gzipped or not."""
    zipped = path.with_name(path.name + ".gz")
    return gzip.decompress(zipped.read_bytes()) if zipped.exists() else path.read_bytes()


def squeezed(text: str) -> str:
    """Return ``text`` without white space and marks, so that only words are compared."""
    return re.sub(r"[\W_]+", "", text.lower())


def report(reader: str, side: str, path: str, wanted: list[str], found: list[str]) -> None:
    """Say on stderr which phrases were lost, or leaked."""
    wrong = [phrase for phrase in wanted if phrase not in found] if side == "keep" else found
    for phrase in wrong:
        sys.stderr.write(f"{reader}: {'lost' if side == 'keep' else 'leaked'} {phrase!r} in {path}\n")


def printed(table: dict[str, Counts]) -> int:
    """Print a line a type; return 1 where trafilatura keeps more or leaks less."""
    worse = 0
    sys.stdout.write(f"{'type':24}{'kept':>22}{'leaked':>22}   (loadpath, trafilatura)\n")
    for kind, counts in sorted(table.items()):
        kept, other_kept = counts["loadpath keep"], counts["trafilatura keep"]
        leaked, other_leaked = counts["loadpath drop"], counts["trafilatura drop"]
        sys.stdout.write(
            f"{kind:24}{kept[0]:8}/{kept[1]:<4}{other_kept[0]:5}/{other_kept[1]:<4}"
            f"{leaked[0]:8}/{leaked[1]:<4}{other_leaked[0]:5}/{other_leaked[1]:<4}\n"
        )
        worse |= kept[0] < other_kept[0] or leaked[0] > other_leaked[0]
    return int(worse)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
