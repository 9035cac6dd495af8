"""How long the warehouse takes: built whole, with one changed document, with a hundred times the rows; readers during 100 publications.

Run with ``make bench``. ``--home DIR`` measures a copy of a home that is built (default: var, where it has a warehouse); the
rest is synthetic and needs nothing. Seconds are CPU, the best of a few runs.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.export.files import export
from pipelines.settings import Settings, load_settings
from pipelines.warehouse import stages, store
from pipelines.warehouse.publications import Publications
from tests.warehouse.home import Home
from tests.warehouse.readers import Readers

DOCUMENTS, CLAIMS = 60, 15
TIMES = (1, 10, 100)
PUBLICATIONS = 100


def main() -> int:
    """Print figures and ratios; 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--home", type=Path, default=Path("var"), help="a home with a warehouse; it is copied, not changed"
    )
    options.add_argument("--no-readers", action="store_true", help="leave out the publications with readers (minutes)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        missed = corpus(chosen.home, Path(folder)) if (chosen.home / "warehouse.duckdb").exists() else 0
        missed += growth(Path(folder))
        if not chosen.no_readers:
            readers(Path(folder))
    return int(missed > 0)


def corpus(home: Path, folder: Path) -> int:
    """Measure a copy of ``home``: core and mart made anew, and one changed document from its parts to its publication."""
    copy = load_settings(folder / "home", {})
    copy.home.mkdir()
    for name in ("archive", "parts"):
        shutil.copytree(home / name, copy.home / name)
    for path in home.glob("*.csv"):
        shutil.copy(path, copy.home)
    whole = min(cpu(lambda: (copy.warehouse.unlink(missing_ok=True), publish(copy))) for _ in range(2))
    layers = min(cpu(lambda: rebuilt(copy)) for _ in range(3))
    one = min(cpu(lambda number=number: (renamed(copy, number), publish(copy))) for number in range(5))
    with store.connection(copy.warehouse) as con:
        rows = store.counts(con)
    print(f"{home}: {rows['core.document']} documents, {rows['core.claim']} claims, {rows['doc.block']} blocks")
    print(f"  built whole and published     {whole:6.2f} s of CPU")
    missed = told("core and mart made anew", layers, 5.0) + told("one changed document, published", one, 1.5)
    print(f"  one changed document costs {one / whole:.2f} of the whole\n")
    return missed


def told(what: str, seconds: float, target: float) -> int:
    """Print a figure with its target; return 1 where it is missed."""
    print(f"  {what:29} {seconds:6.2f} s of CPU    <= {target:g}{'' if seconds <= target else '   MISSED'}")
    return int(seconds > target)


def publish(settings: Settings) -> None:
    """Build and publish what changed."""
    stages.build_core(settings)
    stages.build_marts(settings)


def rebuilt(settings: Settings) -> None:
    """Make core and mart anew in a copy of the published file, whose other layers stay."""
    path = settings.home / "rebuilt.duckdb"
    shutil.copyfile(settings.warehouse, path)
    with store.connection(path, read_only=False) as con:
        con.execute("DROP SCHEMA core CASCADE; DROP SCHEMA mart CASCADE")
    store.build_layers(path, ("core", "mart"), stages.variables(settings, stages.fingerprint(settings)))
    store.clear(path)


def renamed(settings: Settings, number: int) -> None:
    """Give the parts of one document another key, as a change gives them."""
    name = sorted(path.name for path in (settings.parts / "claims").glob("[0-9a-f]*"))[number * 31]
    for stage in ("documents", "claims"):
        for path in (settings.parts / stage).glob(f"{name.split('.')[0]}.*"):
            path.rename(path.with_name(path.name.replace(".", ".0", 1)))


def growth(folder: Path) -> int:
    """Measure synthetic homes of 1, 10 and 100 times the rows; a cost that grows faster than the rows misses the target."""
    print(f"synthetic: {DOCUMENTS} documents of {CLAIMS} claims, and multiples of them")
    print(f"  {'times':>6} {'claims':>8} {'whole s':>8} {'a claim, us':>12} {'one changed s':>14}")
    # What a process pays once (modules, the model's files) belongs to no size.
    publish(synthetic(load_settings(folder / "first", {}), 1).settings)
    found = []
    for times in TIMES:
        home = synthetic(load_settings(folder / f"times{times}", {}), times)
        whole = cpu(lambda home=home: publish(home.settings))
        home.put("0", [("NVIDIA", f"Changed {i}") for i in range(CLAIMS)])
        one = cpu(lambda home=home: publish(home.settings))
        claims = DOCUMENTS * CLAIMS * times
        found.append((whole, one))
        print(f"  {times:6} {claims:8} {whole:8.2f} {whole / claims * 1e6:12.1f} {one:14.2f}")
        shutil.rmtree(home.settings.home)
    ratio = (found[-1][0] - found[0][0]) / (found[1][0] - found[0][0])
    allowed = (TIMES[-1] - TIMES[0]) / (TIMES[1] - TIMES[0])
    missed = ratio > allowed * 1.1
    print(
        f"  from 10 to 100 times the rows the cost above the first grows {ratio:.1f} times    <= {allowed:g}{'   MISSED' * missed}\n"
    )
    return int(missed)


def synthetic(settings: Settings, times: int) -> Home:
    """Return a home of ``times`` the documents; parties recur within a document and its neighbours, as in a market that grows."""
    home = Home(settings)
    for number in range(DOCUMENTS * times):
        home.put(
            str(number),
            [(f"Maker {number // 3} {i // 3}", f"Buyer {number // 2} {i}") for i in range(CLAIMS)],
            number % 28 + 1,
        )
    return home


def readers(folder: Path) -> None:
    """Publish a small home a hundred times, with its exported snapshot, while two processes read each."""
    home = Home(load_settings(folder / "read", {}))
    home.put("a", [("NVIDIA", "Dell")])
    publish(home.settings)
    exports = folder / "exports"
    export(home.settings, exports)
    files = {"warehouse": (home.settings.warehouse, "mart."), "exported": (exports / "loadpath.duckdb", "")}
    reading = {name: Readers(*where, folder / f"stop-{name}") for name, where in files.items()}
    for number in range(PUBLICATIONS):
        home.put("a", [("NVIDIA", f"Customer {number}")])
        publish(home.settings)
        export(home.settings, exports)
    last = Publications(home.settings.home).last()
    print(f"{last.number if last else 0} publications with readers, who end with an error or none:")
    for name, each in reading.items():
        held, opened = each.end()
        print(
            f"  {name}: one file held open was asked {held[0]} times, one answer; opened {opened[0]} times, {opened[1]} versions seen"
        )
    print(f"  the file has {home.settings.warehouse.stat().st_size / 2**20:.1f} MiB at the end")


def cpu(action: Callable[[], Any]) -> float:
    """Return the CPU seconds of ``action``."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
