"""``loadpath review`` on a home of three notes: the queue, decisions, what the next build makes of them, and taking them back."""

import csv
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from graph.errors import ModelError, NothingFoundError, UsageError
from pipelines.cli import app
from pipelines.fetch.collect import collect_targets
from pipelines.resolve import judgements, reviews
from pipelines.settings import load_settings
from pipelines.warehouse import projection, stages, store
from pipelines.warehouse.graph_load import open_graph
from tests.conftest import ROOT

NOTES = {
    "one.md": "---\ntopic: Lasers\nauthor: A\npublished: 2024-03-01\n---\n"
    "Halvex Optics, Inc. supplies Dell with lasers.\n\nLumentum depends on Fabrinet as its sole source of assembly.\n\n"
    "NVIDIA supplies Dell with boards.\n",
    "two.md": "---\ntopic: Modules\nauthor: B\npublished: 2025-05-01\n---\n"
    "Halvex Optics, Inc. supplies Dell with modules.\n\nNVIDIA is said to be close to a deal with Vertiv for coolers.\n",
    "three.md": "---\ntopic: Networks\nauthor: C\npublished: 2025-06-01\n---\nHalvex Optics, Inc. competes with Ciena.\n",
}
WHY = ("--why", "as written", "--who", "ann")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = load_settings(tmp_path_factory.mktemp("made") / "home", {"LOADPATH_JOBS": "1"})
    collect_targets([str(folder)], settings, publisher="Example Research")
    stages.read_documents(settings)
    stages.read_claims(settings)
    build(settings)
    return settings


@pytest.fixture
def home(made, tmp_path):
    shutil.copytree(made.home, tmp_path / "home")
    return load_settings(tmp_path / "home", {"LOADPATH_JOBS": "1"})


def build(settings):
    stages.build_core(settings)
    stages.build_marts(settings)


def ask(settings, sql):
    with store.connection(settings.warehouse) as con:
        return [tuple(row.values()) for row in store.rows(con, sql)]


def run(settings, *arguments):
    """Run ``loadpath review …``; return stdout and stderr, or raise what the command raised."""
    result = CliRunner().invoke(
        app, ["--home", str(settings.home), "review", *arguments], catch_exceptions=False, env={"COLUMNS": "160"}
    )
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def questions(settings, *arguments):
    return [json.loads(line) for line in run(settings, "--format", "jsonl", *arguments)[0].splitlines()]


def claim(settings, quote):
    ((found,),) = ask(settings, f"SELECT claim_id FROM core.claim WHERE starts_with(quote, '{quote}')")
    return found


def halvex(settings):
    """Return the ids by which the three notes alone know Halvex, by their day."""
    sql = """
        SELECT p.raw_party_id FROM core.claim_party p JOIN core.document d USING (document_id)
        WHERE p.name = 'Halvex Optics' ORDER BY d.known_from
    """
    return [row[0] for row in ask(settings, sql)]


def parties(settings):
    """Return the party of Halvex in each note."""
    sql = """
        SELECT p.party_id FROM core.claim_party p JOIN core.document d USING (document_id)
        WHERE p.name = 'Halvex Optics' ORDER BY d.known_from
    """
    return [row[0] for row in ask(settings, sql)]


def relationships(settings):
    return [row[0] for row in ask(settings, "SELECT relationship_id FROM mart.fct_relationship ORDER BY 1")]


def same_in_graph(settings):
    graph = open_graph(settings)
    try:
        return [(row["a"], row["b"]) for row in graph.read("MATCH (a)-[:SAME_AS]->(b) RETURN a.id AS a, b.id AS b")]
    finally:
        graph.close()


def everything(settings):
    """Return all rows of core and mart."""
    names = ask(
        settings,
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'mart') ORDER BY 1",
    )
    return {name: ask(settings, f"FROM {name}") for (name,) in names}


def test_the_queue_lists_what_hangs_most_first(home):
    found = questions(home)
    first, second, third = halvex(home)

    assert [(q["n"], q["claims"], q["kind"], q["question"]) for q in found] == [
        (1, 2, "candidate", "Halvex Optics SUPPLIES Dell"),
        (2, 1, "candidate", "NVIDIA COMMITS_TO Vertiv"),
        (3, 1, "candidate", "Halvex Optics COMPETES_WITH Ciena"),
        (4, 1, "names", "Halvex Optics = Halvex Optics ?"),
    ]
    assert set(found[-1]["decide"].split()) == {min(first, second), third}


def test_a_claim_accepted_carries_its_relationship_and_rejected_carries_none(home):
    one, boards = claim(home, "Halvex Optics, Inc. supplies Dell with lasers"), claim(home, "NVIDIA supplies Dell")
    assert "nvidia|SUPPLIES|dell" in relationships(home)

    _, said = run(home, "accept", one, *WHY)
    run(home, "reject", boards, *WHY)
    build(home)

    party = parties(home)[0]
    assert f"written: {home.home / 'reviews.csv'}:2\n" in said
    assert f"loadpath review undo {one}" in said
    assert f"{party}|SUPPLIES|dell" in relationships(home)
    assert "nvidia|SUPPLIES|dell" not in relationships(home)
    sql = f"SELECT claim_id, tier, review, extracted_tier FROM mart.fct_claim WHERE claim_id IN ('{one}', '{boards}')"
    assert sorted(ask(home, sql)) == sorted(
        [(one, "fact", "accepted", "candidate"), (boards, "candidate", "rejected", "fact")]
    )
    with store.connection(home.warehouse) as con:
        nodes, edges = projection.nodes(con), projection.edges(con)
    assert one in {row["id"] for row in nodes["Claim"]}
    assert boards not in {row["id"] for row in nodes["Claim"]}
    assert {(row["from_id"], row["to_id"]) for row in edges["SUPPLIES"]} == {(party, "dell")}


def test_parties_judged_the_same_are_one_and_taking_it_back_restores_all(home):
    _, second, third = halvex(home)
    before, print_before = everything(home), stages.fingerprint(home)
    assert len(set(parties(home))) == 2

    run(home, "same", third, second, *WHY)
    build(home)

    assert len(set(parties(home))) == 1
    assert ask(home, "SELECT left_id, right_id, who, file, line FROM core.judgement") == [
        (third, second, "ann", "judgements.csv", 2)
    ]
    _, said = run(home, "undo")
    assert said.startswith(f"taken back: {third},{second},same,ann,")
    assert stages.fingerprint(home) == print_before
    build(home)
    assert everything(home) == before


def test_parties_judged_different_stay_apart_whatever_context_says(home):
    first, second, _ = halvex(home)
    assert parties(home)[0] == parties(home)[1]

    run(home, "different", first, second, *WHY)
    build(home)

    assert parties(home)[:2] == [first, second]
    run(home, "accept", claim(home, "Halvex Optics, Inc. supplies Dell with lasers"), *WHY)
    run(home, "accept", claim(home, "Halvex Optics, Inc. supplies Dell with modules"), *WHY)
    build(home)
    with store.connection(home.warehouse) as con:
        (edge,) = projection.edges(con)["NOT_SAME_AS"]
    assert {edge["from_id"], edge["to_id"]} == {first, second}
    assert (edge["who"], edge["why"]) == ("ann", "as written")


def test_a_document_can_mean_another_one_than_the_registered_of_that_name(home):
    ((document,),) = ask(home, "SELECT document_id FROM core.claim WHERE starts_with(quote, 'Lumentum')")
    own = f"organization:lumentum@{document[:12]}"

    run(home, "different", own, "Lumentum", *WHY)
    build(home)

    assert f"{own}|DEPENDS_ON|fabrinet" in relationships(home)


def test_registered_parties_judged_the_same_are_linked_in_the_graph(home):
    run(home, "same", "dell", "vertiv", *WHY)
    build(home)

    with store.connection(home.warehouse) as con:
        (edge,) = projection.edges(con)["SAME_AS"]
    assert (edge["from_label"], edge["from_id"], edge["to_id"]) == ("Organization", "vertiv", "dell")


def test_an_answered_question_is_not_asked_again_before_the_next_build_either(home):
    asked = questions(home)
    for question in asked:
        left, *right = question["decide"].split()
        run(home, *(("unsure", left, *right, "--who", "ann") if right else ("reject", left, *WHY)))

    with pytest.raises(NothingFoundError, match="no question is open"):
        run(home)


def test_a_decision_whose_claim_is_gone_is_listed_and_no_error(home):
    (home.home / "reviews.csv").write_text("claim_id,decision,who,decided_on,why\nc_gone,accepted,ann,2025-01-01,x\n")
    build(home)

    assert ask(home, "SELECT claim_id, found FROM core.claim_review") == [("c_gone", False)]
    (row,) = csv.DictReader(run(home, "list", "--format", "csv")[0].splitlines())
    assert (row["on"], row["state"], row["line"]) == ("c_gone", "without claim", "reviews.csv:2")


HEADS = {
    "judgements.csv": "left,right,judgement,who,decided_on,why\n",
    "reviews.csv": "claim_id,decision,who,decided_on,why\n",
}


@pytest.mark.parametrize(
    ("name", "lines", "says"),
    [
        ("judgements.csv", "dell,vertiv,same,ann,2025-01-01,x\nvertiv,dell,different,ann,2025-01-01,x\n", ":3: vertiv and dell are judged different, but the same by "),
        ("judgements.csv", "dell,nobody,different,ann,2025-01-01,x\n", ":2: unknown party 'nobody': neither the registry nor any claim has it"),
        ("judgements.csv", "dell,capital,same,ann,2025-01-01,x\n", ":2: dell (Organization) and capital (Bottleneck) are of different kinds"),
        ("judgements.csv", "dell,vertiv,same,ann\n", ":2: 4 values where 6 columns are"),
        ("reviews.csv", "c_1,accepted,ann,2999-01-01,x\n", ":2: decided_on 2999-01-01 lies in the future"),
        ("reviews.csv", "c_1,accepted,ann,1.2.2025,x\n", ":2: decided_on '1.2.2025' is no day; write it as YYYY-MM-DD"),
        ("reviews.csv", "c_1,maybe,ann,2025-01-01,x\n", ":2: decision 'maybe' is none of accepted, rejected"),
        ("reviews.csv", "c_1,accepted,ann,2025-01-01,x\nc_1,rejected,ben,2025-01-01,x\n", ":3: c_1 is rejected, but accepted by "),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_with_file_and_line_and_what_is_published_stays(home, name, lines, says):
    (home.home / name).write_text(HEADS[name] + lines, encoding="utf-8")
    before = home.warehouse.read_bytes()

    with pytest.raises(ModelError) as raised:
        build(home)

    assert str(raised.value).startswith(f"{home.home / name}{says}")
    assert home.warehouse.read_bytes() == before
    assert not stages.building(home).exists()


def test_a_file_that_is_no_text_is_refused_with_its_line(home):
    path = home.home / "judgements.csv"
    path.write_bytes(HEADS["judgements.csv"].encode() + "dell,vertiv,same,ann,2025-01-01,für\n".encode("latin-1"))

    with pytest.raises(ModelError, match=r"judgements\.csv:\d+: not readable as CSV in UTF-8"):
        CliRunner().invoke(app, ["--home", str(home.home), "refresh", "--source", "folder"], catch_exceptions=False)


def test_what_cannot_be_written_is_refused_before_the_file_is_touched(home):
    first, second, third = halvex(home)
    run(home, "same", first, second, *WHY)
    run(home, "same", second, third, *WHY)
    path = home.home / "judgements.csv"
    before = path.read_bytes()

    for arguments, error, says in (
        (
            ("different", third, first, *WHY),
            UsageError,
            f"not written: {third} and {first} are judged different, but the same by",
        ),
        (
            ("same", first, third, *WHY),
            UsageError,
            "nothing to write, they are judged same already, as follows from other lines",
        ),
        (("same", second, first, *WHY), UsageError, f"they are judged same already by {path}:2"),
        (("same", "Halvex Optics", "dell", *WHY), UsageError, "2 parties have this name, give an id: "),
        (
            ("same", "Deli", "vertiv", *WHY),
            NothingFoundError,
            "neither the registry nor any claim has this party; near: dell, ",
        ),
        (("same", "dell", "capital", *WHY), UsageError, "they cannot be the same"),
        (("same", "dell", "vertiv", "--why", " "), UsageError, "--why: say in a few words why"),
        (("accept", "c_0", *WHY), NothingFoundError, "c_0: no claim of the store has this id"),
        (("undo", "dell", "vertiv"), NothingFoundError, "dell vertiv: no line of the home to take back"),
    ):
        with pytest.raises(error) as raised:
            run(home, *arguments)
        assert says in str(raised.value)
    assert path.read_bytes() == before


def test_both_sides_stand_beside_each_other_with_their_quotes(home):
    first, _, third = halvex(home)

    shown, how = run(home, "show", first, third)
    rows = json.loads(run(home, "show", "1", "--format", "json")[0])

    assert f"loadpath review same {first} {third} --why" in how
    assert "─╮ ╭─" in shown and "competes with Ciena" in shown and "supplies Dell with" in shown
    assert [(row["side"], row["name"], row["claims"]) for row in rows] == [
        ("left", "Halvex Optics", 2),
        ("right", "Dell", 3),
    ]
    assert set(rows[0]["quotes"]) == {
        "Halvex Optics, Inc. supplies Dell with lasers.",
        "Halvex Optics, Inc. supplies Dell with modules.",
    }


def test_questions_are_answered_one_by_one_on_a_terminal(home):
    code = "from pipelines.cli import main; main()"
    mine, theirs = pty.openpty()
    command = [sys.executable, "-c", code, "--home", str(home.home), "review", "--ask", "--who", "ann"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT) as process:
        os.close(theirs)
        # An answer that does not fit is asked for again.
        os.write(mine, b"s\na\nthe sentence says so\nskip\nquit\n")
        shown = b""
        while True:
            try:
                shown += os.read(mine, 65536)
            except OSError:
                break
    os.close(mine)

    assert process.returncode == 0, shown.decode()
    assert b"s: one of a, r, skip or quit" in shown and b"1 decisions written" in shown
    (line,) = csv.DictReader((home.home / "reviews.csv").read_text(encoding="utf-8").splitlines())
    assert (line["decision"], line["who"], line["why"]) == ("accepted", "ann", "the sentence says so")


def test_without_a_terminal_nothing_is_asked(home):
    with pytest.raises(UsageError, match="--ask needs a terminal"):
        run(home, "--ask")


def test_publish_and_refresh_bring_a_decision_into_what_is_published(home):
    boards = claim(home, "NVIDIA supplies Dell")

    run(home, "same", "dell", "vertiv", *WHY)
    run(home, "reject", boards, *WHY, "--publish")
    assert "nvidia|SUPPLIES|dell" not in relationships(home)
    assert same_in_graph(home) == [("vertiv", "dell")]
    run(home, "undo", boards)
    run(home, "undo", "vertiv", "dell")
    # No source has anything for this home: what was written is reason enough.
    result = CliRunner().invoke(
        app, ["--home", str(home.home), "refresh", "--source", "folder"], catch_exceptions=False
    )

    assert result.exit_code == 0, result.output
    assert "nvidia|SUPPLIES|dell" in relationships(home)
    assert same_in_graph(home) == []


PAGE = (ROOT / "docs" / "how-to" / "review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", re.findall(r"^loadpath (review.*)$", PAGE, re.M))
def test_the_page_shows_commands_that_exist(line):
    words = shlex.split(line)
    command = typer.main.get_command(app)
    with command.make_context("loadpath", ["--home", "x", *words], resilient_parsing=True) as context:
        group = command.get_command(context, "review")
        chosen = group.commands.get(words[1] if len(words) > 1 else "", group)
        chosen.parse_args(context.__class__(chosen), words[1 if chosen is group else 2 :])


def test_the_page_shows_files_that_are_read(tmp_path):
    judged, reviewed = re.findall(r"```csv\n(.*?)```", PAGE, re.S)
    (tmp_path / "judgements.csv").write_text(judged, encoding="utf-8")
    (tmp_path / "reviews.csv").write_text(reviewed, encoding="utf-8")

    assert [line.values["judgement"] for line in judgements.read(tmp_path)] == ["same", "different"]
    assert [line.values["decision"] for line in reviews.read(tmp_path)] == ["accepted"]
