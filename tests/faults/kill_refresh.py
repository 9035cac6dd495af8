"""Kills a refresh at random moments, runs it again, and compares with a run that nothing disturbed. Run by hand:

    LOADPATH_EDGAR_URL=… LOADPATH_FEEDS=… python tests/faults/kill_refresh.py --times 20 --source edgar --source feeds

What a refresh would read of the environment, this one reads too. Prints what differs (times of fetching apart) and ends with 1
when anything does.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from pipelines.fetch.archive import Archive  # noqa: E402
from pipelines.settings import load_settings  # noqa: E402
from pipelines.warehouse import store  # noqa: E402

# When something was fetched differs between two runs, and what is hashed over it.
TIMES = {"fetched_at", "first_seen", "replaced_at", "fingerprint"}


def tell(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def start(home, sources):
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "--home", str(home), "refresh", *sources]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finish(home, sources):
    began = time.monotonic()
    process = start(home, sources)
    _, said = process.communicate()
    tell(f"ended with {process.returncode}: {said.strip().splitlines()[-1]}")
    return time.monotonic() - began


def contents(home):
    """Return what must be equal: objects, outcomes by address, and the rows of each table, as texts."""
    settings = load_settings(home)
    found = {"objects": sorted(p.name for p in (home / "archive" / "objects").rglob("*.gz"))}
    found["log"] = [
        repr({k: getattr(f, k) for k in f.__slots__ if k != "fetched_at"}) for f in Archive(settings.archive).fetches()
    ]
    with store.connection(settings.warehouse) as con:
        tables = store.rows(
            con, "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables ORDER BY ALL"
        )
        for table in (row["name"] for row in tables):
            rows = store.rows(con, f"SELECT * FROM {table}")
            found[table] = sorted(repr({k: v for k, v in row.items() if k not in TIMES}) for row in rows)
    return found


def differences(calm, killed):
    """Tell what differs between two homes; return how much."""
    left, right = contents(calm), contents(killed)
    different = [name for name in {**left, **right} if left.get(name) != right.get(name)]
    for name in different:
        only = set(left.get(name, ())) ^ set(right.get(name, ()))
        tell(f"{name} differs: {len(left.get(name, ()))} and {len(right.get(name, ()))} rows, e.g. {sorted(only)[:2]}")
    tell("equal" if not different else f"{len(different)} differ")
    return len(different)


def kill_once(home, sources, moment):
    """Run a refresh and kill it at ``moment`` (in seconds); return whether it was still running."""
    process = start(home, sources)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        tell(f"killed after {moment:.1f} s")
        return True
    finally:
        process.stderr.close()
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, help="kills (default: 20)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--source", action="append", default=[])
    options = parser.parse_args()
    sources = [text for name in options.source for text in ("--source", name)]
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        calm, killed = Path(folder) / "calm", Path(folder) / "killed"
        seconds = finish(calm, sources)
        tell(f"undisturbed: {seconds:.1f} s")
        kills = found = 0
        while kills < options.times:
            if kill_once(killed, sources, chance.uniform(0.3, seconds)):
                kills += 1
                continue
            # Each kill leaves less to do: when nothing is left, compare, and begin anew.
            found += differences(calm, killed)
            shutil.rmtree(killed)
        finish(killed, sources)
        return bool(found + differences(calm, killed))


if __name__ == "__main__":
    sys.exit(main())
