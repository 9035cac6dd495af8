"""Readers of a snapshot while it is published anew. What belongs here: two processes that read as BI tools do."""

import subprocess
import sys

# As a BI tool reads: in a process of its own, which holds the snapshot open, or opens the path again for each question.
READER = """
import sys
from pathlib import Path
import time
import duckdb
path, query, holds, stop = sys.argv[1], sys.argv[2], sys.argv[3] == "hold", Path(sys.argv[4])
answers, asked = set(), 0
con = duckdb.connect(path, read_only=True)
print("ready", flush=True)
while not stop.exists():
    if not holds:
        con.close()
        con = duckdb.connect(path, read_only=True)
    answers.add(str(con.execute(query).fetchall()))
    asked += 1
    time.sleep(0.01)
print(asked, len(answers))
"""
QUERY = "SELECT claim_id, object_name, quote FROM {}fct_claim ORDER BY ALL"


class Readers:
    """One reader that holds the file at ``path`` open, and one that opens it again and again."""

    def __init__(self, path, schema, stop):
        self.stop = stop
        command = [sys.executable, "-c", READER, str(path), QUERY.format(schema)]
        self.processes = [
            subprocess.Popen([*command, how, str(stop)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for how in ("hold", "open")
        ]
        for process in self.processes:
            assert process.stdout.readline() == "ready\n", process.stderr.read()

    def end(self):
        """Return for each reader how often it asked, and how many answers it saw."""
        self.stop.touch()
        found = []
        for process in self.processes:
            out, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors
            found.append(tuple(map(int, out.split())))
        return found
