"""Readers during publications: who holds a snapshot goes on reading it, and who opens it by its path always finds it whole."""

PUBLICATIONS = 100
# A reader as a BI tool is one: a process of its own, which holds one snapshot open and opens the path again and again.
READER = """
import sys
from pathlib import Path
import duckdb
path, tables, stop = sys.argv[1], sys.argv[2], Path(sys.argv[3])
query = f"SELECT count(*), count(DISTINCT claim_id), sum(length(quote)) FROM {tables}fct_claim"
held = duckdb.connect(path, read_only=True)
first, opened, versions = held.execute(query).fetchall(), 0, set()
print("ready", flush=True)
while not stop.exists():
    assert held.cursor().execute(query).fetchall() == first
    # As another process would: in this one, an open path leads to the file that is open.
    other = duckdb.connect(str(Path(path).parent / "." / ("." * (opened % 2)) / Path(path).name), read_only=True)
    versions.update(other.execute(query).fetchall())
    other.close()
    opened += 1
print(opened, len(versions))
"""
