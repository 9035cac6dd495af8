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
