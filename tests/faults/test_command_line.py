"""The command line as a contract: exit codes, bad input in one line each, nothing lost, nothing written twice."""

import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest


def loadpath(home, *arguments, **environment):
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        "--home",
        str(home),
        *map(str, arguments),
    ]
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("LOADPATH_", "NEO4J_"))},
        "LOADPATH_JOBS": "1",
        **environment,
    }
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=env)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def snapshot(home):
    return {
        str(p.relative_to(home)): p.read_bytes()
        for p in sorted(home.rglob("*"))
        if p.is_file() and not str(p.relative_to(home)).startswith("graph")
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo") / "home"
    done = loadpath(home, "demo")
    assert done.returncode == 0, done.stderr
    return home, done


def test_the_demo_prints_what_it_found_and_where_to_look(demo):
    _, done = demo

    assert "20 documents read" in done.stdout
    assert "One path:" in done.stdout
    assert "loadpath query list_large_customers" in done.stdout


def test_the_demo_covers_the_market(demo):
    home, _ = demo
    found = loadpath(
        home, "sql", "SELECT DISTINCT predicate, polarity, modality, named FROM mart.fct_claim", "--format", "json"
    )
    rows = json.loads(found.stdout)

    assert {row["predicate"] for row in rows} == {
        "SUPPLIES", "DEPENDS_ON", "COMPETES_WITH", "PARTNERS_WITH", "OWNS", "FINANCES", "COMMITS_TO", "OPERATES", "EXPOSED_TO",
        "RELIEVES", "HAS_METRIC",
    }  # fmt: skip
    assert {row["polarity"] for row in rows} == {"positive", "negative"}
    assert {"asserted", "hedged", "planned"} <= {row["modality"] for row in rows}
    assert {row["named"] for row in rows} == {True, False}


def test_every_quote_is_cut_again(demo):
    home, _ = demo
    done = loadpath(home, "verify")

    assert done.returncode == 0
    assert done.stdout.startswith("evidence debt 0: ")


def test_a_tampered_archive_is_a_debt(tmp_path):
    note = tmp_path / "a.md"
    note.write_text("NVIDIA supplies Dell with boards.\n")
    home = tmp_path / "home"
    assert loadpath(home, "add", note).returncode == 0
    (stored,) = (home / "archive" / "objects").rglob("*.gz")
    stored.write_bytes(gzip.compress(b"NVIDIA supplies nobody.\n"))

    done = loadpath(home, "verify")

    assert done.returncode == 5
    assert done.stdout.startswith("evidence debt 1: ")


def test_adding_the_same_files_again_writes_nothing(tmp_path):
    note = tmp_path / "a.md"
    note.write_text("NVIDIA supplies Dell with boards.\n")
    home = tmp_path / "home"
    assert loadpath(home, "add", note).returncode == 0
    before = snapshot(home)

    done = loadpath(home, "add", note)

    assert done.returncode == 0
    assert "0 new or changed, 1 as before" in done.stderr
    assert snapshot(home) == before


def test_a_changed_file_closes_its_old_claims(tmp_path):
    note = tmp_path / "a.md"
    home = tmp_path / "home"
    note.write_text("NVIDIA supplies Dell with boards.\n")
    loadpath(home, "add", note)
    note.write_text("NVIDIA supplies Lenovo with boards.\n")
    loadpath(home, "add", note)

    rows = json.loads(
        loadpath(
            home,
            "sql",
            "SELECT object_name, known_to IS NULL AS open FROM mart.fct_claim ORDER BY 1",
            "--format",
            "json",
        ).stdout
    )

    assert rows == [{"object_name": "Dell", "open": False}, {"object_name": "Lenovo", "open": True}]


class NotFound(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_error(404)

    def log_message(self, *_):
        pass


def test_bad_input_is_one_line_each_and_the_rest_is_done(tmp_path):
    (tmp_path / "good.md").write_text("NVIDIA supplies Dell with boards.\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "latin.md").write_bytes("prix élevé".encode("latin-1"))
    (tmp_path / "broken.md.gz").write_bytes(gzip.compress(b"text " * 500)[:40])
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (tmp_path / "folder").mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), NotFound)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/page.html"
    names = ["good.md", "empty.txt", "binary.txt", "latin.md", "broken.md.gz", "huge.txt", "folder", "missing.md"]
    home = tmp_path / "home"

    done = loadpath(home, "add", *[tmp_path / name for name in names], url, LOADPATH_ALLOW_HOSTS="127.0.0.1")
    server.shutdown()
    server.server_close()

    assert done.returncode == 4
    refused = {
        Path(line.split(": ")[1]).name if "http" not in line else url: line
        for line in done.stderr.splitlines()
        if line.startswith("refused: ")
    }
    for name, reason in {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "latin.md": "not UTF-8",
        "broken.md.gz": "broken gzip",
        "huge.txt": "larger than 100 MB",
        "folder": "holds no files",
        "missing.md": "no such file",
        url: "404",
    }.items():
        assert reason in refused[name]
    assert len(refused) == 8
    assert loadpath(home, "claims", "--company", "Dell").returncode == 0


def test_a_private_host_is_refused_unless_it_is_named(tmp_path):
    done = loadpath(tmp_path / "home", "add", "http://127.0.0.1:9/page.html")

    assert done.returncode == 4
    assert "LOADPATH_ALLOW_HOSTS" in done.stderr


def test_an_unreachable_neo4j_loses_nothing(tmp_path):
    note = tmp_path / "a.md"
    note.write_text("NVIDIA supplies Dell with boards.\n")
    home = tmp_path / "home"

    done = loadpath(home, "add", note, NEO4J_URI="bolt://127.0.0.1:1", NEO4J_PASSWORD="x")

    assert done.returncode == 4
    assert "no Neo4j answers there" in done.stderr
    assert loadpath(home, "query", "check_supply_relations", "--engine", "sql").returncode == 0
    assert (home / "exports" / "manifest.json").exists()


def test_extract_prints_the_record_and_touches_no_state(tmp_path):
    note = tmp_path / "notes" / "a.md"
    note.parent.mkdir()
    note.write_text("# Boards\n\nNVIDIA supplies Dell with boards.\n")
    home = tmp_path / "home"

    done = loadpath(home, "extract", "--root", tmp_path, note, note.parent / "missing.md")

    assert done.returncode == 4
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert (record["doc"], record["subject"], record["predicate"], record["object"]) == (
        "notes/a.md",
        "NVIDIA",
        "SUPPLIES",
        "Dell",
    )
    assert record["char_end"] - record["char_start"] == len(record["quote"]) == len("NVIDIA supplies Dell with boards.")
    assert {"document_sha256", "section", "tier", "confidence", "method", "polarity", "modality", "qualifiers"} <= set(
        record
    )
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["query", "nonsense"], 2, "no such query"),
        (["claims", "--predicate", "LOVES"], 2, "it is one of"),
        (["claims", "--format", "xml", "--company", "NVIDIA"], 2, "it is one of table"),
        (["claims", "--company", "Nobody Inc"], 3, "no claim fits"),
        (["cypher", "CREATE (n:X) RETURN n"], 2, "only read"),
        (["sql", "DELETE FROM mart.fct_claim"], 2, "SQL:"),
        (["frobnicate"], 2, "No such command"),
        (["doctor"], 0, ""),
    ],
)
def test_exit_codes(demo, arguments, code, says):
    home, _ = demo
    done = loadpath(home, *arguments)

    assert (done.returncode, says in done.stderr) == (code, True), done.stderr


def test_nothing_published_yet_is_exit_3(tmp_path):
    done = loadpath(tmp_path / "home", "claims")

    assert done.returncode == 3
    assert "nothing published yet" in done.stderr


def test_an_unknown_setting_is_refused_with_the_nearest(tmp_path):
    done = loadpath(tmp_path / "home", "claims", LOADPATH_HOEM="x")

    assert done.returncode == 2
    assert "did you mean LOADPATH_HOME" in done.stderr


def test_exports_open_and_a_foreign_folder_is_left_alone(demo, tmp_path):
    import duckdb

    home, _ = demo
    folder = tmp_path / "bi"
    assert loadpath(home, "export", folder).returncode == 0
    with duckdb.connect(str(folder / "loadpath.duckdb"), read_only=True) as con:
        claims = con.execute("SELECT count(*) FROM fct_claim").fetchone()[0]
        parquet = con.execute(f"SELECT count(*) FROM '{folder}/parquet/fct_claim.parquet'").fetchone()[0]
    assert claims == parquet > 50
    assert (folder / "csv" / "fct_claim.csv").read_bytes().startswith(b"\xef\xbb\xbfclaim_id,")
    assert loadpath(home, "export", folder, "--formats", "csv").returncode == 0
    assert not (folder / "parquet").exists()

    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("keep")
    assert loadpath(home, "export", mine).returncode == 2
    assert (mine / "thesis.txt").read_text() == "keep"
