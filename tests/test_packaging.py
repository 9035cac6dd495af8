"""The wheel carries what the program reads at run time, and nothing else."""

import subprocess
import sys
import zipfile

from tests.conftest import ROOT


def test_the_wheel_holds_code_and_data_but_no_tests_or_state(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()

    for name in (
        "graph/ontology/supplies.yml",
        "graph/registry/compute.yml",
        "graph/judgements.csv",
        "graph/reviews.csv",
        "graph/queries/rank_bottlenecks.cypher",
        "graph/queries/rank_bottlenecks.sql",
        "graph/neo4j/Neo4jServer.java",
        "graph/browser/loadpath.grass",
        "graph/explorer/picture.yml",
        "graph/explorer/page/explorer.html",
        "graph/explorer/page/main.js",
        "sql/explorer/claim.sql",
        "sql/mart/fct_claim.sql",
        "sql/functions.sql",
        "pipelines/sources/fieldnotes/source.yml",
    ):
        assert name in names
    assert sum(name.startswith("pipelines/sources/fieldnotes/notes/") for name in names) >= 20
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"graph", "pipelines", "sql"}


def test_the_packages_are_this_checkouts():
    import graph
    import pipelines
    import sql

    for package in (graph, pipelines, sql):
        assert package.__file__.startswith(str(ROOT))
