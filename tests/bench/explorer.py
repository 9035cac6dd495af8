"""How soon the explorer is drawn and how many frames a second it moves at, with 1,000 companies and 6,000 relations, in Chromium.

Run with ``make bench``. Nothing is timed where there is no Chromium; the machine draws without a graphics card. ``--home DIR`` adds
the static page of a home that is built: its size and when it is drawn.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.explorer.page import page
from pipelines.settings import load_settings
from pipelines.warehouse import explorer
from tests.browser.chromium import PROGRAMS, chromium

COMPANIES = 1000
RELATIONS = 6000
FIRST_PAINT_MS = 1000
FRAMES = 50
SEGMENTS = (
    "power",
    "cooling",
    "colocation",
    "equipment",
    "design",
    "memory",
    "networking",
    "orchestration",
    "models",
    "finance",
)
# Drag and zoom for some seconds, a step a frame, as a hand does; give frames and seconds.
MOVING = """
const done = arguments[0], picture = app.picture, begun = performance.now();
let frames = 0;
function step(now) {
  frames += 1;
  picture.move(6 * Math.sin(frames / 20), 3 * Math.cos(frames / 25));
  if (frames % 3 === 0) picture.zoom(frames % 120 < 60 ? 1.01 : 1 / 1.01);
  if (now - begun < 4000) requestAnimationFrame(step); else done([frames, (now - begun) / 1000]);
}
requestAnimationFrame(step);
"""
PAINTED = "return performance.getEntriesByType('paint').filter(e => e.name === 'first-contentful-paint')[0].startTime"
DRAWN = "return (performance.getEntriesByName('market drawn')[0] || {}).startTime || 0"


def main() -> int:
    """Print the figures; 1 where a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, help="a home with a warehouse")
    home = options.parse_args().home
    if not all(program.exists() for program in PROGRAMS):
        print("no Chromium with its driver here; nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "market.html"
        text, _ = page(explorer.as_json({**explorer.shown(market()), "texts": {}}))
        file.write_text(text, encoding="utf-8")
        kept = measured(f"{COMPANIES} companies, {RELATIONS} relations", file)
        if home:
            begun = time.process_time()
            text, width = explorer.static_page(load_settings(home, {}))
            took = time.process_time() - begun
            file.write_text(text, encoding="utf-8")
            print(
                f"{home}: {file.stat().st_size / 1e6:.1f} MB with {width} characters around a quote, made in {took:.1f} s of CPU"
            )
            kept = measured(str(home), file) and kept
    return int(not kept)


def measured(what: str, file: Path) -> bool:
    """Open the page, print when it was painted and drawn, and its frames a second; return whether the targets are kept."""
    with chromium(1400, 850) as browser:
        browser.get(file.as_uri())
        while not (drawn := browser.execute_script(DRAWN)):
            time.sleep(0.05)
        painted = browser.execute_script(PAINTED)
        whole = moved(browser)
        browser.execute_script("app.select(app.picture.nodes[0].id)")
        chosen = moved(browser)
    print(f"{what}: first paint {painted:.0f} ms, market drawn {drawn:.0f} ms")
    for name, (frames, cpu) in {"whole": whole, "with a company open": chosen}.items():
        print(f"  moving, {name}: {frames:.0f} frames a second, {cpu:.1f} ms of CPU a frame in all of the browser")
    return bool(drawn <= FIRST_PAINT_MS and min(whole[0], chosen[0]) >= FRAMES)


def moved(browser: Any) -> tuple[float, float]:
    """Move the picture for some seconds; return frames a second, and milliseconds of CPU a frame (which a busy machine leaves alone)."""
    before = cpu_ms(browser.service.process.pid)
    frames, seconds = browser.execute_async_script(MOVING)
    return frames / seconds, (cpu_ms(browser.service.process.pid) - before) / frames


def cpu_ms(root: int) -> float:
    """Return the milliseconds of CPU that a process and all below it have used."""
    ticks, parents = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)], ticks[int(stat.parent.name)] = (
                int(fields[1]),
                int(fields[11]) + int(fields[12]),
            )
    below = {root}
    while more := {process for process, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(ticks.get(process, 0) for process in below) * 1000 / os.sysconf("SC_CLK_TCK")


def market() -> dict[str, list[explorer.Row]]:
    """Return the rows of a made-up market, the same each time: some companies have most relations, as in any."""
    chance = random.Random(7)
    names = [f"company_{at:04}" for at in range(COMPANIES)]
    companies = [
        {
            "id": name,
            "name": name.replace("_", " ").title(),
            "kind": "public",
            "segment": chance.choice(SEGMENTS),
            "layers": [],
            "registered": True,
            "tickers": "",
            "owner": "",
            "also": "",
        }
        for name in names
    ]
    pairs: set[tuple[str, str, str]] = set()
    predicates = ("SUPPLIES", "SUPPLIES", "DEPENDS_ON", "FINANCES", "PARTNERS_WITH", "COMPETES_WITH")
    while len(pairs) < RELATIONS:
        a, b = names[int(COMPANIES * chance.random() ** 2.2)], chance.choice(names)
        if a != b:
            pairs.add((a, chance.choice(predicates), b))
    claims = [claim(at, *pair) for at, pair in enumerate(sorted(pairs))]
    document = {
        "id": "d",
        "title": "Made up",
        "publisher": "Nobody",
        "source_group": "Nobody",
        "url": "",
        "kind": "note",
        "form": "",
        "day": "2025-01-01",
        "known_by": "published",
        "characters": 100,
    }
    return {"company": companies, "party": [], "claim": claims, "document": [document], "link": [], "candidate": []}


def claim(at: int, subject: str, predicate: str, target: str) -> explorer.Row:
    """Return the row of a claim that says nothing but its relation."""
    return {
        "id": f"c_{at:020}", "predicate": predicate, "subject": subject, "subject_name": subject, "object": target, "object_name": target, "source": subject, "target": target,
        "document": "d", "start": at, "end": at + 9, "quote": f"Sentence {at} says so.", "polarity": "positive", "modality": "asserted", "tier": "fact", "carries": True,
        "trust": 0.9, "severity": "", "role": "", "kind": "", "share": None, "benchmark": "", "amount": "", "metric": "", "sole": False, "section": "",
        "valid_from": 0, "valid_to": 0, "known_from": 20250101, "known_to": 0,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
