"""The published warehouse from Python: the page's program runs, and what is wrong is one line."""

import re

import pytest

from graph.errors import UsageError
from pipelines.settings import load_settings
from pipelines.snapshot import Snapshot
from tests.conftest import ROOT
from tests.warehouse.home import Home

PAGE = (ROOT / "docs" / "how-to" / "python.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("snapshot")
    home = Home(load_settings(made / "var", {}))
    home.put("one", [("TSMC", "NVIDIA"), ("NVIDIA", "Dell")])
    home.publish()
    return made


def test_the_program_of_the_page_runs(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)

    exec(compile(program, "python.md", "exec"), {})

    command, rows, counts = capsys.readouterr().out.splitlines()
    assert command == "loadpath query list_suppliers --param company=NVIDIA"
    assert rows == "[{'supplier': 'TSMC', 'quotes': ['TSMC supplies NVIDIA.']}]"
    assert counts == "0 2"


def test_an_answer_without_rows_has_its_columns(folder):
    assert "supplier" in Snapshot(folder / "var").query("list_suppliers", company="Intel").column_names


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda market: market.ask("Who supplies NVIDIA cheaply?"), "'cheaply'"),
        (lambda market: market.ask("Tell me about NVIDIA"), "answered by a page, not by rows: loadpath brief NVIDIA"),
        (lambda market: market.query("list_supplier"), "did you mean list_suppliers"),
        (lambda market: market.table("fct_claims; DROP TABLE x"), "no such table of mart"),
    ],
)
def test_what_is_wrong_is_one_line(folder, ask, says):
    with pytest.raises(UsageError, match=re.escape(says)) as error:
        ask(Snapshot(folder / "var"))

    assert len(str(error.value).splitlines()) == 1
