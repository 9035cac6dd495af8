"""Graph formats: GraphML and GEXF read back by networkx, RDF by rdflib, Neo4j's CSV by hand and by Neo4j's own import."""

import csv
import datetime as dt
import os
import re
import shutil
import subprocess

import networkx as nx
import pytest
import rdflib

from graph.model import load_ontology
from pipelines.warehouse import projection, store
from tests.conftest import ROOT
from tests.export.conftest import BROKEN, FORMULA, SCRIPT, TURNED

DRAWN = {"Organization", "AnonymousParty", "Offering", "Facility", "Place", "Bottleneck", "StackLayer"}
JARS = ROOT / "var" / "test-neo4j" / "neo4j" / "lib"
PREFIXES = """PREFIX lp: <urn:loadpath:ontology:> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> """


@pytest.fixture(scope="module")
def graph(exported):
    """The graph's rows out of the warehouse: nodes by label, relationships by type."""
    with store.connection(exported.settings.warehouse) as con:
        return projection.nodes(con), projection.edges(con)


def flat(value):
    """Return a value as a graph file holds it, by hand: days as ISO, lists joined by |, what XML cannot hold as U+FFFD."""
    if isinstance(value, list):
        value = "|".join(str(item) for item in value)
    if isinstance(value, dt.date):
        value = value.isoformat()
    return value.replace("\x0b", "�") if isinstance(value, str) else value


def wanted(row):
    ends = ("id", "from_label", "from_id", "to_label", "to_id")
    return {k: flat(v) for k, v in row.items() if k not in ends and (k == "claim_ids" or not k.startswith("claim_"))}


@pytest.fixture(scope="module", params=["graphml", "gexf"])
def network(request, exported):
    path = str(exported.folder / f"loadpath.{request.param}")
    if request.param == "graphml":
        return nx.read_graphml(path, force_multigraph=True)
    read = nx.read_gexf(path)
    return read if read.is_multigraph() else nx.MultiDiGraph(read)


def test_nodes_carry_what_the_graph_says(network, graph):
    nodes = {f"{label}/{row['id']}": (label, row) for label, rows in graph[0].items() if label in DRAWN for row in rows}

    assert set(network) == {flat(id_) for id_ in nodes} and len(nodes) > 500
    for id_, (label, row) in nodes.items():
        found = network.nodes[flat(id_)]
        assert found["kind"] == label and found["label"] == flat(row["name"])
        assert {k: found.get(k) for k in wanted(row)} == wanted(row)


def test_edges_carry_what_the_graph_says(network, graph):
    kinds = {kind: rows for kind, rows in graph[1].items() if kind != "CANDIDATE_FOR"}
    edges = {
        f"{kind}/{row['id']}": (kind, row)
        for kind, rows in kinds.items()
        for row in rows
        if row["from_label"] in DRAWN and row["to_label"] in DRAWN
    }
    found = {str(data.get("id", key)): (a, b, data) for a, b, key, data in network.edges(keys=True, data=True)}

    assert found.keys() == {flat(id_) for id_ in edges} and network.is_directed()
    for id_, (kind, row) in edges.items():
        source, target, data = found[flat(id_)]
        assert (source, target) == (
            flat(f"{row['from_label']}/{row['from_id']}"),
            flat(f"{row['to_label']}/{row['to_id']}"),
        )
        assert kind in (data.get("label"), data.get("type")) and data["weight"] == row.get("n_claims", 1)
        assert {k: data.get(k) for k in wanted(row)} == wanted(row)


@pytest.fixture(scope="module")
def turtle(exported):
    return rdflib.Graph().parse(exported.folder / "loadpath.ttl")


def test_turtle_and_json_ld_say_the_same(exported, turtle):
    other = rdflib.Graph().parse(exported.folder / "loadpath.jsonld", format="json-ld")

    assert set(turtle) == set(other) and len(turtle) > 1000


def test_each_claim_leads_to_its_quote_and_document(exported, turtle):
    found = turtle.query(
        PREFIXES
        + "SELECT ?claim ?subject ?quote ?url WHERE { ?claim a lp:Claim ; rdf:subject/rdfs:label ?subject ; prov:wasDerivedFrom ?e . "
        "?e prov:value ?quote ; prov:wasQuotedFrom ?d . OPTIONAL { ?d <http://purl.org/dc/terms/source> ?url } }"
    )
    held = exported.rows("SELECT claim_id, subject_name, quote, url FROM mart.fct_claim")

    assert {(str(c).rpartition(":")[2], str(s), str(q), str(u or "")) for c, s, q, u in found} == {
        (row["claim_id"], row["subject_name"], row["quote"], row["url"] or "") for row in held
    }


def test_only_relationships_are_stated_plainly(exported, turtle):
    predicates = {rdflib.URIRef(f"urn:loadpath:ontology:{name}") for name in load_ontology().predicates}
    plain = sum(1 for triple in turtle if triple[1] in predicates)
    held = exported.rows(
        "SELECT count(*) AS n FROM mart.fct_relationship WHERE status <> 'closed' AND object_kind <> 'Value'"
    )
    denied = turtle.query(PREFIXES + 'SELECT ?c WHERE { ?c lp:polarity "negative" ; lp:tier "fact" }')

    assert plain == held[0]["n"] > 0
    negative = exported.rows("SELECT count(*) AS n FROM mart.fct_claim WHERE polarity = 'negative' AND tier = 'fact'")
    assert len(denied) == negative[0]["n"]


def test_hostile_names_are_only_names(hostile, tmp_path):
    from pipelines.export.files import export

    export(hostile.settings, tmp_path / "desk", ["turtle", "graphml"])
    read = rdflib.Graph().parse(tmp_path / "desk" / "loadpath.ttl")
    labels = {str(name) for name in read.objects(None, rdflib.RDFS.label)}

    assert {FORMULA, SCRIPT, TURNED, BROKEN} <= labels
    assert "<script>" not in (tmp_path / "desk" / "loadpath.graphml").read_text(encoding="utf-8")


TYPES = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
}
HEADER = re.compile(r"([a-z_]+):(string|long|double|boolean|date)(\[\])?")


def fields(path):
    """Yield the rows of a CSV as Neo4j's importer reads them: an unquoted empty field is none, a quoted one an empty text."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    for line in re.findall(r'(?:[^"\n]|"(?:[^"]|"")*")+\n', text):
        cells = re.findall(r'("(?:[^"]|"")*"|[^,"\n]*)(?:,|\n)', line)
        yield [
            None if cell == "" else cell[1:-1].replace('""', '"') if cell.startswith('"') else cell for cell in cells
        ]


def back(cells, header):
    """Return the properties of a row by the types of its header."""
    found = {}
    for cell, head in zip(cells, header, strict=True):
        match = HEADER.fullmatch(head)
        if match and cell is not None:
            name, kind, is_list = match.groups()
            found[name] = (
                [TYPES[kind](part) for part in cell.split("\x1f")]
                if is_list and cell
                else []
                if is_list
                else TYPES[kind](cell)
            )
    return found


def kept(row, without):
    """Return a row's properties as the form can hold them: a list of one empty text is an empty list."""
    return {k: [] if v == [""] else v for k, v in row.items() if k not in without}


def test_neo4js_files_give_the_graph_back(exported, graph):
    nodes, edges = graph
    folder = exported.folder / "neo4j"
    arguments = (folder / "import.args").read_text(encoding="utf-8").split()
    node_files = dict(reversed(a.removeprefix("--nodes=").split("=")) for a in arguments if a.startswith("--nodes="))
    edge_files = dict(
        reversed(a.removeprefix("--relationships=").split("=")) for a in arguments if a.startswith("--rel")
    )

    assert {p.name for p in folder.glob("*.csv")} == {*node_files, *edge_files}
    for name, label in node_files.items():
        header, *rows = fields(folder / name)
        assert header[0] == f"id:ID({label})" and all(HEADER.fullmatch(head) for head in header[1:])
        found = {row[0]: back(row[1:], header[1:]) for row in rows}
        assert found == {row["id"]: kept(row, {"id"}) for row in nodes[label]}
    seen = {}
    for name, kind in edge_files.items():
        header, *rows = fields(folder / name)
        sides = zip(("START", "END"), header[:2], strict=True)
        source, target = (re.fullmatch(rf":{side}_ID\((\w+)\)", head).group(1) for side, head in sides)
        for row in rows:
            said = back(row[2:], header[2:])
            seen.setdefault(kind, {})[said.pop("id")] = (source, row[0], target, row[1], said)
    ends = ("id", "from_label", "from_id", "to_label", "to_id")
    assert seen == {
        kind: {r["id"]: (r["from_label"], r["from_id"], r["to_label"], r["to_id"], kept(r, ends)) for r in rows}
        for kind, rows in edges.items()
    }


@pytest.mark.neo4j
def test_neo4js_own_import_takes_the_files(exported, graph, tmp_path):
    if not (shutil.which("java") and list(JARS.glob("neo4j-import-tool-*.jar"))):
        pytest.skip("Neo4j's jars or Java are not here: run the tests of the graph on a real Neo4j first")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "neo4j.conf").touch()
    shutil.copytree(exported.folder / "neo4j", tmp_path / "csv")
    command = [
        "java",
        "-Xmx1g",
        "-cp",
        f"{JARS}/*",
        "org.neo4j.cli.AdminTool",
        "database",
        "import",
        "full",
        "neo4j",
        "@import.args",
    ]
    environment = {**os.environ, "NEO4J_HOME": str(tmp_path), "NEO4J_CONF": str(tmp_path / "conf")}
    done = subprocess.run(command, cwd=tmp_path / "csv", env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert f"{sum(map(len, graph[0].values()))} nodes" in done.stdout
    assert f"{sum(map(len, graph[1].values()))} relationships" in done.stdout


def test_a_network_is_valid_csv_free_of_claims(exported):
    with (exported.folder / "neo4j" / "Claim.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file, strict=True))) > 1
    assert "Claim/" not in (exported.folder / "loadpath.gexf").read_text(encoding="utf-8")
