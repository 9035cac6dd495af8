"""Tools for agents, tried by the official client over standard input and output: what they answer, page by page, and how they refuse."""

import asyncio
import json
import sys

import pytest
from typer.testing import CliRunner

from graph.errors import UsageError
from graph.query import queries
from pipelines.cli import app
from pipelines.settings import load_settings
from tests.conftest import ROOT
from tests.warehouse.home import Home

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
NAMES = [f"Maker {number:03}" for number in range(120)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = Home(load_settings(tmp_path_factory.mktemp("agents") / "home", {}))
    made.put("chain", [("TSMC", "NVIDIA"), ("NVIDIA", "Dell")], day=1)
    made.put("makers", [(name, "AMD") for name in NAMES], day=2)
    made.publish()
    return made


@pytest.fixture(scope="module")
def called(home):
    """Return a function that calls tools one after the other, in one run of the server, and returns their results."""
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-c", "from pipelines.cli import main; main()", "--home", str(home.settings.home), "mcp"],
        env={"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )

    async def calls(*wanted):
        async with mcp.Client(server) as client:
            listed = (await client.list_tools()).tools
            return listed, [await client.call_tool(name, arguments) for name, arguments in wanted]

    return lambda *wanted: asyncio.run(calls(*wanted))


def test_tools_are_listed_with_schemas_and_hints_and_answer(called):
    listed, (companies, company, asked, named, bottlenecks, path) = called(
        ("search_companies", {"text": "nvda"}),
        ("get_company", {"company": "NVDA"}),
        ("ask", {"question": "Who supplies NVIDIA?"}),
        ("list_named_queries", {}),
        ("list_bottlenecks", {}),
        ("trace_path", {"dependent": "Dell", "supplier": "TSMC"}),
    )

    assert {tool.name for tool in listed} == {
        "search_companies", "get_company", "ask", "run_named_query", "list_named_queries", "explain_claim", "list_bottlenecks", "trace_path",
    }  # fmt: skip
    assert all(tool.annotations.read_only_hint and tool.input_schema and tool.output_schema for tool in listed)
    assert companies.structured_content["rows"][0]["id"] == "nvidia"
    assert company.structured_content["parts"]["supplied_by"]["lines"][0]["quote"] == "TSMC supplies NVIDIA."
    assert asked.structured_content["understood_as"] == "list_suppliers"
    assert asked.structured_content["parameters"] == {"company": "NVIDIA"}
    assert asked.structured_content["rows"][0]["quotes"] == ["TSMC supplies NVIDIA."]
    assert [query["name"] for query in named.structured_content["result"]] == [
        query.name for query in sorted(queries().values(), key=lambda query: query.number)
    ]
    assert bottlenecks.structured_content["rows"] == []
    assert path.structured_content["path"] == ["Dell", "NVIDIA", "TSMC"]


def test_pages_hold_every_row_once_and_a_cursor_is_good_for_its_request_alone(called):
    request = {"name": "list_suppliers", "parameters": {"company": "AMD"}}
    _, (first,) = called(("run_named_query", request))
    cursor = first.structured_content["next_cursor"]
    other = {"name": "list_suppliers", "parameters": {"company": "NVIDIA"}, "cursor": cursor}
    _, (second, refused, nonsense) = called(
        ("run_named_query", {**request, "cursor": cursor}),
        ("run_named_query", other),
        ("run_named_query", {**request, "cursor": "fifty"}),
    )
    _, (third,) = called(("run_named_query", {**request, "cursor": second.structured_content["next_cursor"]}))

    pages = [each.structured_content for each in (first, second, third)]
    assert [len(page["rows"]) for page in pages] == [50, 50, 20]
    assert [row["supplier"] for page in pages for row in page["rows"]] == NAMES
    assert third.structured_content["next_cursor"] == ""
    assert refused.is_error and nonsense.is_error and "ask again without a cursor" in refused.content[0].text


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("get_company", {"company": "Nvidea"}, "did you mean NVIDIA"),
        ("ask", {"question": "Who supplies NVIDIA cheaply?"}, "'cheaply'"),
        ("ask", {"question": "x" * 999}, "at most 400 characters"),
        ("run_named_query", {"name": "list_supplier"}, "did you mean list_suppliers"),
        ("run_named_query", {"name": "list_suppliers", "parameters": {"firm": "AMD"}}, "no parameter 'firm'"),
        ("explain_claim", {"id": "c_nothing"}, "no claim or relationship has this id"),
        ("trace_path", {"dependent": "TSMC", "supplier": "Dell"}, "the other way round"),
        ("search_companies", {"text": " "}, "text is empty"),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_an_agent_reads(home, tool, arguments, says):
    from pipelines.agents.serving import server

    async def call():
        async with mcp.Client(server(home.settings)) as client:
            return await client.call_tool(tool, arguments)

    answer = asyncio.run(call())

    assert answer.is_error and says in answer.content[0].text and "hint:" in answer.content[0].text


def test_a_claim_is_explained_by_the_id_that_an_answer_gives(home):
    from pipelines.agents.tools import Tools

    tools = Tools(home.settings)
    (row,) = tools.run_named_query("list_suppliers", {"company": "NVIDIA"})["rows"]

    found = tools.explain_claim(row["claim_ids"][0])

    assert found["claims"][0]["claim"]["quote"] == "TSMC supplies NVIDIA."
    assert json.dumps(found)


def test_without_the_library_one_line_says_what_to_install(home, monkeypatch):
    monkeypatch.setattr("pipelines.cli.agents.find_spec", lambda _name: None)

    done = CliRunner().invoke(app, ["--home", str(home.settings.home), "mcp"])

    assert isinstance(done.exception, UsageError)
    assert str(done.exception) == 'mcp: its library is not installed; install it: pip install "loadpath[mcp]"'


def test_a_home_without_a_warehouse_is_told_at_once(tmp_path):
    done = CliRunner().invoke(app, ["--home", str(tmp_path), "mcp"])

    assert done.exception is not None and "warehouse" in str(done.exception)
