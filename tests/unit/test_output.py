"""What a person sees of rows: side by side where they stay readable, else one record after the other."""

import pytest

from pipelines.cli.output import write_rows


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")


def test_short_rows_stand_side_by_side(capsys):
    write_rows([{"predicate": "SUPPLIES", "claims": 3}, {"predicate": "OWNS", "claims": 12}], "table")

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["predicate", "┃", "claims"]
    assert lines[2:] == [["SUPPLIES", "│", "3"], ["OWNS", "│", "12"]]


def test_rows_too_wide_for_the_terminal_are_records(capsys):
    address = "https://example.org/a/very/long/address/of/a/page.html"
    write_rows([{"url": address, "status": 404, "reason": "answers 404", "robots": "allowed"}], "table")

    out = capsys.readouterr().out
    assert out.splitlines()[0].strip() == address
    assert " ".join(out.split()) == f"{address} status 404 reason answers 404 robots allowed"


def test_quotes_stand_below_their_row_and_no_line_is_wider_than_the_terminal(capsys):
    quote = "Acme sells racks that cool themselves to operators of data centers, and has done so for a long while."
    write_rows([{"supplier": "Acme", "share": 12.5, "claim_ids": ["c1"], "quotes": [quote, quote]}], "table")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["supplier", "share"] and lines[1].split() == ["Acme", "12.5"]
    assert " ".join(" ".join(lines[2:]).split()) == f"“{quote}”"
    assert all(line.startswith("    ") for line in lines[2:])
    assert max(map(len, lines)) <= 60 and all(line == line.rstrip() for line in lines)


def test_pairs_of_a_record_are_not_cut_in_two(capsys):
    row = {
        "supplier": "Acme",
        "role": "cooling systems of every size",
        "first_known": "2025-01-31",
        "status": "one_side",
        "quote": "Yes.",
    }
    write_rows([row], "table")

    assert capsys.readouterr().out.splitlines() == [
        "Acme  role cooling systems of every size",
        "  first known 2025-01-31  status one_side",
        "    “Yes.”",
    ]


def test_nodes_and_relationships_are_shown_as_cypher_writes_them(capsys):
    node = {"labels": ["Organization"], "id": "acme", "name": "Acme", "row_hash": "00"}
    write_rows([{"a": node, "r": [{"type": "OWNS", "id": "acme|OWNS|bolt"}]}], "table")

    assert capsys.readouterr().out.splitlines()[-1].split("│")[0].strip() == "(:Organization Acme)"


def test_a_value_wider_than_the_terminal_goes_on_below_indented(capsys):
    path = " > ".join(["Acme"] * 12)
    write_rows(
        [{"company": "Acme", "paths": path, "amounts": ["", ""], "told": ["", "2025"], "quote": "Yes."}], "table"
    )

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Acme" and lines[1].startswith("  paths Acme > Acme") and lines[2].startswith("    ")
    assert max(map(len, lines)) <= 60
    assert lines[-2].strip() == "told –, 2025"
